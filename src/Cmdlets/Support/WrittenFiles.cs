using System.Collections.Concurrent;

namespace MonaLisa.PowerShell;

/// <summary>What a file is of.</summary>
/// <param name="Name">The picture's file, or its name where there is none.</param>
/// <param name="RunName">
/// The picture's name, where a script that names files finds it as <c>$_.Dataset.Name</c>, and it can be a file's name; null otherwise.
/// </param>
internal readonly record struct WrittenSource(string Name, string? RunName);

/// <summary>
/// Which picture each written file is of. A file that a pipeline has written is not written again by it. One in a folder, whose name is
/// made of the picture's, is not replaced by that of another picture in the whole session, where loops have a pipeline for each.
/// </summary>
internal sealed class WrittenFiles
{
    // Of all runspaces, for pictures that are painted side by side. Names that differ only in case are one file on Windows and macOS.
    private static readonly ConcurrentDictionary<string, Entry> OfSession = new(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, WrittenSource> _ofPipeline = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Begins to write a file.</summary>
    /// <param name="file">The full path of the file.</param>
    /// <param name="writtenSource">What it is of.</param>
    /// <param name="isNamedHere">Whether the name was made of the picture's, and not given by the user.</param>
    /// <returns>Why the file may not be written; null where it may.</returns>
    public string? TryBegin(string file, WrittenSource writtenSource, bool isNamedHere)
    {
        string source = writtenSource.Name;
        if (_ofPipeline.TryGetValue(file, out WrittenSource first))
            return $"'{file}' was written for '{first.Name}' by this pipeline, and is not replaced by what is of '{source}'. " +
                $"Give each its own file: name a folder with -Destination{ScriptFor(file, first.RunName, writtenSource.RunName)}.";
        if (!isNamedHere)
            return null;
        var own = new Entry(source, IsWritten: false);
        Entry holder = OfSession.AddOrUpdate(file, own, (_, other) => other.Source == source || other.Keeps(file, source) ? other : own);
        return holder.Source == source ? null
            : $"'{file}' was written for '{holder.Source}' in this session, and '{source}' has the same name. {RemedyFor(source, holder.Source)} " +
                "-Force does not replace the file of another picture. If that is what you want, delete it first.";
    }

    /// <summary>Ends what <see cref="TryBegin"/> began.</summary>
    /// <param name="file">The full path of the file.</param>
    /// <param name="writtenSource">What it is of.</param>
    /// <param name="isWritten">Whether the file was written.</param>
    public void End(string file, WrittenSource writtenSource, bool isWritten)
    {
        if (isWritten)
            _ofPipeline[file] = writtenSource;
        var begun = new Entry(writtenSource.Name, IsWritten: false);
        if (isWritten)
            OfSession.TryUpdate(file, begun with { IsWritten = true }, begun);
        else
            OfSession.TryRemove(KeyValuePair.Create(file, begun));
    }

    /// <summary>What keeps the files of two pictures of one name apart.</summary>
    public static string RemedyFor(string source, string other) =>
        Path.GetFileName(source).Equals(Path.GetFileName(other), StringComparison.OrdinalIgnoreCase)
            ? "A script as -Path or -Destination gives each its own place." : "With -KeepExtension each has its own name.";

    // Bare networks, and runs of pictures of one name, have no script that is sure to keep them apart.
    private static string ScriptFor(string file, string? first, string? second) =>
        first is null || second is null || first.Equals(second, StringComparison.OrdinalIgnoreCase)
            ? "" : $", or let -Path be a script, such as {{ $_.Dataset.Name + '{Path.GetExtension(file)}' }}";

    private sealed record Entry(string Source, bool IsWritten)
    {
        // A picture that is no longer there cannot be meant to have its file beside the other's.
        public bool Keeps(string file, string source) =>
            File.Exists(Source) && File.Exists(source) && (!IsWritten || File.Exists(file));
    }
}
