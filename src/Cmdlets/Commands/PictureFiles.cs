using MonaLisa.Engine;
using MonaLisa.Engine.Training;

namespace MonaLisa.PowerShell;

/// <summary>
/// The files of one kind, such as checkpoints, that a command keeps for the pictures of a pipeline: one file for a single picture, or a
/// folder. In a folder a file is named by the picture: its name and some digits of its content, so that no other picture of the folder
/// has a part in the name. Files that earlier versions named by the order of the pictures are found by what they say of their picture.
/// </summary>
/// <param name="target">The file or folder.</param>
/// <param name="extension">The extension of files in a folder, with its dot.</param>
/// <param name="pictureOf">The picture of a file; null where the file cannot be read.</param>
internal sealed class PictureFiles(ExportTarget target, string extension, Func<string, PictureIdentity?> pictureOf)
{
    // Enough to keep apart the pictures of one name.
    private const int Digits = 8;

    // Names that differ only in case are one file on Windows and macOS.
    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);
    private string[]? _earlier;

    /// <summary>Whether each picture has a file of its own.</summary>
    public bool IsFolder => target.IsFolder;

    /// <summary>What to do where the folder of a single picture's file is missing.</summary>
    /// <param name="parameter">The parameter that names the file.</param>
    public static string RemedyFor(string parameter) =>
        $"Create it, or give -{parameter} a folder: a path that ends with '/' is one, and is made.";

    /// <summary>Makes the folder, or checks that it is there.</summary>
    /// <exception cref="CommandException">It is missing and not to be made, or cannot be made.</exception>
    public void PrepareFolder() => target.PrepareFolder();

    /// <summary>The file of the next picture. Equal pictures of one name get a number each, and it does not matter which.</summary>
    /// <param name="name">The picture's name.</param>
    /// <param name="identity">The picture; asked only where it matters.</param>
    public PictureFile Next(string name, Func<PictureIdentity> identity)
    {
        if (!target.IsFolder)
            return new PictureFile(target.Path, null);
        PictureIdentity picture = identity();
        string stem = ExportTarget.Cleaned(name);
        string file = target.FileOf(stem, $"-{picture.Digest(Digits)}", extension, _used.Add);
        return File.Exists(file) ? new PictureFile(file, null) : OfEarlierName(stem, picture) ?? new PictureFile(file, Namesake(stem, picture));
    }

    // The file of this picture under a name such as photo or photo-2.
    private PictureFile? OfEarlierName(string stem, PictureIdentity picture) =>
        EarlierOf(stem).FirstOrDefault(file => pictureOf(file)?.Content == picture.Content && _used.Add(file)) is string file
            ? new PictureFile(file, null) : null;

    private string? Namesake(string stem, PictureIdentity picture) =>
        EarlierOf(stem).FirstOrDefault(file => !_used.Contains(file) && pictureOf(file)?.Name == picture.Name);

    private IEnumerable<string> EarlierOf(string stem)
    {
        _earlier ??= Directory.Exists(target.Path) ? Directory.GetFiles(target.Path) : [];
        return _earlier.Where(file => Path.GetExtension(file).Equals(extension, StringComparison.OrdinalIgnoreCase) &&
            IsNumbered(Path.GetFileNameWithoutExtension(file), stem));
    }

    private static bool IsNumbered(string name, string stem) =>
        name.StartsWith(stem, StringComparison.OrdinalIgnoreCase) && name[stem.Length..] is var rest &&
        (rest.Length == 0 || (rest.Length <= Digits && rest[0] == '-' && int.TryParse(rest.AsSpan(1), out int number) && number >= 2));
}

/// <summary>The file of a picture.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Namesake">A file for another picture of the same name that is not named by its content, where there is one; or null.</param>
internal readonly record struct PictureFile(string Path, string? Namesake);
