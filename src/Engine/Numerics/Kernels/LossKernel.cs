using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>Errors of a tile's outputs: their sums for the figures, their gradient for the backward pass.</summary>
internal static unsafe class LossKernel<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary>Sums a tile's errors and, where asked, turns its outputs into the loss's gradient.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="rows">Pixels of the tile; the rest of the last chunk is padding and gets gradient 0.</param>
    /// <param name="columns">Outputs of the network.</param>
    /// <param name="outputs">The network's outputs, narrow <c>[rows, columns]</c>.</param>
    /// <param name="targets">Colours in [0, 1], narrow <c>[rows, columns]</c>.</param>
    /// <param name="weights">What each pixel counts in the sums, above 0, <c>[rows]</c>; null where each counts once.</param>
    /// <param name="colors">How an output becomes a colour.</param>
    /// <param name="gradients">Receives gradientScale * <see cref="ILossKernel.Derivative"/>, narrow <c>[rows, columns]</c>; or null.</param>
    /// <param name="gradientScale">The factor that the loss's derivatives share, times the colour's derivative by the output.</param>
    /// <param name="sums">The tile's errors are added here.</param>
    public static void Measure(
        PixelLoss loss, int rows, int columns, float* outputs, float* targets, float* weights, ColorTransform colors, float* gradients,
        float gradientScale, ref ErrorSums sums)
    {
        switch (loss.Function)
        {
            case LossFunction.L1:
                Measure<AbsoluteLossKernel>(loss.Delta, rows, columns, outputs, targets, weights, colors, gradients, gradientScale, ref sums);
                break;
            case LossFunction.Huber:
                Measure<HuberLossKernel>(loss.Delta, rows, columns, outputs, targets, weights, colors, gradients, gradientScale, ref sums);
                break;
            default:
                Measure<SquaredLossKernel>(loss.Delta, rows, columns, outputs, targets, weights, colors, gradients, gradientScale, ref sums);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Measure<TLoss>(
        float delta, int rows, int columns, float* outputs, float* targets, float* weights, ColorTransform colors, float* gradients,
        float gradientScale, ref ErrorSums sums)
        where TLoss : struct, ILossKernel
    {
        const int Width = PanelLayout.Width;
        TVector zero = TOps.Broadcast(0), one = TOps.Broadcast(1), scale = TOps.Broadcast(colors.Scale), offset = TOps.Broadcast(colors.Offset);
        TVector squared = zero, clampedSquared = zero, absolute = zero, factor = TOps.Broadcast(gradientScale);
        TVector loss = zero, threshold = TOps.Broadcast(delta);
        TVector smallest = TOps.Broadcast(float.Epsilon);
        float* chunkWeights = stackalloc float[Width];
        for (int row = 0; row < rows; row += Width)
        {
            for (int i = 0; i < Width; i++)
                chunkWeights[i] = row + i >= rows ? 0 : weights == null ? 1 : weights[row + i];
            for (int column = 0; column < columns; column++)
                for (int i = 0; i < Width; i += TOps.Count)
                {
                    int at = row * columns + column * Width + i;
                    TVector weight = TOps.Load(chunkWeights + i), mask = TOps.GreaterThanOrEqual(weight, smallest);
                    TVector target = TOps.Load(targets + at), color = TOps.MultiplyAdd(TOps.Load(outputs + at), scale, offset);
                    TVector error = TOps.Select(mask, TOps.Subtract(color, target), zero);
                    TVector clamped = TOps.Subtract(TOps.Min(one, TOps.Max(zero, color)), target);
                    clamped = TOps.Select(mask, clamped, zero);
                    squared = TOps.MultiplyAdd(TOps.Multiply(weight, error), error, squared);
                    clampedSquared = TOps.MultiplyAdd(TOps.Multiply(weight, clamped), clamped, clampedSquared);
                    absolute = TOps.MultiplyAdd(weight, TOps.Abs(error), absolute);
                    loss = TOps.MultiplyAdd(weight, TLoss.Value<TVector, TOps>(error, threshold), loss);
                    if (gradients != null)
                        TOps.Store(TOps.Multiply(TLoss.Derivative<TVector, TOps>(error, threshold), factor), gradients + at);
                }
        }
        sums.Squared += TOps.Sum(squared);
        sums.ClampedSquared += TOps.Sum(clampedSquared);
        sums.Absolute += TOps.Sum(absolute);
        sums.Loss += TOps.Sum(loss);
        sums.Pixels += rows;
        sums.Samples += (long)rows * columns;
    }
}
