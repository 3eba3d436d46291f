using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>Gradient descent and its velocity, by Polyak or by Nesterov.</summary>
internal sealed unsafe class MomentumUpdater<TVector, TOps>(int parameterLength, float momentum, float weightDecay, bool isNesterov)
    : ParameterUpdater
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    private readonly AlignedBuffer _velocity = new(parameterLength);

    public override IReadOnlyList<LearnerState> States => [new(StateNames.Velocity, _velocity, [])];

    public override void Update(
        in ParameterSlice slice, float* parameters, float** gradients, int gradientCount, double learningRate, long step)
    {
        if (isNesterov)
            UpdateKernel<TVector, TOps>.Nesterov(
                slice.Length, parameters + slice.Start, _velocity.Pointer + slice.Start,
                gradients, gradientCount, slice.Start, momentum, (float)learningRate, weightDecay);
        else
            UpdateKernel<TVector, TOps>.Momentum(
                slice.Length, parameters + slice.Start, _velocity.Pointer + slice.Start,
                gradients, gradientCount, slice.Start, momentum, (float)learningRate, weightDecay);
    }
}
