using System.Collections.Concurrent;

namespace MonaLisa.PowerShell;

/// <summary>
/// Which picture each written file is of. A file that a pipeline has written is not written again by it. One in a folder, whose name is
/// made of the picture's, is not replaced by that of another picture in the whole session, where loops have a pipeline for each.
/// </summary>
internal sealed class WrittenFiles
{
    // Of all runspaces, for pictures that are learned side by side. Names that differ only in case are one file on Windows and macOS.
    private static readonly ConcurrentDictionary<string, string> OfSession = new(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, string> _ofPipeline = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why a picture's file may not be written; null where it may.</summary>
    /// <param name="file">The full path of the file.</param>
    /// <param name="source">The picture's file, or its name where there is none.</param>
    /// <param name="isNamedHere">Whether the name was made of the picture's, and not given by the user.</param>
    public string? ProblemOf(string file, string source, bool isNamedHere)
    {
        if (_ofPipeline.TryGetValue(file, out string? first))
            return $"'{file}' was written for '{first}' by this pipeline, and is not replaced by what is of '{source}'. Give each its own file: " +
                "name a folder with -Destination, or let -Path be a script, such as { (Split-Path $_.Dataset.Path -Leaf) + '.png' }.";
        // A picture that is no longer there cannot be meant to have its file beside this one's.
        if (isNamedHere && OfSession.TryGetValue(file, out string? other) && other != source && File.Exists(other) && File.Exists(source) &&
            File.Exists(file))
            return $"'{file}' was written for '{other}' in this session, and '{source}' has the same name. {RemedyFor(source, other)} " +
                "-Force does not replace the file of another picture. If that is what you want, delete it first.";
        return null;
    }

    /// <summary>Remembers a file that is written.</summary>
    /// <inheritdoc cref="ProblemOf" path="/param"/>
    public void Add(string file, string source, bool isNamedHere)
    {
        _ofPipeline[file] = source;
        if (isNamedHere)
            OfSession[file] = source;
    }

    /// <summary>What keeps the files of two pictures of one name apart.</summary>
    public static string RemedyFor(string source, string other) =>
        Path.GetFileName(source).Equals(Path.GetFileName(other), StringComparison.OrdinalIgnoreCase)
            ? "A script as -Path or -Destination gives each its own place." : "With -KeepExtension each has its own name.";
}
