using MonaLisa.Engine.Kernels;

namespace MonaLisa.Engine.Providers;

/// <summary>How many rows a tile has: what fits the second-level cache beside the weights that stream through it.</summary>
internal static class TilePlan
{
    /// <summary>Half of the smallest second-level cache among today's fast cores, which have 0.5 to 2 MiB.</summary>
    private const long CacheBytes = 512 * 1024;

    private const int FewestRows = 32, MostRows = 256;

    /// <summary>Rows of a tile, a multiple of <see cref="PanelLayout.Width"/>; the same on every machine, so that results are too.</summary>
    public static int RowsFor(MlpDesign design)
    {
        long floatsPerRow = design.HiddenLayers.Sum(width => (long)PanelLayout.PaddedColumns(width));
        if (design.Activation == Activation.Sine)
            floatsPerRow *= 2;
        long rows = CacheBytes / (floatsPerRow * sizeof(float));
        return (int)Math.Clamp(rows, FewestRows, MostRows) / PanelLayout.Width * PanelLayout.Width;
    }
}
