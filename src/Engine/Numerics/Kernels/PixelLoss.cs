namespace MonaLisa.Engine.Numerics;

/// <summary>A loss as the kernels take it: which, and its parameter. The default is the squared error.</summary>
/// <param name="Function">Which.</param>
/// <param name="Delta">Huber's delta; the others ignore it.</param>
internal readonly record struct PixelLoss(LossFunction Function, float Delta)
{
    /// <summary>One channel's loss, but for the factor that all pixels share; see <see cref="ILossKernel.Value"/>.</summary>
    public float Value(float error) => Function switch
    {
        LossFunction.L1 => AbsoluteLossKernel.Value<float, ScalarOps>(error, Delta),
        LossFunction.Huber => HuberLossKernel.Value<float, ScalarOps>(error, Delta),
        _ => SquaredLossKernel.Value<float, ScalarOps>(error, Delta),
    };

    /// <summary>Its derivative by the colour, but for that factor; see <see cref="ILossKernel.Derivative"/>.</summary>
    public float Derivative(float error) => Function switch
    {
        LossFunction.L1 => AbsoluteLossKernel.Derivative<float, ScalarOps>(error, Delta),
        LossFunction.Huber => HuberLossKernel.Derivative<float, ScalarOps>(error, Delta),
        _ => SquaredLossKernel.Derivative<float, ScalarOps>(error, Delta),
    };
}
