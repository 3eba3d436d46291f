using MonaLisa.Engine.Kernels;
using MonaLisa.Engine.Providers;

namespace MonaLisa.Engine;

/// <summary>The compute providers of this machine.</summary>
public static class ComputeProviders
{
    internal static TiledNetwork CreateNetwork(ComputeProvider provider, Mlp network, bool training) =>
        TiledNetworks.CreateManaged(network, training, InstructionSets.Best);
}
