using MonaLisa.Engine;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Benchmarks.Kernels;

/// <summary>Kernels for the widest vectors that this processor is fast at.</summary>
internal static class KernelRuns
{
    public static IKernelRun Product(Form form, int width) => Create(Activation.ReLU, new ProductFactory(form, width));

    public static IKernelRun Thin(Form form, int inputs, int outputs) => new ThinRun(form, inputs, outputs);

    public static IKernelRun Activate(Activation activation) => Create(activation, new ActivationFactory());

    public static IKernelRun Adam() => Create(Activation.ReLU, new AdamFactory());

    private static IKernelRun Create(Activation activation, IKernelFactory<IKernelRun> factory) =>
        KernelDispatch.Create(InstructionSets.Best, activation, factory);

    private sealed class ProductFactory(Form form, int width) : IKernelFactory<IKernelRun>
    {
        IKernelRun IKernelFactory<IKernelRun>.Create<TVector, TOps, TActivation>() => new ProductRun<TVector, TOps>(form, width);
    }

    private sealed class ActivationFactory : IKernelFactory<IKernelRun>
    {
        IKernelRun IKernelFactory<IKernelRun>.Create<TVector, TOps, TActivation>() => new ActivationRun<TVector, TOps, TActivation>();
    }

    private sealed class AdamFactory : IKernelFactory<IKernelRun>
    {
        IKernelRun IKernelFactory<IKernelRun>.Create<TVector, TOps, TActivation>() => new AdamRun<TVector, TOps>();
    }
}
