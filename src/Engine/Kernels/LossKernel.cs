using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Kernels;

/// <summary>Errors of a tile's outputs: their sums for the figures, their gradient for the backward pass.</summary>
internal static unsafe class LossKernel<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary>Sums a tile's errors and, where asked, turns its outputs into the loss's gradient.</summary>
    /// <param name="rows">Pixels of the tile; the rest of the last chunk is padding and gets gradient 0.</param>
    /// <param name="columns">Outputs of the network.</param>
    /// <param name="outputs">The network's outputs, narrow <c>[rows, columns]</c>.</param>
    /// <param name="targets">Colours in [0, 1], narrow <c>[rows, columns]</c>.</param>
    /// <param name="colors">How an output becomes a colour.</param>
    /// <param name="gradients">Receives gradientScale * (colour - target), narrow <c>[rows, columns]</c>; or null.</param>
    /// <param name="gradientScale">What the error is multiplied by: the loss's derivative and the colour's by the output.</param>
    /// <param name="sums">The tile's errors are added here.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Measure(
        int rows, int columns, float* outputs, float* targets, ColorTransform colors, float* gradients, float gradientScale,
        ref ErrorSums sums)
    {
        const int Width = PanelLayout.Width;
        TVector zero = TOps.Broadcast(0), one = TOps.Broadcast(1), scale = TOps.Broadcast(colors.Scale), offset = TOps.Broadcast(colors.Offset);
        TVector squared = zero, clampedSquared = zero, absolute = zero, factor = TOps.Broadcast(gradientScale);
        float* inside = stackalloc float[Width];
        for (int row = 0; row < rows; row += Width)
        {
            for (int i = 0; i < Width; i++)
                inside[i] = row + i < rows ? 1 : 0;
            for (int column = 0; column < columns; column++)
                for (int i = 0; i < Width; i += TOps.Count)
                {
                    int at = row * columns + column * Width + i;
                    TVector mask = TOps.GreaterThanOrEqual(TOps.Load(inside + i), one);
                    TVector target = TOps.Load(targets + at), color = TOps.MultiplyAdd(TOps.Load(outputs + at), scale, offset);
                    TVector error = TOps.Select(mask, TOps.Subtract(color, target), zero);
                    TVector clamped = TOps.Subtract(TOps.Min(TOps.Max(color, zero), one), target);
                    clamped = TOps.Select(mask, clamped, zero);
                    squared = TOps.MultiplyAdd(error, error, squared);
                    clampedSquared = TOps.MultiplyAdd(clamped, clamped, clampedSquared);
                    absolute = TOps.Add(absolute, TOps.Abs(error));
                    if (gradients != null)
                        TOps.Store(TOps.Multiply(error, factor), gradients + at);
                }
        }
        sums.Squared += TOps.Sum(squared);
        sums.ClampedSquared += TOps.Sum(clampedSquared);
        sums.Absolute += TOps.Sum(absolute);
        sums.Pixels += rows;
        sums.Samples += (long)rows * columns;
    }
}
