namespace MonaLisa.Engine.Storage;

/// <summary>Measures what rounding the weights costs the picture.</summary>
internal static class RoundingLoss
{
    /// <summary>
    /// The dB of PSNR by which the rounded network is further from the training pixels; null where that is no finite number.
    /// </summary>
    public static double? Measure(
        Mlp network, Mlp rounded, PixelDataset dataset, ComputeProvider provider, CancellationToken cancellationToken)
    {
        double lost = Psnr(network, dataset, provider, cancellationToken) - Psnr(rounded, dataset, provider, cancellationToken);
        return double.IsFinite(lost) ? lost : null;
    }

    private static double Psnr(Mlp network, PixelDataset dataset, ComputeProvider provider, CancellationToken cancellationToken)
    {
        using var renderer = new ImageRenderer(network, provider);
        // The training pixels' figures, or the whole picture's, come first.
        return QualityMeter.Measure(
            dataset, network.OutputCount,
            (firstRow, rowCount, colors) => renderer.Render(dataset.Width, dataset.Height, firstRow, rowCount, colors, cancellationToken),
            cancellationToken)[0].Psnr;
    }
}
