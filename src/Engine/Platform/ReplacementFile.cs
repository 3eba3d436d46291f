namespace MonaLisa.Engine.Platform;

/// <summary>
/// A file being written under a temporary name beside its target. <see cref="Commit"/> puts it in the target's place in one
/// step; without that, disposing removes it and the target is as it was.
/// </summary>
internal sealed class ReplacementFile : IDisposable
{
    private readonly string _target;
    private readonly string _temporary;
    private readonly bool _overwrite;
    private readonly WriteErrorFactory _error;
    private bool _committed;

    /// <summary>Creates the temporary file, once it is sure that the target may be written.</summary>
    /// <param name="target">The full path of the file to write.</param>
    /// <param name="overwrite">Whether a file that is there already may be replaced.</param>
    /// <param name="error">Makes the exceptions that this file throws.</param>
    /// <param name="temporary">
    /// The temporary file's full path, in the target's folder, where no other may be writing it; what is left there of a process that was
    /// killed is removed. Null for a name of its own.
    /// </param>
    public ReplacementFile(string target, bool overwrite, WriteErrorFactory error, string? temporary = null)
    {
        _target = target;
        _overwrite = overwrite;
        _error = error;
        string folder = Path.GetDirectoryName(target) ?? target;
        if (Directory.Exists(target))
            throw Error(WriteProblem.IsFolder, $"'{target}' is a folder, not a file. Give the name of a file in it.");
        if (!overwrite && File.Exists(target))
            throw AlreadyExists();
        if (!Directory.Exists(folder))
            throw Error(WriteProblem.FolderMissing,
                $"'{target}' cannot be written: the folder '{folder}' does not exist. Create it first, or choose another.");
        // Not made from the target's name, which may already be as long as the file system allows.
        _temporary = temporary ?? Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            if (temporary is not null)
                File.Delete(temporary);
            Stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw Denied(exception);
        }
        catch (IOException exception)
        {
            throw Failed(exception);
        }
    }

    /// <summary>The temporary file's content, to be written, read and sought in.</summary>
    public FileStream Stream { get; }

    /// <summary>
    /// Writes into it; where the disk fails, that is the error of <see cref="Failed"/>, and what else is thrown comes out as it is.
    /// </summary>
    public void Write(Action<FileStream> write)
    {
        try
        {
            write(Stream);
        }
        catch (Exception exception) when (LoadFailure.IsOfDisk(exception))
        {
            throw Failed(exception);
        }
    }

    /// <summary>Puts what was written in the target's place; where that throws, the target is as it was.</summary>
    public void Commit()
    {
        try
        {
            Stream.Flush(flushToDisk: true);
            Stream.Dispose();
            File.Move(_temporary, _target, _overwrite);
            _committed = true;
            FolderFlush.Flush(Path.GetDirectoryName(_target)!);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Denied(exception);
        }
        catch (IOException exception)
        {
            throw !_overwrite && File.Exists(_target) ? AlreadyExists() : Failed(exception);
        }
    }

    /// <summary>The error for a write that failed midway.</summary>
    public Exception Failed(Exception exception) => Error(WriteProblem.WriteFailed,
        $"'{_target}' could not be written: {FirstSentence(exception.Message)} Check the disk's free space and that it is still connected.",
        exception);

    /// <summary>Removes the temporary file, unless it has become the target.</summary>
    public void Dispose()
    {
        if (_committed)
            return;
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // On a full disk closing fails as well, and the file is to go anyway.
        }
        try
        {
            File.Delete(_temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The error that led here says more than this one.
        }
    }

    private static string FirstSentence(string text)
    {
        string line = text.Split('\n', 2)[0].Trim();
        return line.EndsWith('.') ? line : line + ".";
    }

    private Exception AlreadyExists() => Error(WriteProblem.FileExists,
        $"'{_target}' exists already. Ask for overwriting, or choose another name.");

    private Exception Denied(Exception exception) => Error(WriteProblem.AccessDenied,
        $"'{_target}' cannot be written: access to it or to its folder is denied. Choose another folder, or change the permissions.",
        exception);

    private Exception Error(WriteProblem problem, string message, Exception? exception = null) =>
        _error(problem, _target, message, exception);
}
