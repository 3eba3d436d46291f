using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine;

/// <summary>
/// Compares a picture with its reference. Both stream past once, in strips, so that memory grows with the width alone. Sums are
/// in double precision and in a fixed order.
/// </summary>
/// <remarks>
/// <para>PSNR, MAE and the mean squared error are over the channels that both pictures have. Pictures of different channels are compared
/// as red, green and blue: grey becomes three equal colours, and alpha is laid on white.</para>
/// <para>SSIM as in Wang, Bovik, Sheikh and Simoncelli, "Image Quality Assessment: From Error Visibility to Structural Similarity",
/// 2004: on luma (0.299 red + 0.587 green + 0.114 blue, Rec. 601) clamped to [0, 1], in a Gaussian window of 11 x 11 with a
/// standard deviation of 1.5, K1 = 0.01, K2 = 0.03, averaged over the places where the window lies wholly in the picture. Along a
/// side shorter than 11 pixels the window is centred on every pixel, cut off at the picture's edge, and its weights scaled
/// to a sum of 1. Grey is its own luma, and alpha is not used.</para>
/// <para>Where a picture has held-out or ignored pixels, every figure is of its training pixels alone, and another of its held-out
/// pixels alone. The SSIM of such a set is the mean over the windows whose middle is a pixel of the set; they reach over its
/// borders. It has no MS-SSIM.</para>
/// <para>MS-SSIM as in Wang, Simoncelli and Bovik, "Multi-Scale Structural Similarity for Image Quality Assessment", 2003: five
/// scales, each the 2 x 2 average of the one before (the last pixel of an odd side counts twice), with the exponents 0.0448,
/// 0.2856, 0.3001, 0.2363 and 0.1333; a negative mean at a scale counts as 0.</para>
/// </remarks>
internal static class QualityMeter
{
    private const int PixelsPerStrip = 1 << 16;
    private const int Rgb = 3;

    /// <summary>Measures a picture of red, green and blue against its reference, over every pixel.</summary>
    /// <param name="width">Pixels in a row of either, at least 1.</param>
    /// <param name="height">Rows of either, at least 1.</param>
    /// <param name="picture">The picture's colours; called from the first row to the last, each row once.</param>
    /// <param name="reference">The reference's colours, called in the same way.</param>
    /// <param name="cancellationToken">Stops the measuring.</param>
    /// <returns>The figures; not a number where the picture is not.</returns>
    /// <exception cref="OperationCanceledException">The measuring was cancelled.</exception>
    public static ImageQuality Measure(
        int width, int height, RowSource picture, RowSource reference, CancellationToken cancellationToken = default) =>
        Measure(width, height, Rgb, picture, reference, partition: null, cancellationToken)[0];

    /// <summary>Measures a picture against its reference: one record for all pixels, or one for each set of them.</summary>
    /// <param name="reference">The reference, whose pixels' roles are the sets.</param>
    /// <param name="channels">Samples of the picture's pixels: 1, 3 or 4.</param>
    /// <param name="picture">The picture, of the reference's size; called from the first row to the last, each row once.</param>
    /// <param name="cancellationToken">Stops the measuring.</param>
    /// <returns>
    /// One record with <see cref="PixelSet.All"/> where all pixels are training pixels; otherwise one with
    /// <see cref="PixelSet.Training"/> and, where pixels are held out, one with <see cref="PixelSet.HeldOut"/>.
    /// </returns>
    /// <exception cref="OperationCanceledException">The measuring was cancelled.</exception>
    public static IReadOnlyList<ImageQuality> Measure(
        PixelDataset reference, int channels, RowSource picture, CancellationToken cancellationToken = default)
    {
        if (channels is not (1 or Rgb or 4))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, $"A pixel has 1, 3 or 4 channels, not {channels}.");
        RowSource wanted = reference.CopyRows;
        if (channels != reference.Channels)
        {
            picture = RowSources.ToRgb(reference.Width, channels, picture);
            wanted = RowSources.ToRgb(reference.Width, reference.Channels, wanted);
            channels = Rgb;
        }
        return Measure(reference.Width, reference.Height, channels, picture, wanted, reference.Partition, cancellationToken);
    }

    private static List<ImageQuality> Measure(
        int width, int height, int channels, RowSource picture, RowSource reference, PixelPartition? partition,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        int rowSamples = checked(width * channels);
        int rowsPerStrip = Math.Clamp(PixelsPerStrip / width, 1, height);
        float[] pictureColors = new float[rowsPerStrip * rowSamples], referenceColors = new float[rowsPerStrip * rowSamples];
        double[] pictureLuma = new double[width], referenceLuma = new double[width];
        PixelErrors all = default;
        SetErrors? sets = partition is null ? null : new SetErrors(partition, width, channels);
        StructuralSimilarity structure = new(width, height, partition);

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
                if (sets is null)
                    all.Add(given, wanted);
                else
                    sets.AddRow(firstRow + row, given, wanted);
                CopyLuma(given, channels, pictureLuma);
                CopyLuma(wanted, channels, referenceLuma);
                structure.AddRow(pictureLuma, referenceLuma);
            }
        }
        if (partition is null)
            return [Quality(width, height, all, structure.Ssim, structure.MsSsim)];
        List<ImageQuality> qualities = [OfSet(PixelSet.Training, PixelRole.Training, partition.TrainingCount)];
        if (partition.HeldOutCount > 0)
            qualities.Add(OfSet(PixelSet.HeldOut, PixelRole.HeldOut, partition.HeldOutCount));
        return qualities;

        ImageQuality OfSet(PixelSet set, PixelRole role, int count) =>
            Quality(width, height, sets![role], structure.SsimOf(role), msSsim: null) with { Pixels = set, PixelCount = count };
    }

    private static ImageQuality Quality(int width, int height, in PixelErrors errors, double ssim, double? msSsim) =>
        new(width, height, errors.Psnr, errors.Mae, errors.MeanSquaredError, ssim, msSsim);

    private static void CopyLuma(ReadOnlySpan<float> colors, int channels, Span<double> luma)
    {
        if (channels == 1)
            for (int x = 0; x < luma.Length; x++)
                luma[x] = Math.Clamp(colors[x], 0f, 1f);
        else
            for (int x = 0; x < luma.Length; x++)
                luma[x] = Luma.Of(
                    Math.Clamp(colors[x * channels], 0f, 1f), Math.Clamp(colors[x * channels + 1], 0f, 1f), Math.Clamp(colors[x * channels + 2], 0f, 1f));
    }
}
