using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace MonaLisa.Engine.Numerics;

/// <summary>The widths the kernels come in.</summary>
internal enum InstructionSet
{
    /// <summary>One float at a time: the reference.</summary>
    Scalar,

    /// <summary>Four floats: NEON, SSE.</summary>
    Vector128,

    /// <summary>Eight floats: AVX2 with FMA.</summary>
    Vector256,

    /// <summary>Sixteen floats: AVX-512.</summary>
    Vector512,
}

/// <summary>What this processor has.</summary>
internal static class InstructionSets
{
    /// <summary>The widest that is fast on this processor.</summary>
    public static InstructionSet Best { get; } =
        Vector512.IsHardwareAccelerated ? InstructionSet.Vector512
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? InstructionSet.Vector256
        : Vector128.IsHardwareAccelerated ? InstructionSet.Vector128
        : InstructionSet.Scalar;

    /// <summary>Its usual name.</summary>
    public static string NameOf(InstructionSet set) => set switch
    {
        InstructionSet.Vector512 => "AVX-512",
        InstructionSet.Vector256 => "AVX2",
        InstructionSet.Vector128 => AdvSimd.IsSupported ? "NEON" : "SSE",
        _ => "scalar",
    };
}

/// <summary>Makes something from the types that stand for an instruction set and an activation.</summary>
internal interface IKernelFactory<out TResult>
{
    /// <summary>Makes it.</summary>
    TResult Create<TVector, TOps, TActivation>()
        where TVector : struct
        where TOps : struct, IVectorOps<TVector>
        where TActivation : struct, IActivationKernel;
}

/// <summary>From the values of an instruction set and an activation to their types.</summary>
internal static class KernelDispatch
{
    /// <summary>Calls the factory with the types.</summary>
    public static TResult Create<TResult>(InstructionSet instructionSet, Activation activation, IKernelFactory<TResult> factory) =>
        instructionSet switch
        {
            InstructionSet.Vector512 => ActivationKernels.Create<TResult, Vector512<float>, Vector512Ops>(activation, factory),
            InstructionSet.Vector256 => ActivationKernels.Create<TResult, Vector256<float>, Vector256Ops>(activation, factory),
            InstructionSet.Vector128 => ActivationKernels.Create<TResult, Vector128<float>, Vector128Ops>(activation, factory),
            _ => ActivationKernels.Create<TResult, float, ScalarOps>(activation, factory),
        };
}
