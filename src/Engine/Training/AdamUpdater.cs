using MonaLisa.Engine.Kernels;
using MonaLisa.Engine.Providers;

namespace MonaLisa.Engine.Training;

/// <summary>Adam's two moments (Kingma and Ba 2014, arXiv 1412.6980).</summary>
internal sealed unsafe class AdamUpdater<TVector, TOps>(int parameterLength) : ParameterUpdater
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f;

    private readonly AlignedBuffer _mean = new(parameterLength), _variance = new(parameterLength);

    public override void Update(
        in ParameterSlice slice, float* parameters, float** gradients, int gradientCount, double learningRate, long step)
    {
        double meanShare = 1 - Math.Pow(Beta1, step), varianceShare = Math.Sqrt(1 - Math.Pow(Beta2, step));
        UpdateKernel<TVector, TOps>.Adam(
            slice.Length, parameters + slice.Start, _mean.Pointer + slice.Start, _variance.Pointer + slice.Start,
            gradients, gradientCount, slice.Start, Beta1, Beta2,
            (float)(learningRate * varianceShare / meanShare), (float)(Epsilon * varianceShare));
    }
}
