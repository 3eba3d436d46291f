using MonaLisa.Engine;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Benchmarks.Kernels;

/// <summary>An activation over one panel of a tile, with its derivative where the activation keeps it.</summary>
internal sealed unsafe class ActivationRun<TVector, TOps, TActivation> : IKernelRun
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
    where TActivation : struct, IActivationKernel
{
    private const int Rows = TileShape.Rows;

    // Near 1 a repeated sine or bell stays an ordinary argument; SIREN's 30 is only a factor.
    private static readonly ActivationParameters Parameters = new(1.5f, 1.5f);

    private readonly AlignedBuffer _values = Operands.Random(Rows * PanelLayout.Width);
    private readonly AlignedBuffer _derivatives = Operands.Random(Rows * PanelLayout.Width);

    public void Run() => ElementwiseKernel<TVector, TOps, TActivation>.Activate(
        Rows, PanelLayout.Width, PanelLayout.Width, _values.Pointer, _derivatives.Pointer, Parameters);
}
