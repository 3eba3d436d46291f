using NetVips;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Resamples pictures with libvips, colours with a Lanczos-3 filter. <see cref="AreaAverage"/> is for pictures that a network paints row by
/// row, of which previews are made.
/// </summary>
internal static class PictureResampler
{
    private const int Colors = PictureColor.Colors;

    /// <summary>
    /// Plans the shrinking of a picture of three channels, or four with straight alpha, in linear light. Colours are weighted by their alpha
    /// meanwhile, so that none leaks out from under transparency.
    /// </summary>
    /// <param name="picture">The picture in sRGB, of 8 or 16 bits.</param>
    /// <param name="maxSize">The most pixels along the longer side, or null.</param>
    public static Image Shrink(Image picture, int? maxSize)
    {
        if (!IsLarger(picture, maxSize))
            return picture.Copy();
        bool deep = picture.Format == Enums.BandFormat.Ushort;
        Enums.Interpretation space = deep ? Enums.Interpretation.Rgb16 : Enums.Interpretation.Srgb;
        if (picture.Bands == Colors)
        {
            using Image allLinear = picture.Colourspace(Enums.Interpretation.Scrgb);
            using Image smallColors = Shrink(allLinear, maxSize!.Value, Enums.Kernel.Lanczos3);
            return smallColors.Colourspace(space);
        }
        double white = deep ? ushort.MaxValue : byte.MaxValue;
        using Image straight = picture.ExtractBand(0, n: Colors);
        using Image linear = straight.Colourspace(Enums.Interpretation.Scrgb);
        using Image alphaSamples = picture.ExtractBand(Colors);
        using Image alpha = alphaSamples / white;
        using Image weighted = linear * alpha;
        using Image joined = weighted.Bandjoin(alpha);
        using Image small = Shrink(joined, maxSize!.Value, Enums.Kernel.Lanczos3);
        using Image smallAlpha = small.ExtractBand(Colors);
        using Image smallWeighted = small.ExtractBand(0, n: Colors);
        // A quotient by zero is zero here.
        using Image quotient = smallWeighted / smallAlpha;
        using Image smallLinear = quotient.Copy(interpretation: Enums.Interpretation.Scrgb);
        using Image colors = smallLinear.Colourspace(space);
        using Image scaledAlpha = smallAlpha * white;
        using Image roundAlpha = scaledAlpha.Rint();
        using Image alphaBand = roundAlpha.Cast(picture.Format);
        return colors.Bandjoin(alphaBand);
    }

    /// <summary>Plans the shrinking of a mask of one channel: each pixel becomes the share of white under it.</summary>
    public static Image ShrinkMask(Image mask, int? maxSize) =>
        IsLarger(mask, maxSize) ? Shrink(mask, maxSize!.Value, Enums.Kernel.Linear) : mask.Copy();

    /// <summary>The rows of a picture at another size, larger or smaller; the picture's own where it has that size.</summary>
    public static RowSource Resize(PixelDataset picture, int width, int height)
    {
        if ((picture.Width, picture.Height) == (width, height))
            return picture.CopyRows;
        PictureLibrary.EnsureReady();
        float[] colors = new float[picture.PixelCount * picture.Channels];
        picture.CopyRows(0, picture.Height, colors);
        using Image image = Image.NewFromMemory<float>(colors, picture.Width, picture.Height, picture.Channels, Enums.BandFormat.Float);
        using Image resized = Resize(image, width, height, Enums.Kernel.Lanczos3);
        return RowSources.Of(resized.WriteToMemory<float>(), width, picture.Channels);
    }

    /// <summary>The size of a picture that is made smaller.</summary>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="maxSize">The most pixels along the longer side.</param>
    public static (int Width, int Height) SizeFor(int width, int height, int maxSize)
    {
        double scale = (double)maxSize / Math.Max(width, height);
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }

    private static bool IsLarger(Image picture, int? maxSize) => Math.Max(picture.Width, picture.Height) > maxSize;

    private static Image Shrink(Image picture, int maxSize, Enums.Kernel kernel)
    {
        (int width, int height) = SizeFor(picture.Width, picture.Height, maxSize);
        return Resize(picture, width, height, kernel);
    }

    private static Image Resize(Image picture, double width, double height, Enums.Kernel kernel) =>
        picture.Resize(width / picture.Width, kernel: kernel, vscale: height / picture.Height);
}
