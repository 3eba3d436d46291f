using NetVips;

namespace MonaLisa.Engine.Pictures;

/// <summary>An encoder of the picture library, which not every build of it has.</summary>
/// <param name="Format">The usual name of its format.</param>
/// <param name="Saver">The library's name of it.</param>
/// <param name="Others">What to use where it is missing.</param>
internal readonly record struct EncoderName(string Format, string Saver, string Others);

/// <summary>A format that pictures are written in: its limits and its encoder.</summary>
/// <param name="Name">Its usual name.</param>
/// <param name="Extensions">The extensions of its files, with their dots, in lower case.</param>
/// <param name="MaxSide">The most pixels a side.</param>
/// <param name="Holds16Bit">Whether it can hold 16 bits a sample.</param>
/// <param name="Saver">The picture library's name of its encoder.</param>
internal sealed record PictureFormat(string Name, string[] Extensions, int MaxSide, bool Holds16Bit, string Saver)
{
    /// <summary>libvips' name of its PNG encoder.</summary>
    public const string PngSaver = "pngsave_target";

    /// <summary>Pixels of the longest side that WebP can have.</summary>
    public const int WebpSide = 16_383;

    /// <summary>libvips' name of its WebP encoder.</summary>
    public const string WebpSaver = "webpsave_target";

    private const string JpegSaver = "jpegsave_target", TiffSaver = "tiffsave_target", AvifSaver = "heifsave_target";

    // Measured on smooth pictures, with the filter Up: within a tenth of the size of the slow levels, at a quarter of their time.
    private const int PngCompression = 3;

    // WebP in half the time of its default effort for 2 % more bytes, AVIF in an eighth for 5 %.
    private const int WebpEffort = 2;
    private const int AvifEffort = 2;

    // The colour behind transparency if a format has none.
    private static readonly double[] White = [byte.MaxValue, byte.MaxValue, byte.MaxValue];

    private const double DefaultPixelsPerInch = 72;

    private const int DefaultJpegQuality = 92;
    private const int DefaultWebpQuality = 90;
    private const int DefaultAvifQuality = 75;

    // TIFF has 32-bit offsets: beyond this many bytes, short of 4 GiB, its 64-bit variety is written.
    private const long LargestClassicTiff = 4_000_000_000;

    /// <summary>Every format, in the order in which to name them.</summary>
    public static IReadOnlyList<PictureFormat> All { get; } =
    [
        // Ten million is libvips' own limit.
        new("PNG", [".png"], 10_000_000, true, PngSaver),
        new("JPEG", [".jpg", ".jpeg"], 65_500, false, JpegSaver),
        new("WebP", [".webp"], WebpSide, false, WebpSaver),
        new("TIFF", [".tif", ".tiff"], 10_000_000, true, TiffSaver),
        new("AVIF", [".avif"], 16_384, false, AvifSaver),
    ];

    /// <summary>Its encoder.</summary>
    /// <param name="isFormatChosen">See <see cref="PictureWriteOptions.IsFormatChosen"/>.</param>
    public EncoderName EncoderFor(bool isFormatChosen) =>
        new(Name, Saver, Choices(isFormatChosen, format => format.Saver is PngSaver or JpegSaver or TiffSaver));

    /// <summary>Whether it has a quality; the others keep every bit.</summary>
    public bool IsLossy => Saver is JpegSaver or WebpSaver or AvifSaver;

    /// <summary>The format that a file's extension names, or null.</summary>
    public static PictureFormat? ForFile(string path)
    {
        string extension = Path.GetExtension(path);
        return All.FirstOrDefault(format => format.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Some formats as a user asks for them: by the extension of a file, or with -Format.</summary>
    /// <param name="isFormatChosen">See <see cref="PictureWriteOptions.IsFormatChosen"/>.</param>
    /// <param name="isMeant">Which formats.</param>
    public static string Choices(bool isFormatChosen, Func<PictureFormat, bool> isMeant)
    {
        string[] extensions = [.. All.Where(isMeant).Select(format => format.Extensions[0])];
        string[] names = !isFormatChosen ? extensions
            : [.. extensions.Select(extension => char.ToUpperInvariant(extension[1]) + extension[2..])];
        return $"{(isFormatChosen ? "-Format " : "")}{string.Join(", ", names[..^1])} or {names[^1]}";
    }

    /// <summary>Encodes a picture with the quality and the resolution of the options, or the defaults where those are null.</summary>
    // No delegates in the table above: formats are listed before the picture library is needed, and delegates would load it.
    public void Save(Image image, Target target, PictureWriteOptions options)
    {
        double pixelsPerMillimetre = (options.PixelsPerInch ?? DefaultPixelsPerInch) / 25.4;
        using Image printable = image.Copy(xres: pixelsPerMillimetre, yres: pixelsPerMillimetre);
        Encode(printable, target, options.Quality);
    }

    private void Encode(Image image, Target target, int? quality)
    {
        switch (Saver)
        {
            case PngSaver:
                image.PngsaveTarget(target, compression: PngCompression, filter: Enums.ForeignPngFilter.Up, keep: Enums.ForeignKeep.None);
                break;
            case JpegSaver:
                // Optimized coding would save 2 % and hold the whole picture in memory, four bytes a sample.
                using (Image stated = image.Mutate(mutable => mutable.Set(GValue.GStrType, "exif-ifd2-ColorSpace", "1")))
                    stated.JpegsaveTarget(target, q: quality ?? DefaultJpegQuality, background: White, keep: Enums.ForeignKeep.Exif);
                break;
            case WebpSaver:
                image.WebpsaveTarget(
                    target, q: quality ?? DefaultWebpQuality, effort: WebpEffort, keep: Enums.ForeignKeep.Icc, profile: PictureColor.Srgb);
                break;
            case TiffSaver:
                image.TiffsaveTarget(target, compression: Enums.ForeignTiffCompression.Deflate,
                    predictor: Enums.ForeignTiffPredictor.Horizontal, keep: Enums.ForeignKeep.Icc,
                    // A profile for colours is none for grey.
                    profile: image.Bands >= PictureColor.Colors ? PictureColor.Srgb : null,
                    bigtiff: (long)image.Width * image.Height * image.Bands * (image.Format == Enums.BandFormat.Ushort ? 2 : 1)
                        > LargestClassicTiff);
                break;
            case AvifSaver:
                image.HeifsaveTarget(target, q: quality ?? DefaultAvifQuality, compression: Enums.ForeignHeifCompression.Av1,
                    bitdepth: 8, effort: AvifEffort, keep: Enums.ForeignKeep.Icc, profile: PictureColor.Srgb);
                break;
            default:
                throw new InvalidOperationException($"The format {Name} has no encoder.");
        }
    }
}
