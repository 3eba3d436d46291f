using NetVips;

namespace MonaLisa.Engine.Pictures;

/// <summary>Makes pictures smaller.</summary>
internal static class PictureShrinker
{
    private const int Colors = PictureColor.Colors;

    /// <summary>
    /// Plans the shrinking of a picture of three channels, or four with straight alpha, with a Lanczos-3 filter in linear light.
    /// Colours weigh by their alpha meanwhile, so that none leaks out from under transparency.
    /// </summary>
    /// <param name="picture">The picture in sRGB, of 8 or 16 bits.</param>
    /// <param name="maxSize">The most pixels along the longer side, or null.</param>
    public static Image Shrink(Image picture, int? maxSize)
    {
        if (!IsLarger(picture, maxSize))
            return picture.Copy();
        if (picture.Bands == Colors)
            return ShrinkColors(picture, maxSize!.Value);
        bool deep = picture.Format == Enums.BandFormat.Ushort;
        double white = deep ? ushort.MaxValue : byte.MaxValue;
        using Image straight = picture.ExtractBand(0, n: Colors);
        using Image linear = straight.Colourspace(Enums.Interpretation.Scrgb);
        using Image alphaSamples = picture.ExtractBand(Colors);
        using Image alpha = alphaSamples / white;
        using Image weighted = linear * alpha;
        using Image joined = weighted.Bandjoin(alpha);
        using Image small = Resize(joined, maxSize!.Value, Enums.Kernel.Lanczos3);
        using Image smallAlpha = small.ExtractBand(Colors);
        using Image smallWeighted = small.ExtractBand(0, n: Colors);
        // A quotient by zero is zero here.
        using Image quotient = smallWeighted / smallAlpha;
        using Image smallLinear = quotient.Copy(interpretation: Enums.Interpretation.Scrgb);
        using Image smallColors = smallLinear.Colourspace(deep ? Enums.Interpretation.Rgb16 : Enums.Interpretation.Srgb);
        using Image scaledAlpha = smallAlpha * white;
        using Image roundAlpha = scaledAlpha.Rint();
        using Image alphaBand = roundAlpha.Cast(picture.Format);
        return smallColors.Bandjoin(alphaBand);
    }

    /// <summary>Plans the shrinking of a mask of one channel: each pixel becomes the share of white under it.</summary>
    public static Image ShrinkMask(Image mask, int? maxSize) =>
        IsLarger(mask, maxSize) ? Resize(mask, maxSize!.Value, Enums.Kernel.Linear) : mask.Copy();

    private static bool IsLarger(Image picture, int? maxSize) => Math.Max(picture.Width, picture.Height) > maxSize;

    private static Image ShrinkColors(Image picture, int maxSize)
    {
        using Image linear = picture.Colourspace(Enums.Interpretation.Scrgb);
        using Image small = Resize(linear, maxSize, Enums.Kernel.Lanczos3);
        return small.Colourspace(picture.Format == Enums.BandFormat.Ushort ? Enums.Interpretation.Rgb16 : Enums.Interpretation.Srgb);
    }

    private static Image Resize(Image picture, int maxSize, Enums.Kernel kernel)
    {
        double scale = (double)maxSize / Math.Max(picture.Width, picture.Height);
        double width = Math.Max(1, Math.Round(picture.Width * scale));
        double height = Math.Max(1, Math.Round(picture.Height * scale));
        return picture.Resize(width / picture.Width, kernel: kernel, vscale: height / picture.Height);
    }
}
