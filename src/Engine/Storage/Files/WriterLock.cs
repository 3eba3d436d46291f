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

    private const int MostAttempts = 20;

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
        _file = Take(file, path);
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose()
    {
        try
        {
            OwnFile.Remove(_file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It stays, empty, and the next run takes it.
        }
        _file.Dispose();
    }

    // Others may take and release it meanwhile.
    private static FileStream Take(string file, string path)
    {
        for (int attempt = 1; ; attempt++)
            try
            {
                var taken = new FileStream(
                    file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, OwnFile.RemovedWhenClosed);
                if (FileKind.IsAt(taken.SafeFileHandle, file))
                    return taken;
                // It was removed after it was opened, and is nobody's lock any more.
                taken.Dispose();
                if (attempt >= MostAttempts)
                    throw InUse(path);
            }
            // Windows says the same of a folder that may not be written and of a file that is just being removed.
            catch (UnauthorizedAccessException) when (OperatingSystem.IsWindows() && attempt < MostAttempts)
            {
                Thread.Sleep(1);
            }
            catch (Exception exception) when (exception is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
            {
                throw Error(ModelFileProblem.AccessDenied, path,
                    "access to its folder is denied. Choose another folder, or change the permissions.", exception);
            }
            catch (IOException exception)
            {
                throw WriteFailure.IsInUse(exception) ? InUse(path, exception) : Error(ModelFileProblem.WriteFailed, path,
                    $"{exception.Message.TrimEnd('.')}. {WriteFailure.RemedyOf(exception)}", exception);
            }
    }

    // The lock is an empty file: what has content, or is a link, is somebody's.
    private static bool IsForeign(string file)
    {
        var info = new FileInfo(file);
        return info.Exists && (info.Length > 0 || info.LinkTarget is not null || FileKind.IsSpecial(file)) || Directory.Exists(file);
    }

    /// <summary>The error of a file that another run writes.</summary>
    /// <param name="path">The full path of what is kept.</param>
    /// <param name="cause">What the system says.</param>
    public static ModelFileException InUse(string path, Exception? cause = null) => Error(ModelFileProblem.InUse, path,
        "another run writes it. Wait for that run, stop it, or give each its own.", cause);

    private static ModelFileException Error(ModelFileProblem problem, string path, string what, Exception? cause = null) =>
        new(problem, path, $"'{path}' cannot be written: {what}", cause);
}
