using MonaLisa.Engine.Numerics;

namespace MonaLisa.Benchmarks.Kernels;

/// <summary>How much the kernels are given to do.</summary>
internal static class TileShape
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 128;

    /// <summary>Elements of one panel of a tile, and of a slice of the parameters.</summary>
    public const int Elements = Rows * PanelLayout.Width;

    /// <summary>Floating-point operations of one product of a hidden layer.</summary>
    public static double ProductWork(int width) => 2.0 * Rows * width * width;
}
