using NetVips;

namespace MonaLisa.Engine;

/// <summary>
/// Writes pictures: PNG, JPEG, WebP, TIFF and AVIF, in sRGB, without metadata. Rows are pulled in strips into the encoder, so
/// that PNG, JPEG and TIFF take little memory at any size (WebP's and AVIF's encoders hold the whole picture).
/// </summary>
public static class PictureWriter
{
    // Enough for the threads of a renderer to share, few enough to answer a cancellation soon.
    private const int PixelsPerStrip = 1 << 16;

    /// <summary>The extensions that can be written, with their dots, in lower case.</summary>
    public static IReadOnlyList<string> SupportedExtensions { get; } = [.. PictureFormat.All.SelectMany(format => format.Extensions)];

    /// <summary>
    /// Writes a picture in the format that the file's extension names. It grows under a temporary name in the same folder and takes
    /// the target's place in one step when it is complete: a failed or cancelled write leaves the folder as it was.
    /// </summary>
    /// <param name="path">The file to write; taken literally, whatever characters it has.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="rows">
    /// Gives the colours, as many channels as the options say; called on this thread, from the first row to the last, each row once.
    /// Values are clamped to [0, 1] and rounded to the nearest step. What it throws comes out as it is.
    /// </param>
    /// <param name="options">How to write it; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="PictureException">The file cannot be written, or a colour is not a number or infinite.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Write(
        string path, int width, int height, RowSource rows, PictureWriteOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new PictureWriteOptions();
        path = Path.GetFullPath(path);
        PictureFormat format = FormatFor(path, width, height, options);
        cancellationToken.ThrowIfCancellationRequested();
        PictureLibrary.EnsureReady();
        CheckEncoder(path, format);

        using var file = new ReplacementFile(path, options.Overwrite, ErrorFor);
        int rowsPerStrip = Math.Clamp(PixelsPerStrip / width, 1, height);
        using var strips = new StripQueue();
        var picture = new TiffStream(width, height, options.Channels, options.BitDepth, rowsPerStrip, strips);
        var packer = new RowPacker(path, width, options.Channels, options.BitDepth, rows);

        // The encoder has a thread of its own, so that the rows are painted on the caller's, as PowerShell needs, and meanwhile.
        Task encoder = Task.Factory.StartNew(
            () => Encode(file, picture, strips, format, options.Quality),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            Paint(packer, height, rowsPerStrip, strips, cancellationToken);
        }
        catch
        {
            strips.Abort();
            // Its failure only follows from the one that is about to be thrown.
            Task.WaitAny(encoder);
            _ = encoder.Exception;
            throw;
        }
        encoder.GetAwaiter().GetResult();
        cancellationToken.ThrowIfCancellationRequested();
        file.Commit();
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

    private static PictureFormat FormatFor(string path, int width, int height, PictureWriteOptions options)
    {
        PictureFormat format = PictureFormat.ForFile(path) ?? throw new PictureException(PictureProblem.UnsupportedFormat, path,
            $"'{path}' cannot be written: its extension names no format known here. Use one of {string.Join(", ", SupportedExtensions)}.");
        if (options.BitDepth == 16 && !format.Holds16Bit)
            throw new PictureException(PictureProblem.UnsupportedBitDepth, path,
                $"'{path}' cannot be written with 16 bits a sample: {format.Name} holds 8. Use .png or .tif, or a bit depth of 8.");
        if (Math.Max(width, height) > format.MaxSide)
            throw new PictureException(PictureProblem.TooLarge, path,
                $"'{path}' cannot be written: {format.Name} holds at most {format.MaxSide} pixels a side and " +
                $"the picture is {width} x {height}. " + (format.Holds16Bit ? "Use a smaller size." : "Use .png or .tif, or a smaller size."));
        return format;
    }

    private static void CheckEncoder(string path, PictureFormat format)
    {
        if (NetVips.NetVips.TypeFind("VipsOperation", format.Saver) == 0)
            throw new PictureException(PictureProblem.UnsupportedFormat, path,
                $"'{path}' cannot be written: the picture library of this machine has no {format.Name} encoder. Use .png, .jpg or .tif.");
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

    private static void Encode(ReplacementFile file, TiffStream picture, StripQueue strips, PictureFormat format, int? quality)
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

        FileStream stream = file.Stream;
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
            format.Save(image, target, quality);
        }
        catch (VipsException exception)
        {
            throw file.Failed(fileError ?? exception);
        }
        finally
        {
            strips.Abort();
        }
        if (fileError is not null)
            throw file.Failed(fileError);
    }
}
