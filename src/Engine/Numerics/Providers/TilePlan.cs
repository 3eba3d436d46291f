using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// How many rows a tile has: as many as fit the second-level cache beside the weights that stream through it. The managed
/// kernels sum gradients in the same order whatever it is, so that it changes the speed and no bit of the weights.
/// </summary>
internal static class TilePlan
{
    private const int FewestRows = 64, MostRows = 256;

    /// <summary>A backward pass reads all activations again; this is fastest where the weights do not fit the cache.</summary>
    private const int LargeNetworkTrainingRows = 128;

    /// <summary>Rows of a tile on this machine, a multiple of <see cref="PanelLayout.Width"/>.</summary>
    /// <param name="design">The network's shape.</param>
    /// <param name="training">Whether there will be backward passes.</param>
    public static int RowsFor(MlpDesign design, bool training) => RowsFor(design, training, ProcessorCache.SecondLevelBytes);

    /// <summary>Rows of a tile beside a second-level cache of the given size, three quarters of which are the tile's.</summary>
    public static int RowsFor(MlpDesign design, bool training, long cacheBytes)
    {
        long[] widths = [.. design.HiddenLayers.Select(width => (long)PanelLayout.PaddedColumns(width))];
        long features = design.Encoding.Kind == EncodingKind.None ? 0 : PanelLayout.PaddedColumns(design.Encoding.FeatureCount);
        long floatsPerRow = features + widths.Sum() * (ActivationKernels.KeepsDerivative(design.Activation) ? 2 : 1);
        long weights = widths.Prepend(features).Zip(widths, (inputs, outputs) => inputs * outputs).Sum();
        // Weights that do not fit are read from memory for every tile; then few large tiles are faster than tiles that fit.
        if (weights * sizeof(float) > cacheBytes)
            return training ? LargeNetworkTrainingRows : MostRows;
        long rows = cacheBytes * 3 / 4 / (floatsPerRow * sizeof(float));
        return (int)Math.Clamp(rows, FewestRows, MostRows) / PanelLayout.Width * PanelLayout.Width;
    }
}
