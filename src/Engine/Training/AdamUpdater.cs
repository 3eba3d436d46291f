using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>Adam's two moments (Kingma and Ba 2014, arXiv 1412.6980); with decoupled decay, AdamW (Loshchilov and Hutter 2017).</summary>
internal sealed unsafe class AdamUpdater<TVector, TOps>(int parameterLength, AdamSettings settings) : ParameterUpdater
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    private readonly AlignedBuffer _mean = new(parameterLength), _variance = new(parameterLength);

    public override IReadOnlyList<LearnerState> States =>
        [new(StateNames.Mean, _mean, []), new(StateNames.Variance, _variance, [])];

    public override void Update(
        in ParameterSlice slice, float* parameters, float** gradients, int gradientCount, double learningRate, long step)
    {
        (float rate, float epsilon) = settings.Corrected(learningRate, step);
        UpdateKernel<TVector, TOps>.Adam(
            slice.Length, parameters + slice.Start, _mean.Pointer + slice.Start, _variance.Pointer + slice.Start,
            gradients, gradientCount, slice.Start, settings.Beta1, settings.Beta2, rate, epsilon,
            settings.IsDecayDecoupled ? 0 : settings.WeightDecay,
            settings.IsDecayDecoupled ? (float)(1 - learningRate * settings.WeightDecay) : 1);
    }
}
