namespace MonaLisa.Engine.Storage;

/// <summary>
/// Keeps a checkpoint, a file of snapshots or an experiment's to one writer at a time: an empty file beside it that the writer holds
/// open. The system releases it when the process ends, for whatever reason.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private readonly FileStream _file;

    /// <summary>Takes the lock.</summary>
    /// <param name="path">The full path of what is kept.</param>
    /// <exception cref="ModelFileException">Another run has it, or the file cannot be made.</exception>
    public WriterLock(string path)
    {
        string file = path + ".lock", folder = Path.GetDirectoryName(path) ?? path;
        if (Directory.Exists(path))
            throw Error(ModelFileProblem.IsFolder, path, "it is a folder. Give the name of a file in it.");
        if (!Directory.Exists(folder))
            throw Error(ModelFileProblem.FolderMissing, path, $"the folder '{folder}' does not exist. Create it first, or choose another.");
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
                    $"{exception.Message.TrimEnd('.')}. Check the disk's free space and that it may be written to.", exception);
        }
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => _file.Dispose();

    private static ModelFileException Error(ModelFileProblem problem, string path, string what, Exception? cause = null) =>
        new(problem, path, $"'{path}' cannot be written: {what}", cause);
}
