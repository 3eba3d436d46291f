using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine.Output;

/// <summary>A format that animations are written in: its clock, its limits and its encoder.</summary>
/// <param name="Encoder">Its encoder.</param>
/// <param name="Extension">The extension of its files, with its dot, in lower case.</param>
/// <param name="MaxSide">The most pixels along a side of a frame.</param>
/// <param name="DelayUnit">The unit in which it counts time.</param>
/// <param name="LeastDelay">The fewest units that a frame stays: programs that show animations ignore less.</param>
/// <param name="MostDelay">The most that its files can state.</param>
internal sealed record AnimationFormat(
    EncoderName Encoder, string Extension, int MaxSide, TimeSpan DelayUnit, int LeastDelay, int MostDelay)
{
    private const int DefaultWebpQuality = 80;

    // The encoder's name in libvips.
    private const string GifSaver = "gifsave_target";

    // For 60 frames WebP's highest effort took 35 times as long for 6 % fewer bytes, GIF's default 6 times as long for 2 %.
    private const int WebpEffort = 4;
    private const int GifEffort = 3;

    /// <summary>The formats.</summary>
    public static IReadOnlyList<AnimationFormat> All { get; } =
    [
        new(new("WebP", PictureFormat.WebpSaver, ".gif, or numbered PNG files (-Format Png)"), ".webp", PictureFormat.WebpSide, TimeSpan.FromMilliseconds(1), 20, 0xFFFFFF),
        new(new("GIF", GifSaver, ".webp, or numbered PNG files (-Format Png)"), ".gif", 65_535, TimeSpan.FromMilliseconds(10), 2, ushort.MaxValue),
    ];

    /// <summary>The format that a file's extension names, or null.</summary>
    public static AnimationFormat? ForFile(string path)
    {
        string extension = Path.GetExtension(path);
        return All.FirstOrDefault(format => format.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Encodes a strip of frames one below the other with a quality, or the format's default where that is null.</summary>
    // No delegates in the table above, as in PictureFormat.
    public void Save(Image image, Target target, int? quality)
    {
        switch (Encoder.Saver)
        {
            case PictureFormat.WebpSaver:
                image.WebpsaveTarget(target, q: quality ?? DefaultWebpQuality, effort: WebpEffort, keep: Enums.ForeignKeep.None);
                break;
            case GifSaver:
                image.GifsaveTarget(target, effort: GifEffort, keep: Enums.ForeignKeep.None);
                break;
            default:
                throw new InvalidOperationException($"The format {Encoder.Format} has no encoder.");
        }
    }
}
