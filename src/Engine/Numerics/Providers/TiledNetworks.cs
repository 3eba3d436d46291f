namespace MonaLisa.Engine.Numerics;

/// <summary>Makes the network a provider computes with, for the instruction set and activation at hand.</summary>
internal static class TiledNetworks
{
    /// <summary>The managed provider's.</summary>
    /// <param name="network">Shape and weights.</param>
    /// <param name="training">Whether there will be backward passes.</param>
    /// <param name="instructionSet">The vectors to use.</param>
    public static TiledNetwork CreateManaged(Mlp network, bool training, InstructionSet instructionSet) =>
        KernelDispatch.Create(instructionSet, network.Activation, new ManagedFactory(network, training, instructionSet));

    /// <summary>MKL's.</summary>
    /// <param name="network">Shape and weights.</param>
    /// <param name="library">The library, which must be available.</param>
    /// <param name="instructionSet">The vectors to use between the products.</param>
    public static TiledNetwork CreateMkl(Mlp network, MklLibrary library, InstructionSet instructionSet) =>
        KernelDispatch.Create(instructionSet, network.Activation, new MklFactory(network, library, instructionSet));

    private sealed class ManagedFactory(Mlp network, bool training, InstructionSet instructionSet) : IKernelFactory<TiledNetwork>
    {
        TiledNetwork IKernelFactory<TiledNetwork>.Create<TVector, TOps, TActivation>() =>
            ManagedNetwork<TVector, TOps, TActivation>.Create(network, instructionSet, training);
    }

    private sealed class MklFactory(Mlp network, MklLibrary library, InstructionSet instructionSet) : IKernelFactory<TiledNetwork>
    {
        TiledNetwork IKernelFactory<TiledNetwork>.Create<TVector, TOps, TActivation>() =>
            new MklNetwork<TVector, TOps, TActivation>(network, instructionSet, library);
    }
}
