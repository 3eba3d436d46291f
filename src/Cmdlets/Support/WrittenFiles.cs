using System.Collections.Concurrent;

namespace MonaLisa.PowerShell;

/// <summary>
/// Which picture each written file is of. A file that a pipeline has written is not written again by it. One in a folder, whose name is
/// made of the picture's, is not replaced by that of another picture in the whole session, where loops have a pipeline for each.
/// </summary>
internal sealed class WrittenFiles
{
    // Of all runspaces, for pictures that are painted side by side. Names that differ only in case are one file on Windows and macOS.
    private static readonly ConcurrentDictionary<string, Entry> OfSession = new(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, string> _ofPipeline = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Begins to write a file.</summary>
    /// <param name="file">The full path of the file.</param>
    /// <param name="source">The picture's file, or its name where there is none.</param>
    /// <param name="isNamedHere">Whether the name was made of the picture's, and not given by the user.</param>
    /// <returns>Why the file may not be written; null where it may.</returns>
    public string? TryBegin(string file, string source, bool isNamedHere)
    {
        if (_ofPipeline.TryGetValue(file, out string? first))
            return $"'{file}' was written for '{first}' by this pipeline, and is not replaced by what is of '{source}'. Give each its own file: " +
                "name a folder with -Destination, or let -Path be a script, such as { (Split-Path $_.Dataset.Path -Leaf) + '.png' }.";
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
    /// <param name="source">The picture's file, or its name where there is none.</param>
    /// <param name="isWritten">Whether the file was written.</param>
    public void End(string file, string source, bool isWritten)
    {
        if (isWritten)
            _ofPipeline[file] = source;
        var begun = new Entry(source, IsWritten: false);
        if (isWritten)
            OfSession.TryUpdate(file, begun with { IsWritten = true }, begun);
        else
            OfSession.TryRemove(KeyValuePair.Create(file, begun));
    }

    /// <summary>What keeps the files of two pictures of one name apart.</summary>
    public static string RemedyFor(string source, string other) =>
        Path.GetFileName(source).Equals(Path.GetFileName(other), StringComparison.OrdinalIgnoreCase)
            ? "A script as -Path or -Destination gives each its own place." : "With -KeepExtension each has its own name.";

    private sealed record Entry(string Source, bool IsWritten)
    {
        // A picture that is no longer there cannot be meant to have its file beside the other's.
        public bool Keeps(string file, string source) =>
            File.Exists(Source) && File.Exists(source) && (!IsWritten || File.Exists(file));
    }
}
