using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// A loss function with its parameter. The kernels compute it, and its derivative by the colour, without the factors that all pixels share;
/// those are here. The default is the squared error.
/// </summary>
/// <param name="Function">Which.</param>
/// <param name="Delta">Huber's delta; the others ignore it.</param>
internal readonly record struct PixelLoss(LossFunction Function, float Delta)
{
    /// <summary>The factor of the derivative of a pixel's loss by one of its colours.</summary>
    /// <param name="outputCount">Outputs of the network.</param>
    public float GradientFactor(int outputCount) => Function switch
    {
        LossFunction.MeanSquaredError => 2f / outputCount,
        LossFunction.HalfSquaredError => 1,
        _ => 1f / outputCount,
    };

    /// <summary>The mean loss of pixels.</summary>
    /// <param name="sums">Their errors.</param>
    /// <param name="outputCount">Outputs of the network.</param>
    public double MeanOf(in ErrorSums sums, int outputCount) =>
        sums.MeanLoss * (Function == LossFunction.HalfSquaredError ? outputCount / 2.0 : 1);

    /// <summary>One channel's loss, without its factor; see <see cref="ILossKernel.Value"/>.</summary>
    public float Value(float error) => Function switch
    {
        LossFunction.L1 => AbsoluteLossKernel.Value<float, ScalarOps>(error, Delta),
        LossFunction.Huber => HuberLossKernel.Value<float, ScalarOps>(error, Delta),
        _ => SquaredLossKernel.Value<float, ScalarOps>(error, Delta),
    };

    /// <summary>Its derivative by the colour, without its factor; see <see cref="ILossKernel.Derivative"/>.</summary>
    public float Derivative(float error) => Function switch
    {
        LossFunction.L1 => AbsoluteLossKernel.Derivative<float, ScalarOps>(error, Delta),
        LossFunction.Huber => HuberLossKernel.Derivative<float, ScalarOps>(error, Delta),
        _ => SquaredLossKernel.Derivative<float, ScalarOps>(error, Delta),
    };
}

/// <summary>A loss of one channel's error and its derivative, each without a factor that all pixels share.</summary>
internal interface ILossKernel
{
    /// <summary>The loss.</summary>
    /// <param name="error">Colour - target.</param>
    /// <param name="delta">Huber's delta; the others ignore it.</param>
    static abstract TVector Value<TVector, TOps>(TVector error, TVector delta)
        where TVector : struct where TOps : struct, IVectorOps<TVector>;

    /// <summary>What the loss's derivative by the colour is proportional to.</summary>
    /// <param name="error">Colour - target.</param>
    /// <param name="delta">Huber's delta; the others ignore it.</param>
    static abstract TVector Derivative<TVector, TOps>(TVector error, TVector delta)
        where TVector : struct where TOps : struct, IVectorOps<TVector>;
}

/// <summary>The squared error; half its derivative is the error.</summary>
internal readonly struct SquaredLossKernel : ILossKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TVector, TOps>(TVector error, TVector delta)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Multiply(error, error);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TVector, TOps>(TVector error, TVector delta)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        error;
}

/// <summary>The magnitude of the error; its derivative is the error's sign, 0 where there is no error.</summary>
internal readonly struct AbsoluteLossKernel : ILossKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TVector, TOps>(TVector error, TVector delta)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Abs(error);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TVector, TOps>(TVector error, TVector delta)
        where TVector : struct where TOps : struct, IVectorOps<TVector>
    {
        TVector zero = TOps.Broadcast(0), isNone = TOps.GreaterThanOrEqual(zero, TOps.Abs(error));
        return TOps.Select(isNone, zero, TOps.CopySign(TOps.Broadcast(1), error));
    }
}

/// <summary>
/// Half the squared error up to delta, <c>delta * (|error| - delta / 2)</c> beyond (Huber 1964, "Robust estimation of a location
/// parameter"); its derivative is the error, held within delta.
/// </summary>
internal readonly struct HuberLossKernel : ILossKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TVector, TOps>(TVector error, TVector delta)
        where TVector : struct where TOps : struct, IVectorOps<TVector>
    {
        // With m the lesser of |error| and delta, both branches are m * (|error| - m / 2).
        TVector magnitude = TOps.Abs(error), m = TOps.Min(delta, magnitude);
        return TOps.Multiply(m, TOps.MultiplyAdd(m, TOps.Broadcast(-0.5f), magnitude));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Derivative<TVector, TOps>(TVector error, TVector delta)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.CopySign(TOps.Min(delta, TOps.Abs(error)), error);
}

/// <summary>Errors of a tile's outputs: their sums for the figures, their gradient for the backward pass.</summary>
internal static unsafe class LossKernel<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary>Sums a tile's errors and, where asked, turns its outputs into the loss's gradient.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="rows">Pixels of the tile; the rest of the last chunk is padding and gets gradient 0.</param>
    /// <param name="columns">Outputs of the network.</param>
    /// <param name="outputs">The network's outputs, skinny <c>[rows, columns]</c>.</param>
    /// <param name="targets">Colours in [0, 1], skinny <c>[rows, columns]</c>.</param>
    /// <param name="weights">What each pixel counts in the sums, above 0, <c>[rows]</c>; null where each counts once.</param>
    /// <param name="colors">How an output becomes a colour.</param>
    /// <param name="gradients">Receives gradientScale * <see cref="ILossKernel.Derivative"/>, skinny <c>[rows, columns]</c>; or null.</param>
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
