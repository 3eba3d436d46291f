using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine.Output;

/// <summary>A format that animations are written in: its clock, its limits and its encoder.</summary>
/// <param name="Name">Its usual name, which -Format takes.</param>
/// <param name="Saver">The picture library's name of its encoder.</param>
/// <param name="Extension">The extension of its files, with its dot, in lower case.</param>
/// <param name="MaxSide">The most pixels along a side of a frame.</param>
/// <param name="DelayUnit">The unit in which it counts time.</param>
/// <param name="LeastDelay">The fewest units that a frame stays: programs that show animations ignore less.</param>
/// <param name="MostDelay">The most that its files can state.</param>
internal sealed record AnimationFormat(
    string Name, string Saver, string Extension, int MaxSide, TimeSpan DelayUnit, int LeastDelay, int MostDelay)
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
        new("WebP", PictureFormat.WebpSaver, ".webp", PictureFormat.WebpSide, TimeSpan.FromMilliseconds(1), 20, 0xFFFFFF),
        new("GIF", GifSaver, ".gif", 65_535, TimeSpan.FromMilliseconds(10), 2, ushort.MaxValue),
    ];

    /// <summary>Its encoder.</summary>
    /// <param name="isFormatChosen">See <see cref="AnimationOptions.IsFormatChosen"/>.</param>
    public EncoderName EncoderFor(bool isFormatChosen) => new(Name, Saver,
        $"{All.Single(format => format != this).Choice(isFormatChosen)}, or numbered PNG files ({(isFormatChosen ? "" : "-Destination with ")}-Format Png)");

    /// <summary>The format as a user asks for it: by the extension of a file, or with -Format.</summary>
    /// <param name="isFormatChosen">See <see cref="AnimationOptions.IsFormatChosen"/>.</param>
    public string Choice(bool isFormatChosen) => isFormatChosen ? $"-Format {Name}" : Extension;

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
        switch (Saver)
        {
            case PictureFormat.WebpSaver:
                image.WebpsaveTarget(target, q: quality ?? DefaultWebpQuality, effort: WebpEffort, keep: Enums.ForeignKeep.None);
                break;
            case GifSaver:
                image.GifsaveTarget(target, effort: GifEffort, keep: Enums.ForeignKeep.None);
                break;
            default:
                throw new InvalidOperationException($"The format {Name} has no encoder.");
        }
    }
}
