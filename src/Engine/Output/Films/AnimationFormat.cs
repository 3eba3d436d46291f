using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine.Output;

/// <summary>A format that films are written in: its clock, its limits and its encoder.</summary>
internal sealed class AnimationFormat
{
    private const int DefaultWebpQuality = 80;

    // The encoders' names in libvips.
    private const string WebpSaver = "webpsave_target", GifSaver = "gifsave_target";

    // On a film of 60 frames WebP's highest effort took 35 times as long for 6 % fewer bytes, GIF's default 6 times as long for 2 %.
    private const int WebpEffort = 4;
    private const int GifEffort = 3;

    /// <summary>The formats.</summary>
    public static IReadOnlyList<AnimationFormat> All { get; } =
    [
        new()
        {
            Encoder = new("WebP", WebpSaver, ".gif, or numbered PNG files (-Format Png)"),
            Extension = ".webp",
            MaxSide = 16_383,
            DelayUnit = TimeSpan.FromMilliseconds(1),
            LeastDelay = 20,
        },
        new()
        {
            Encoder = new("GIF", GifSaver, ".webp, or numbered PNG files (-Format Png)"),
            Extension = ".gif",
            MaxSide = 65_535,
            DelayUnit = TimeSpan.FromMilliseconds(10),
            LeastDelay = 2,
        },
    ];

    /// <summary>Its encoder.</summary>
    public required EncoderName Encoder { get; init; }

    /// <summary>The extension of its files, with its dot, in lower case.</summary>
    public required string Extension { get; init; }

    /// <summary>The most pixels along a side of a frame.</summary>
    public required int MaxSide { get; init; }

    /// <summary>The unit in which it counts time.</summary>
    public required TimeSpan DelayUnit { get; init; }

    /// <summary>The fewest units that a frame stays: programs that show films take less for a mistake.</summary>
    public required int LeastDelay { get; init; }

    /// <summary>The format that a file's extension names, or null.</summary>
    public static AnimationFormat? ForFile(string path)
    {
        string extension = Path.GetExtension(path);
        return All.FirstOrDefault(format => format.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Encodes a strip of frames one below the other with a quality, or the format's own where that is null.</summary>
    // No delegates in the table above, as in PictureFormat.
    public void Save(Image image, Target target, int? quality)
    {
        switch (Encoder.Saver)
        {
            case WebpSaver:
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
