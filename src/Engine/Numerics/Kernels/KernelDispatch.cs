using System.Runtime.Intrinsics;

namespace MonaLisa.Engine.Numerics;

/// <summary>Makes something from the types that stand for an instruction set and an activation.</summary>
internal interface IKernelFactory<out TResult>
{
    /// <summary>Makes it.</summary>
    TResult Create<TVector, TOps, TActivation>()
        where TVector : struct
        where TOps : struct, IVectorOps<TVector>
        where TActivation : struct, IActivationKernel;
}

/// <summary>From the values of an instruction set and an activation to their types: the one place that lists them all.</summary>
internal static class KernelDispatch
{
    /// <summary>Calls the factory with the types.</summary>
    public static TResult Create<TResult>(InstructionSet instructionSet, Activation activation, IKernelFactory<TResult> factory) =>
        instructionSet switch
        {
            InstructionSet.Vector512 => Create<TResult, Vector512<float>, Vector512Ops>(activation, factory),
            InstructionSet.Vector256 => Create<TResult, Vector256<float>, Vector256Ops>(activation, factory),
            InstructionSet.Vector128 => Create<TResult, Vector128<float>, Vector128Ops>(activation, factory),
            _ => Create<TResult, float, ScalarOps>(activation, factory),
        };

    /// <summary>Whether an activation keeps its derivative beside its value from the forward pass.</summary>
    public static bool KeepsDerivative(Activation activation) => Create(InstructionSet.Scalar, activation, new DerivativeQuestion());

    private static TResult Create<TResult, TVector, TOps>(Activation activation, IKernelFactory<TResult> factory)
        where TVector : struct
        where TOps : struct, IVectorOps<TVector> => activation switch
        {
            Activation.ReLU => factory.Create<TVector, TOps, ReLUKernel>(),
            Activation.LeakyReLU => factory.Create<TVector, TOps, LeakyReLUKernel>(),
            Activation.Tanh => factory.Create<TVector, TOps, TanhKernel>(),
            Activation.Sigmoid => factory.Create<TVector, TOps, SigmoidKernel>(),
            Activation.Sine => factory.Create<TVector, TOps, SineKernel>(),
            Activation.Gaussian => factory.Create<TVector, TOps, GaussianKernel>(),
            Activation.FINER => factory.Create<TVector, TOps, FinerKernel>(),
            Activation.WIRE => factory.Create<TVector, TOps, WireKernel>(),
            Activation.GELU => factory.Create<TVector, TOps, GeluKernel>(),
            _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such hidden activation."),
        };

    private sealed class DerivativeQuestion : IKernelFactory<bool>
    {
        bool IKernelFactory<bool>.Create<TVector, TOps, TActivation>() => TActivation.KeepsDerivative;
    }
}
