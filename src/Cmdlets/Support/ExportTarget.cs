using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>How a file's name in a folder ends.</summary>
/// <param name="Suffix">What follows the learned picture's name.</param>
/// <param name="Extension">The extension with its dot.</param>
internal readonly record struct ExportEnding(string Suffix, string Extension);

/// <summary>Where a command writes: one file, or a folder in which each picture's file has its own name.</summary>
/// <param name="path">The full path of the file or folder.</param>
/// <param name="isFolder">Whether it is a folder, which is made when needed.</param>
/// <param name="ending">How the names in a folder end.</param>
internal sealed class ExportTarget(string path, bool isFolder, ExportEnding ending)
{
    // Names that differ only in case are one file on Windows and macOS.
    private readonly HashSet<string> _usedNames = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a user who gave a path means a folder: one that exists, or a name that ends in a separator.</summary>
    /// <param name="given">The path as it was given.</param>
    /// <param name="path">The same in full.</param>
    public static bool MeansFolder(string given, string path) => Path.EndsInDirectorySeparator(given) || Directory.Exists(path);

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => isFolder;

    /// <summary>The file for the next picture. In a folder, a second one of the same name in one pipeline gets a number.</summary>
    public string NextFile(string name)
    {
        if (!isFolder)
            return path;
        string stem = Cleaned(name) + ending.Suffix;
        string unique = stem;
        for (int number = 2; !_usedNames.Add(unique); number++)
            unique = $"{stem}-{number}";
        return Path.Join(path, unique + ending.Extension);
    }

    /// <summary>Makes the folder that a file goes into, or checks that it is there.</summary>
    /// <exception cref="CommandException">It is missing and not to be made, or cannot be made.</exception>
    public void PrepareFolder()
    {
        if (!isFolder)
        {
            string folder = Path.GetDirectoryName(path) ?? path;
            if (!Directory.Exists(folder))
                throw new CommandException(ErrorIds.FolderMissing, ErrorCategory.ObjectNotFound, folder,
                    $"The folder '{folder}' does not exist. Create it, or name a folder with -Destination, which creates it.");
            return;
        }
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ErrorIds.AccessDenied, ErrorCategory.PermissionDenied, path,
                $"The folder '{path}' cannot be made: {exception.Message} Choose another folder.", exception);
        }
    }

    // A dataset made by hand may have any name, and must not lead out of the folder.
    private static string Cleaned(string name)
    {
        char[] invalid = [.. Path.GetInvalidFileNameChars(), '/', '\\', ':'];
        string cleaned = string.Join('_', name.Split(invalid)).Trim(' ', '.');
        return cleaned.Length == 0 ? "picture" : cleaned;
    }
}
