using MonaLisa.Engine;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Quality;

/// <summary>Figures as the tables show them.</summary>
internal static class Format
{
    public static string Decibels(double psnr) => $"{psnr:F2}";

    /// <summary>Decibels; null where there is no figure.</summary>
    public static string? Decibels(double? psnr) => psnr is double value ? Decibels(value) : null;

    /// <summary>A difference of decibels, with its sign; null where there is none.</summary>
    public static string? Gain(double? decibels) => decibels is double value ? $"{value:+0.00;-0.00}" : null;

    public static string Similarity(double ssim) => $"{ssim:F4}";

    public static string BitsPerPixel(double bits) => $"{bits:F3}";

    public static string Seconds(TimeSpan time) => $"{time.TotalSeconds:F1}";

    public static string Count(long count) => $"{count:N0}";

    public static string Megapixels(double pixels) => $"{pixels / 1e6:F3}";

    public static string Mebibytes(double bytes) => $"{bytes / (1 << 20):F1}";

    public static string Size(PixelDataset picture) => $"{picture.Width} x {picture.Height}";

    /// <summary>A network in short: its encoding where it has one, its layers and their activation.</summary>
    public static string Network(MlpDesign design)
    {
        string encoding = design.Encoding.Kind == EncodingKind.None ? "" : $"{design.Encoding}; ";
        bool isEven = design.HiddenLayers.Distinct().Count() == 1;
        string layers = isEven ? $"{design.HiddenLayers.Count} x {design.HiddenLayers[0]}" : string.Join('-', design.HiddenLayers);
        return $"{encoding}{layers} {design.Activation}";
    }
}
