using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Storage;

/// <summary>Opens files to read, and makes the errors of files that cannot be written.</summary>
internal static class StoredFile
{
    /// <summary>Opens a file that is not empty.</summary>
    /// <param name="path">The file.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <param name="share">What others may do with it while it is open.</param>
    public static FileStream Open(string path, ModelFaults faults, FileShare share = FileShare.Read | FileShare.Delete)
    {
        if (Directory.Exists(path))
            throw faults.Of(ModelFileProblem.IsFolder, "it is a folder");
        // Opening a pipe would wait until another program writes to it.
        if (FileKind.IsSpecial(path))
            throw faults.Of(ModelFileProblem.ReadFailed, $"it {FileKind.SpecialText}", remedy: FileKind.ReadRemedy);
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, share);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw faults.Of(ModelFileProblem.NotFound, "it does not exist", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw faults.Of(ModelFileProblem.AccessDenied, "access to it is denied", exception);
        }
        catch (IOException exception)
        {
            throw faults.Of(ModelFileProblem.ReadFailed, "it could not be opened", exception);
        }
        if (stream.CanSeek && stream.Length > 0)
            return stream;
        stream.Dispose();
        throw faults.Of(ModelFileProblem.Empty, "it is empty");
    }

    /// <summary>Writes to a file that is there, or opens it to be written.</summary>
    /// <exception cref="ModelFileException">The disk or the system refuses.</exception>
    public static T Writing<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ModelFileException(ModelFileProblem.AccessDenied, path,
                $"'{path}' cannot be written: access to it is denied. Choose another file, or change the permissions.", exception);
        }
        catch (IOException exception)
        {
            throw new ModelFileException(ModelFileProblem.WriteFailed, path,
                $"'{path}' cannot be written: {exception.Message.TrimEnd('.')}. {WriteFailure.RemedyOf(exception)}",
                exception);
        }
    }

    /// <summary>The error for a file that cannot be written.</summary>
    public static ModelFileException ErrorFor(WriteProblem problem, string path, string message, Exception? innerException) =>
        new(problem switch
        {
            WriteProblem.IsFolder => ModelFileProblem.IsFolder,
            WriteProblem.FileExists => ModelFileProblem.FileExists,
            WriteProblem.FolderMissing => ModelFileProblem.FolderMissing,
            WriteProblem.AccessDenied => ModelFileProblem.AccessDenied,
            WriteProblem.InvalidName => ModelFileProblem.InvalidName,
            _ => ModelFileProblem.WriteFailed,
        }, path, message, innerException);
}
