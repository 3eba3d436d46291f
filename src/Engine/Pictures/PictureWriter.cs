using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine;

/// <summary>How a picture is written.</summary>
internal sealed record PictureWriteOptions
{
    /// <summary>
    /// Quality of the lossy formats, 1 to 100; null for the format's default: 92 for JPEG, 90 for WebP, 75 for AVIF.
    /// PNG and TIFF are lossless and ignore it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in 1 to 100.</exception>
    public int? Quality
    {
        get;
        init
        {
            if (value is < 1 or > 100)
                throw new ArgumentOutOfRangeException(nameof(value), value, $"The quality is {value}; it must be from 1 to 100.");
            field = value;
        }
    }

    /// <summary>Bits a sample: 8, or 16 for PNG and TIFF.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is neither 8 nor 16.</exception>
    public int BitDepth
    {
        get;
        init
        {
            if (value is not (8 or 16))
                throw new ArgumentOutOfRangeException(nameof(value), value, $"The bit depth is {value}; it must be 8 or 16.");
            field = value;
        }
    } = 8;

    /// <summary>
    /// Samples a pixel: 1 (grey), 3 (red, green and blue), or 4 (those and alpha, straight). JPEG has no alpha: there the picture is
    /// laid on white. WebP and AVIF may store grey as three equal colours.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of these.</exception>
    public int Channels
    {
        get;
        init
        {
            if (value is not (1 or 3 or 4))
                throw new ArgumentOutOfRangeException(nameof(value), value, $"There are {value} channels; there must be 1, 3 or 4.");
            field = value;
        }
    } = 3;

    /// <summary>The resolution to state for printing; null for 72. WebP and AVIF state none.</summary>
    public double? PixelsPerInch { get; init; }

    /// <summary>Whether -Format chose the format, and not the name of the file: messages name other formats in the same way.</summary>
    public bool IsFormatChosen { get; init; }

    /// <summary>Whether a file that is there already may be replaced.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>
/// Writes pictures: PNG, JPEG, WebP, TIFF and AVIF, in sRGB, without metadata. Rows are pulled in strips into the encoder, so
/// that PNG, JPEG and TIFF take little memory at any size (WebP's and AVIF's encoders hold the whole picture).
/// </summary>
internal static class PictureWriter
{
    /// <summary>The extensions that can be written, with their dots, in lower case.</summary>
    public static IReadOnlyList<string> SupportedExtensions { get; } = [.. PictureFormat.All.SelectMany(format => format.Extensions)];

    /// <summary>
    /// Writes a picture in the format that the file's extension names. It is written under a temporary name in the same folder and takes
    /// the target's name in one step when it is complete: a failed or cancelled write leaves the folder as it was.
    /// </summary>
    /// <param name="path">The file to write; wildcard characters are taken literally.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="rows">
    /// Gives the colours, as many channels as the options say; called on this thread, from the first row to the last, each row once.
    /// Values are clamped to [0, 1] and rounded to the nearest step. Its exceptions are passed on.
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
        options ??= new PictureWriteOptions();
        path = Path.GetFullPath(path);
        EncoderOf(path, width, height, rows, options).Write(path, options.Overwrite, cancellationToken);
    }

    /// <summary>Makes a picture's file in memory, as <see cref="Write"/> does on disk; the name's extension gives its format.</summary>
    internal static byte[] Encode(
        string name, int width, int height, RowSource rows, PictureWriteOptions options, CancellationToken cancellationToken) =>
        EncoderOf(name, width, height, rows, options).Encode(name, cancellationToken);

    private static StripEncoder EncoderOf(string path, int width, int height, RowSource rows, PictureWriteOptions options)
    {
        PictureFormat format = PictureFormat.ForFile(path) ?? throw new PictureException(PictureProblem.UnsupportedFormat, path,
            $"'{path}' cannot be written: its extension names no format known here. Use one of {string.Join(", ", SupportedExtensions)}.");
        if (options.Quality is not null && !format.IsLossy)
            throw new ArgumentException(
                $"'{path}' cannot be written with a quality: {format.Name} keeps every bit. Leave the quality out, or use " +
                $"{PictureFormat.Choices(options.IsFormatChosen, other => other.IsLossy)}.");
        if (options.BitDepth == 16 && !format.Holds16Bit)
            throw new PictureException(PictureProblem.UnsupportedBitDepth, path,
                $"'{path}' cannot be written with 16 bits a sample: {format.Name} holds 8. Use {ForDeep()}, or a bit depth of 8.");
        if (Math.Max(width, height) > format.MaxSide)
            throw new PictureException(PictureProblem.TooLarge, path,
                $"'{path}' cannot be written: {format.Name} holds at most {format.MaxSide} pixels a side and the picture is {width} x " +
                $"{height}. " + (format.Holds16Bit ? "Use a smaller size." : $"Use {ForDeep()}, or a smaller size."));
        var shape = new StripShape(width, height, options.Channels, options.BitDepth);
        return new StripEncoder(
            shape, rows, format.EncoderFor(options.IsFormatChosen), (image, target) => format.Save(image, target, options));

        // They also hold the largest pictures.
        string ForDeep() => PictureFormat.Choices(options.IsFormatChosen, other => other.Holds16Bit);
    }
}
