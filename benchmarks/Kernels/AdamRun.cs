using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Training;

namespace MonaLisa.Benchmarks.Kernels;

/// <summary>Adam over one slice of the parameters, with as many gradients to add up as a large batch has.</summary>
internal sealed unsafe class AdamRun<TVector, TOps> : IKernelRun
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    private const int Length = TileShape.Elements, GradientCount = 8;

    private readonly AlignedBuffer _parameters = Operands.Random(Length), _mean = new(Length), _variance = new(Length);
    private readonly AlignedBuffer[] _gradients = [.. Enumerable.Range(0, GradientCount).Select(_ => Operands.Random(Length))];

    public void Run()
    {
        float** gradients = stackalloc float*[GradientCount];
        for (int i = 0; i < GradientCount; i++)
            gradients[i] = _gradients[i].Pointer;
        AdamUpdater<TVector, TOps>.Step(
            Length, _parameters.Pointer, _mean.Pointer, _variance.Pointer, gradients, GradientCount, 0,
            0.9f, 0.999f, 1e-4f, 1e-8f, decay: 0, kept: 1);
    }
}
