using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>RMSProp's mean square and velocity (Tieleman and Hinton 2012, lecture 6.5 of "Neural Networks for Machine Learning").</summary>
internal sealed unsafe class RmsPropUpdater<TVector, TOps>(
    int parameterLength, float beta2, float epsilon, float momentum, float weightDecay) : ParameterUpdater
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    private readonly AlignedBuffer _square = new(parameterLength), _velocity = new(parameterLength);

    public override IReadOnlyList<LearnerState> States =>
        [new(StateNames.Square, _square, []), new(StateNames.Velocity, _velocity, [])];

    public override void Update(
        in ParameterSlice slice, float* parameters, float** gradients, int gradientCount, double learningRate, long step) =>
        UpdateKernel<TVector, TOps>.RmsProp(
            slice.Length, parameters + slice.Start, _square.Pointer + slice.Start, _velocity.Pointer + slice.Start,
            gradients, gradientCount, slice.Start, beta2, epsilon, momentum, (float)learningRate, weightDecay);
}
