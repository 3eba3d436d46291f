using System.Runtime.InteropServices;

namespace MonaLisa.Engine.Platform;

/// <summary>What stopped a file of any content from being written.</summary>
internal enum WriteProblem
{
    /// <summary>The path is a folder.</summary>
    IsFolder,

    /// <summary>The file exists already and overwriting was not requested.</summary>
    FileExists,

    /// <summary>The folder to write to does not exist.</summary>
    FolderMissing,

    /// <summary>The file or its folder may not be written.</summary>
    AccessDenied,

    /// <summary>The file's name has characters that do more than show.</summary>
    InvalidName,

    /// <summary>The file could not be written to its end.</summary>
    WriteFailed,
}

/// <summary>Makes the exception for a file that cannot be written, of the kind that suits what it was to hold.</summary>
internal delegate Exception WriteErrorFactory(WriteProblem problem, string path, string message, Exception? innerException);

/// <summary>
/// A file being written under a temporary name beside its target. <see cref="Commit"/> puts it in the target's place in one
/// step; without that, disposing removes it and the target is as it was.
/// </summary>
internal sealed class ReplacementFile : IDisposable
{
    private readonly string _target, _place;
    private readonly string _temporary;
    private readonly bool _overwrite;
    private readonly WriteErrorFactory _error;
    private bool _committed;

    /// <summary>Creates the temporary file, once it is sure that the target may be written.</summary>
    /// <param name="target">The full path of the file to write. Where it is a link, the file that the link leads to is written.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <param name="error">Makes the exceptions that this file throws.</param>
    public ReplacementFile(string target, bool overwrite, WriteErrorFactory error)
    {
        (_target, _overwrite, _error) = (target, overwrite, error);
        _place = PlaceOf(target);
        string folder = Path.GetDirectoryName(_place) ?? _place;
        if (Directory.Exists(target))
            throw Error(WriteProblem.IsFolder, $"'{target}' is a folder, not a file. Give the name of a file in it.");
        if (PlainText.ProblemOfName(target) is string problem)
            throw Error(WriteProblem.InvalidName, $"'{target}' cannot be written: {problem}");
        if (FileKind.IsSpecial(_place))
            throw Error(WriteProblem.AccessDenied,
                $"'{target}' {FileKind.SpecialText}, and is not replaced. Give the name of a file.");
        if (!overwrite && File.Exists(target))
            throw AlreadyExists();
        if (!Directory.Exists(folder))
            throw Error(WriteProblem.FolderMissing,
                $"'{target}' cannot be written: the folder '{folder}' does not exist. Create it first, or choose another.");
        TemporaryName.RemoveLeftovers(_place);
        try
        {
            Stream = TemporaryName.Create(_place);
            _temporary = Stream.Name;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            bool isDenied = exception is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException;
            throw isDenied ? Denied(exception) : Failed(exception);
        }
    }

    /// <summary>The temporary file's content, to be written, read and sought in.</summary>
    public FileStream Stream { get; }

    /// <summary>
    /// Saves a file with the content that a function writes; a failed or cancelled save leaves the target as it was. The other parameters
    /// are those of the constructor.
    /// </summary>
    public static void Save(
        string target, bool overwrite, WriteErrorFactory error, Action<ReplacementFile> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var file = new ReplacementFile(target, overwrite, error);
        write(file);
        cancellationToken.ThrowIfCancellationRequested();
        file.Commit();
    }

    /// <summary>Writes into the file. A failure of the disk becomes the error of <see cref="Failed"/>; other exceptions pass.</summary>
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
    /// <param name="require">
    /// Throws where the target may not be replaced after all. It is called last, when all is on the disk, which takes time in which others
    /// may put a file there.
    /// </param>
    public void Commit(Action? require = null)
    {
        try
        {
            Stream.Flush(flushToDisk: true);
            // Windows renames no file that is open. Elsewhere it stays locked, so that nobody takes it for one that was left.
            if (OperatingSystem.IsWindows())
                Stream.Dispose();
            else
                OwnFile.Share(Stream.SafeFileHandle);
            KeepOwnerAndMode();
            require?.Invoke();
            File.Move(_temporary, _place, _overwrite);
            _committed = true;
            Stream.Dispose();
            FolderFlush.Flush(Path.GetDirectoryName(_place)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw exception is UnauthorizedAccessException ? Denied(exception)
                : !_overwrite && File.Exists(_target) ? AlreadyExists() : Failed(exception);
        }
    }

    // A new file has the mode that the user's mask gives it; one in another's place has the other's.
    private void KeepOwnerAndMode()
    {
        if (!OperatingSystem.IsWindows() && _overwrite && File.Exists(_place))
            FileKind.CopyOwnerAndMode(_place, _temporary);
    }

    private string PlaceOf(string target)
    {
        try
        {
            return File.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName ?? target;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return target;
        }
        // Other faults of the path, such as its length, are found when it is written.
        catch (IOException) when (new FileInfo(target).LinkTarget is null)
        {
            return target;
        }
        catch (IOException exception)
        {
            throw Error(WriteProblem.WriteFailed, $"'{target}' is a link that leads to no file. Give another name, or mend the link.", exception);
        }
    }

    /// <summary>The error for a write that failed midway.</summary>
    public Exception Failed(Exception exception) => Error(WriteProblem.WriteFailed,
        $"'{_target}' could not be written: {FirstSentence(exception.Message)} {WriteFailure.RemedyOf(exception)}",
        exception);

    /// <summary>Removes the temporary file, unless it has become the target.</summary>
    public void Dispose()
    {
        if (_committed)
            return;
        // On a full disk closing fails too. The error that led here says more than one of these.
        IgnoreFailure(Stream.Dispose);
        IgnoreFailure(() => File.Delete(_temporary));
    }

    private static void IgnoreFailure(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static string FirstSentence(string text)
    {
        string line = text.Split('\n', 2)[0].Trim();
        return line.EndsWith('.') ? line : line + ".";
    }

    private Exception AlreadyExists() => Error(WriteProblem.FileExists,
        $"'{_target}' exists already. Replace it (-Force), or choose another name.");

    private Exception Denied(Exception exception) => Error(WriteProblem.AccessDenied,
        $"'{_target}' cannot be written: access to it or to its folder is denied. Choose another folder, or change the permissions.",
        exception);

    private Exception Error(WriteProblem problem, string message, Exception? exception = null) =>
        _error(problem, _target, message, exception);
}

/// <summary>
/// Makes a rename outlast a power failure. On Unix that takes an fsync of the folder, for which .NET has no call; Windows writes its file
/// table ahead.
/// </summary>
internal static partial class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a folder to the disk, where the system and the file system can do that.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            int descriptor = Open(folder, ReadOnly);
            if (descriptor < 0)
                return;
            _ = Synchronize(descriptor);
            _ = Close(descriptor);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // The file is in its place; only a power failure in the next seconds could undo the rename.
        }
    }

    [LibraryImport(SystemLibrary.Name, EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport(SystemLibrary.Name, EntryPoint = "fsync")]
    private static partial int Synchronize(int descriptor);

    [LibraryImport(SystemLibrary.Name, EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
