using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>Makes the networks of both providers.</summary>
internal static class Providers
{
    /// <summary>The managed provider's at a vector width.</summary>
    public static Func<Mlp, TiledNetwork> Managed(InstructionSet instructionSet) =>
        network => TiledNetworks.CreateManaged(network, training: true, instructionSet);

    /// <summary>MKL's; skips the test where it is not installed.</summary>
    public static Func<Mlp, TiledNetwork> Mkl(InstructionSet instructionSet)
    {
        MklLibrary library = MklLibrary.Instance;
        Assert.SkipUnless(library.IsAvailable, library.Reason);
        return network => TiledNetworks.CreateMkl(network, library, instructionSet);
    }
}
