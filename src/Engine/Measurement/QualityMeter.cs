namespace MonaLisa.Engine;

/// <summary>
/// Compares a picture with its reference. Both stream past once, in strips, so that memory grows with the width alone. Sums are
/// in double precision and in a fixed order.
/// </summary>
/// <remarks>
/// <para>SSIM as in Wang, Bovik, Sheikh and Simoncelli, "Image Quality Assessment: From Error Visibility to Structural Similarity",
/// 2004: on luma (0.299 red + 0.587 green + 0.114 blue, Rec. 601) clamped to [0, 1], in a Gaussian window of 11 x 11 with a
/// standard deviation of 1.5, K1 = 0.01, K2 = 0.03, averaged over the places where the window lies wholly in the picture. Along a
/// side shorter than 11 pixels the window is centred on every pixel, cut off at the picture's edge, and its weights scaled
/// to a sum of 1.</para>
/// <para>MS-SSIM as in Wang, Simoncelli and Bovik, "Multi-Scale Structural Similarity for Image Quality Assessment", 2003: five
/// scales, each the 2 x 2 average of the one before (the last pixel of an odd side counts twice), with the exponents 0.0448,
/// 0.2856, 0.3001, 0.2363 and 0.1333; a negative mean at a scale counts as 0.</para>
/// </remarks>
public static class QualityMeter
{
    private const int PixelsPerStrip = 1 << 16;

    /// <summary>Measures a picture against its reference.</summary>
    /// <param name="width">Pixels in a row of either, at least 1.</param>
    /// <param name="height">Rows of either, at least 1.</param>
    /// <param name="picture">The picture's colours; called from the first row to the last, each row once.</param>
    /// <param name="reference">The reference's colours, likewise.</param>
    /// <param name="cancellationToken">Stops the measuring.</param>
    /// <returns>The figures; not a number where the picture is not.</returns>
    /// <exception cref="OperationCanceledException">The measuring was cancelled.</exception>
    public static ImageQuality Measure(
        int width, int height, RowSource picture, RowSource reference, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(reference);
        int rowSamples = checked(width * PixelDataset.Channels);
        int rowsPerStrip = Math.Clamp(PixelsPerStrip / width, 1, height);
        float[] pictureColors = new float[rowsPerStrip * rowSamples], referenceColors = new float[rowsPerStrip * rowSamples];
        double[] pictureLuma = new double[width], referenceLuma = new double[width];
        double squared = 0, absolute = 0;
        StructuralSimilarity structure = new(width, height);

        for (int firstRow = 0; firstRow < height; firstRow += rowsPerStrip)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int rowCount = Math.Min(rowsPerStrip, height - firstRow);
            picture(firstRow, rowCount, pictureColors.AsSpan(0, rowCount * rowSamples));
            reference(firstRow, rowCount, referenceColors.AsSpan(0, rowCount * rowSamples));
            for (int row = 0; row < rowCount; row++)
            {
                ReadOnlySpan<float> given = pictureColors.AsSpan(row * rowSamples, rowSamples);
                ReadOnlySpan<float> wanted = referenceColors.AsSpan(row * rowSamples, rowSamples);
                (double rowSquared, double rowAbsolute) = Errors(given, wanted);
                squared += rowSquared;
                absolute += rowAbsolute;
                Luma(given, pictureLuma);
                Luma(wanted, referenceLuma);
                structure.AddRow(pictureLuma, referenceLuma);
            }
        }
        double samples = (double)rowSamples * height;
        double meanSquared = squared / samples;
        double psnr = 10 * Math.Log10(1 / meanSquared);
        return new ImageQuality(width, height, psnr, absolute / samples, meanSquared, structure.Ssim, structure.MsSsim);
    }

    private static (double Squared, double Absolute) Errors(ReadOnlySpan<float> given, ReadOnlySpan<float> wanted)
    {
        double squared = 0, absolute = 0;
        for (int i = 0; i < given.Length; i++)
        {
            absolute += Math.Abs((double)given[i] - wanted[i]);
            double clamped = (double)Math.Clamp(given[i], 0f, 1f) - Math.Clamp(wanted[i], 0f, 1f);
            squared += clamped * clamped;
        }
        return (squared, absolute);
    }

    private static void Luma(ReadOnlySpan<float> colors, Span<double> luma)
    {
        const double Red = 0.299, Green = 0.587, Blue = 0.114;
        for (int x = 0; x < luma.Length; x++)
            luma[x] = Red * Math.Clamp(colors[x * 3], 0f, 1f) + Green * Math.Clamp(colors[x * 3 + 1], 0f, 1f) +
                Blue * Math.Clamp(colors[x * 3 + 2], 0f, 1f);
    }
}
