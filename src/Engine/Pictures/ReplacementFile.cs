namespace MonaLisa.Engine;

/// <summary>
/// A file being written under a temporary name beside its target. <see cref="Commit"/> puts it in the target's place in one
/// step; without that, disposing removes it and the target is as it was.
/// </summary>
internal sealed class ReplacementFile : IDisposable
{
    private readonly string _target;
    private readonly string _temporary;
    private readonly bool _overwrite;
    private bool _committed;

    /// <summary>Creates the temporary file, once it is sure that the target may be written.</summary>
    /// <param name="target">The full path of the file to write.</param>
    /// <param name="overwrite">Whether a file that is there already may be replaced.</param>
    /// <exception cref="PictureException">The target cannot be written.</exception>
    public ReplacementFile(string target, bool overwrite)
    {
        _target = target;
        _overwrite = overwrite;
        string folder = Path.GetDirectoryName(target) ?? target;
        if (Directory.Exists(target))
            throw new PictureException(PictureProblem.IsFolder, target,
                $"'{target}' is a folder, not a file. Give the name of a file in it.");
        if (!overwrite && File.Exists(target))
            throw AlreadyExists();
        if (!Directory.Exists(folder))
            throw new PictureException(PictureProblem.FolderMissing, target,
                $"'{target}' cannot be written: the folder '{folder}' does not exist. Create it first, or choose another.");
        // Not made from the target's name, which may already be as long as the file system allows.
        _temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
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

    /// <summary>Puts what was written in the target's place.</summary>
    /// <exception cref="PictureException">The target could not be replaced; it is as it was.</exception>
    public void Commit()
    {
        try
        {
            Stream.Flush(flushToDisk: true);
            Stream.Dispose();
            File.Move(_temporary, _target, _overwrite);
            _committed = true;
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
    public PictureException Failed(Exception exception) => new(PictureProblem.WriteFailed, _target,
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

    private PictureException AlreadyExists() => new(PictureProblem.FileExists, _target,
        $"'{_target}' exists already. Ask for overwriting, or choose another name.");

    private PictureException Denied(Exception exception) => new(PictureProblem.AccessDenied, _target,
        $"'{_target}' cannot be written: access to it or to its folder is denied. Choose another folder, or change the permissions.",
        exception);
}
