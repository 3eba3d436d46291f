using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>Where an export writes: one file, or a folder in which each export gets a name of its own.</summary>
/// <param name="path">The full path of the file or folder.</param>
/// <param name="isFolder">Whether it is a folder; it is created when needed.</param>
/// <param name="ending">What follows the name in a folder: the extension with its dot, and what comes before it.</param>
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

    /// <summary>The file for the next export. In a folder, a second one of the same name in one pipeline gets a number.</summary>
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

    /// <summary>Makes sure of the folder that a file goes into.</summary>
    /// <exception cref="ExportTargetException">It does not exist and may not be made, or cannot be made.</exception>
    public void PrepareFolder()
    {
        if (!isFolder)
        {
            string folder = Path.GetDirectoryName(path) ?? path;
            if (!Directory.Exists(folder))
                throw new ExportTargetException(CommandErrors.Of(ErrorIds.FolderMissing, ErrorCategory.ObjectNotFound, folder,
                    $"The folder '{folder}' does not exist. Create it, or name a folder with -Destination, which creates it."));
            return;
        }
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ExportTargetException(CommandErrors.Of(ErrorIds.AccessDenied, ErrorCategory.PermissionDenied, path,
                $"The folder '{path}' cannot be made: {exception.Message} Choose another folder.", exception));
        }
    }

    /// <summary>Makes sure of the folder that a file goes into; false after an error was written.</summary>
    /// <param name="command">Gets the error.</param>
    public bool TryPrepareFolder(Cmdlet command)
    {
        try
        {
            PrepareFolder();
            return true;
        }
        catch (ExportTargetException exception)
        {
            command.WriteError(exception.ErrorRecord);
            return false;
        }
    }

    // A dataset made by hand may be called anything, and must not lead out of the folder.
    private static string Cleaned(string name)
    {
        char[] invalid = [.. Path.GetInvalidFileNameChars(), '/', '\\', ':'];
        string cleaned = string.Join('_', name.Split(invalid)).Trim(' ', '.');
        return cleaned.Length == 0 ? "picture" : cleaned;
    }
}

/// <summary>An export cannot be written where it was to go.</summary>
/// <param name="error">Why, and what to do.</param>
internal sealed class ExportTargetException(ErrorRecord error) : Exception(error.Exception.Message, error.Exception)
{
    public ErrorRecord ErrorRecord => error;
}
