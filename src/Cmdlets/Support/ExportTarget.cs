using System.Management.Automation;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>How a file's name in a folder ends.</summary>
/// <param name="Suffix">What follows the learned picture's name.</param>
/// <param name="Extension">The extension with its dot.</param>
internal readonly record struct ExportEnding(string Suffix, string Extension);

/// <summary>Where a command writes: one file, or a folder in which each picture's file has its own name.</summary>
/// <param name="path">The full path of the file or folder.</param>
/// <param name="isFolder">Whether it is a folder, which is made when needed.</param>
/// <param name="ending">How the names in a folder end.</param>
/// <param name="remedy">What to do where the folder of a file is missing.</param>
internal sealed class ExportTarget(string path, bool isFolder, ExportEnding ending, string remedy = ExportTarget.CreateFolder)
{
    private const string CreateFolder = "Create it, or name a file in a folder that exists.";

    // What has a name already, by its file: names that differ only in case are one file on Windows and macOS.
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a user who gave a path means a folder: one that exists, or a name that ends in a separator.</summary>
    /// <param name="given">The path as it was given.</param>
    /// <param name="path">The same in full.</param>
    // PowerShell takes both separators on every system.
    public static bool MeansFolder(string given, string path) => given.EndsWith('/') || given.EndsWith('\\') || Directory.Exists(path);

    /// <summary>The full path of the file or folder.</summary>
    public string Path { get; } = RequireName(path);

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => isFolder;

    /// <summary>The file for the next picture. In a folder, a second one of the same name in one pipeline gets a number.</summary>
    /// <param name="name">The name in a folder.</param>
    /// <param name="source">The picture's file, or its name where there is none.</param>
    /// <param name="namesake">The first picture of this name in the folder, where that is another one; null otherwise.</param>
    public string NextFile(string name, string source, out string? namesake)
    {
        namesake = null;
        if (!isFolder)
            return Path;
        string stem = Cleaned(name);
        string first = FileOf(stem, ending.Suffix, ending.Extension, _ => true);
        if (_names.TryGetValue(first, out string? other) && other != source)
            namesake = other;
        return FileOf(stem, ending.Suffix, ending.Extension, file => _names.TryAdd(file, source));
    }

    /// <summary>A file in the folder, with a number from 2 on where its name is taken.</summary>
    /// <param name="stem">The name's beginning.</param>
    /// <param name="suffix">What follows, before a number.</param>
    /// <param name="extension">The extension with its dot.</param>
    /// <param name="take">Takes a file; false if it is taken.</param>
    public string FileOf(string stem, string suffix, string extension, Func<string, bool> take)
    {
        string file = System.IO.Path.Join(Path, stem + suffix + extension);
        for (int number = 2; !take(file); number++)
            file = System.IO.Path.Join(Path, $"{stem}{suffix}-{number}{extension}");
        return file;
    }

    /// <summary>Checks that the folder of a file that was named is there; one that was named itself is made when needed.</summary>
    /// <exception cref="CommandException">It is missing.</exception>
    public void RequireFolder()
    {
        string folder = System.IO.Path.GetDirectoryName(Path) ?? Path;
        if (!isFolder && !Directory.Exists(folder))
            throw new CommandException(ErrorIds.FolderMissing, ErrorCategory.ObjectNotFound, folder,
                $"The folder '{folder}' does not exist. {remedy}");
    }

    /// <summary>Makes the folder that a file goes into, or checks that it is there.</summary>
    /// <exception cref="CommandException">It is missing and not to be made, or cannot be made.</exception>
    public void PrepareFolder()
    {
        if (!isFolder)
        {
            RequireFolder();
            return;
        }
        try
        {
            Directory.CreateDirectory(Path);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new CommandException(ErrorIds.AccessDenied, ErrorCategory.PermissionDenied, Path,
                $"The folder '{Path}' cannot be made: {exception.Message} Choose another folder.", exception);
        }
        catch (IOException exception)
        {
            throw FileInTheWay() is string file
                ? new CommandException(ErrorIds.FileExists, ErrorCategory.ResourceExists, file,
                    $"The folder '{Path}' cannot be made: '{file}' is a file. Choose another folder, or move the file away.", exception)
                : new CommandException(ErrorIds.WriteFailed, ErrorCategory.WriteError, Path,
                    $"The folder '{Path}' cannot be made: {exception.Message.TrimEnd('.')}. {WriteFailure.RemedyOf(exception)}", exception);
        }
    }

    // The file that has the folder's name, or that of a folder above it.
    private string? FileInTheWay()
    {
        string? part = System.IO.Path.TrimEndingDirectorySeparator(Path);
        while (part is not null && !File.Exists(part))
            part = System.IO.Path.GetDirectoryName(part);
        return part;
    }

    /// <summary>A path to make a file or folder at.</summary>
    /// <exception cref="CommandException">Its name, or that of a folder that is to be made for it, has characters that do more than show.</exception>
    public static string RequireName(string path)
    {
        for (string? part = path; part is not null && !Directory.Exists(part); part = System.IO.Path.GetDirectoryName(part))
            if (PlainText.ProblemOfName(part) is string problem)
                throw new CommandException(
                    ErrorIds.InvalidName, ErrorCategory.InvalidArgument, path, $"'{path}' cannot be written: {problem}");
        return path;
    }

    /// <summary>A name that is safe in a folder: a dataset made by hand may have any name, and must not lead out of it.</summary>
    public static string Cleaned(string name)
    {
        char[] invalid = [.. System.IO.Path.GetInvalidFileNameChars(), '/', '\\', ':'];
        string cleaned = string.Join('_', PlainText.Of(name).Split(invalid)).Trim(' ', '.');
        return cleaned.Length == 0 ? "picture" : cleaned;
    }
}
