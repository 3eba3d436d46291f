using MonaLisa.Engine.Platform;
using NetVips;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Pulls the rows of a picture in strips into an encoder and its output into a file, which takes its place in one step when it is
/// complete: neither the picture nor the file is ever held whole here.
/// </summary>
internal static class StripEncoder
{
    // Enough for the threads of a renderer to share, few enough to answer a cancellation soon.
    private const int PixelsPerStrip = 1 << 16;

    /// <summary>Writes a picture.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="shape">The picture's shape.</param>
    /// <param name="rows">Gives the colours; called on this thread, from the first row to the last, each row once.</param>
    /// <param name="encoder">The encoder, to make sure that this machine has it.</param>
    /// <param name="overwrite">Whether a file that is there already may be replaced.</param>
    /// <param name="save">Encodes the picture; called on another thread.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="PictureException">The file cannot be written, or a colour is not a number or infinite.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Write(
        string path, StripShape shape, RowSource rows, EncoderName encoder, bool overwrite, Action<Image, Target> save,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PictureLibrary.EnsureReady();
        Require(encoder, path);

        using var file = new ReplacementFile(path, overwrite, ErrorFor);
        Write(file.Stream, path, shape, rows, save, file.Failed, cancellationToken);
        file.Commit();
    }

    /// <summary>Makes a picture's file in memory; messages call it by a name.</summary>
    public static byte[] Encode(
        string name, StripShape shape, RowSource rows, EncoderName encoder, Action<Image, Target> save, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PictureLibrary.EnsureReady();
        Require(encoder, name);
        using var stream = new MemoryStream();
        Write(stream, name, shape, rows, save,
            exception => ErrorFor(WriteProblem.WriteFailed, name, $"'{name}' could not be encoded: {exception.Message}", exception),
            cancellationToken);
        return stream.ToArray();
    }

    private static void Write(
        Stream stream, string name, StripShape shape, RowSource rows, Action<Image, Target> save, Func<Exception, Exception> failed,
        CancellationToken cancellationToken)
    {
        int rowsPerStrip = Math.Clamp(PixelsPerStrip / shape.Width, 1, shape.Height);
        using var strips = new StripQueue();
        var picture = new TiffStream(shape.Width, shape.Height, shape.Channels, shape.BitDepth, rowsPerStrip, strips);
        var packer = new RowPacker(name, shape.Width, shape.Channels, shape.BitDepth, rows);

        // The encoder has a thread of its own, so that the rows are painted on the caller's, as PowerShell needs, and meanwhile.
        Task encoding = Task.Factory.StartNew(
            () => Encode(stream, name, picture, strips, save, failed), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            Paint(packer, shape.Height, rowsPerStrip, strips, cancellationToken);
        }
        catch
        {
            strips.Abort();
            // Its failure only follows from the one that is about to be thrown.
            Task.WaitAny([encoding], CancellationToken.None);
            _ = encoding.Exception;
            throw;
        }
        encoding.GetAwaiter().GetResult();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The error for a picture that cannot be written.</summary>
    internal static PictureException ErrorFor(WriteProblem problem, string path, string message, Exception? innerException) =>
        new(problem switch
        {
            WriteProblem.IsFolder => PictureProblem.IsFolder,
            WriteProblem.FileExists => PictureProblem.FileExists,
            WriteProblem.FolderMissing => PictureProblem.FolderMissing,
            WriteProblem.AccessDenied => PictureProblem.AccessDenied,
            _ => PictureProblem.WriteFailed,
        }, path, message, innerException);

    private static void Require(EncoderName encoder, string path)
    {
        if (NetVips.NetVips.TypeFind("VipsOperation", encoder.Saver) == 0)
            throw new PictureException(PictureProblem.UnsupportedFormat, path,
                $"'{path}' cannot be written: the picture library of this machine has no {encoder.Format} encoder. Use {encoder.Others}.");
    }

    private static void Paint(RowPacker packer, int height, int rowsPerStrip, StripQueue strips, CancellationToken cancellationToken)
    {
        for (int row = 0; row < height; row += rowsPerStrip)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!strips.TryAdd(packer.Pack(row, Math.Min(rowsPerStrip, height - row)), cancellationToken))
                return;
        }
        strips.Complete();
    }

    private static void Encode(
        Stream stream, string name, TiffStream picture, StripQueue strips, Action<Image, Target> save, Func<Exception, Exception> failed)
    {
        Exception? fileError = null;
        // An exception must not cross the native frames around a callback: it is kept, and libvips is told of a failure.
        T Try<T>(Func<T> action, T failure)
        {
            try
            {
                return action();
            }
            catch (Exception exception)
            {
                fileError ??= exception;
                return failure;
            }
        }

        try
        {
            using var source = new SourceCustom();
            source.OnRead += (buffer, length) => picture.Read(buffer.AsSpan(0, length));
            source.OnSeek += picture.Seek;
            using var target = new TargetCustom();
            target.OnWrite += (buffer, length) => Try(() => { stream.Write(buffer, 0, length); return (long)length; }, -1);
            // The TIFF encoder goes back to fill in its directory.
            target.OnRead += (buffer, length) => Try(() => stream.Read(buffer, 0, length), -1);
            target.OnSeek += (offset, origin) => Try(() => stream.Seek(offset, origin), -1);
            using Image image = Image.TiffloadSource(source, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated);
            save(image, target);
        }
        catch (VipsException exception) when (fileError is null)
        {
            throw PictureLibrary.MissingOperation(name, exception) ?? new PictureException(PictureProblem.WriteFailed, name,
                $"'{name}' could not be written: its encoder failed. Use another format, or a smaller size.", exception);
        }
        catch (VipsException)
        {
            throw failed(fileError!);
        }
        finally
        {
            strips.Abort();
        }
        if (fileError is not null)
            throw failed(fileError);
    }
}
