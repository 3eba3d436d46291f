using System.Runtime.Intrinsics;
using MonaLisa.Engine.Kernels;

namespace MonaLisa.Engine.Providers;

/// <summary>Makes the network a provider computes with, for the instruction set and activation at hand.</summary>
internal static class TiledNetworks
{
    /// <summary>The managed provider's.</summary>
    /// <param name="network">Shape and weights.</param>
    /// <param name="training">Whether there will be backward passes.</param>
    /// <param name="instructionSet">The vectors to use.</param>
    public static TiledNetwork CreateManaged(Mlp network, bool training, InstructionSet instructionSet) => instructionSet switch
    {
        InstructionSet.Vector512 => CreateManaged<Vector512<float>, Vector512Ops>(network, training, instructionSet),
        InstructionSet.Vector256 => CreateManaged<Vector256<float>, Vector256Ops>(network, training, instructionSet),
        InstructionSet.Vector128 => CreateManaged<Vector128<float>, Vector128Ops>(network, training, instructionSet),
        _ => CreateManaged<float, ScalarOps>(network, training, instructionSet),
    };

    private static TiledNetwork CreateManaged<TVector, TOps>(Mlp network, bool training, InstructionSet instructionSet)
        where TVector : struct
        where TOps : struct, IVectorOps<TVector> => network.Activation switch
        {
            Activation.ReLU => ManagedNetwork<TVector, TOps, ReLUKernel>.Create(network, instructionSet, training),
            Activation.LeakyReLU => ManagedNetwork<TVector, TOps, LeakyReLUKernel>.Create(network, instructionSet, training),
            Activation.Tanh => ManagedNetwork<TVector, TOps, TanhKernel>.Create(network, instructionSet, training),
            Activation.Sigmoid => ManagedNetwork<TVector, TOps, SigmoidKernel>.Create(network, instructionSet, training),
            Activation.Sine => ManagedNetwork<TVector, TOps, SineKernel>.Create(network, instructionSet, training),
            _ => throw new ArgumentOutOfRangeException(nameof(network), network.Activation, "There is no such activation."),
        };
}
