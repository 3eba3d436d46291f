using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// Keeps a checkpoint, a file of snapshots or an experiment's to one writer at a time: an empty file beside it that the writer holds
/// open. The system releases it when the process ends, for whatever reason.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    /// <summary>The extension of the lock's file, after the whole name of what is kept.</summary>
    public const string Extension = ".monalisa-lock";

    private readonly FileStream _file;

    /// <summary>Takes the lock.</summary>
    /// <param name="path">The full path of what is kept.</param>
    /// <exception cref="ModelFileException">Another run has it, or the file cannot be made.</exception>
    public WriterLock(string path)
    {
        string file = path + Extension, folder = Path.GetDirectoryName(path) ?? path;
        if (Directory.Exists(path))
            throw Error(ModelFileProblem.IsFolder, path, "it is a folder. Give the name of a file in it.");
        if (!Directory.Exists(folder))
            throw Error(ModelFileProblem.FolderMissing, path, $"the folder '{folder}' does not exist. Create it first, or choose another.");
        if (PlainText.ProblemOfName(path) is string problem)
            throw Error(ModelFileProblem.InvalidName, path, problem);
        if (FileKind.IsSpecial(path))
            throw Error(ModelFileProblem.AccessDenied, path, $"it {FileKind.SpecialText}. Give the name of a file.");
        if (IsForeign(file))
            throw Error(ModelFileProblem.FileExists, path,
                $"'{file}' is in the place of its lock, and is not one. Move that file away, or choose another name.");
        try
        {
            _file = new FileStream(
                file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw Error(ModelFileProblem.AccessDenied, path,
                "access to its folder is denied. Choose another folder, or change the permissions.", exception);
        }
        catch (IOException exception)
        {
            throw File.Exists(file)
                ? Error(ModelFileProblem.InUse, path, "another run writes it. Wait for that run, stop it, or give each its own.", exception)
                : Error(ModelFileProblem.WriteFailed, path,
                    $"{exception.Message.TrimEnd('.')}. {WriteFailure.RemedyOf(exception)}", exception);
        }
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => _file.Dispose();

    // The lock is an empty file: what has content, or is a link, is somebody's.
    private static bool IsForeign(string file)
    {
        var info = new FileInfo(file);
        return info.Exists && (info.Length > 0 || info.LinkTarget is not null || FileKind.IsSpecial(file)) || Directory.Exists(file);
    }

    private static ModelFileException Error(ModelFileProblem problem, string path, string what, Exception? cause = null) =>
        new(problem, path, $"'{path}' cannot be written: {what}", cause);
}
