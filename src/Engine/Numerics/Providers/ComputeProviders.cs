using System.Reflection;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine;

/// <summary>The compute providers of this machine.</summary>
public static class ComputeProviders
{
    /// <summary>Every provider, available or not. Looks for MKL where that has not been done yet.</summary>
    public static IReadOnlyList<ProviderInfo> Describe()
    {
        MklLibrary mkl = MklLibrary.Instance;
        return
        [
            new(ComputeProvider.Managed, IsAvailable: true, IsDefault: true, EngineVersion, InstructionSets.NameOf(InstructionSets.Best),
                Path: null, AutoReason),
            new(ComputeProvider.Mkl, mkl.IsAvailable, IsDefault: false, mkl.Version, InstructionSet: null, mkl.Path, mkl.Reason),
        ];
    }

    private const string AutoReason =
        "The default: in every measured training step its fused kernels were faster than MKL (docs/performance.md).";

    private static string? EngineVersion =>
        typeof(ComputeProviders).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    /// <summary>Lays a network out for a provider.</summary>
    /// <exception cref="ProviderUnavailableException">The provider asked for is not available here.</exception>
    internal static TiledNetwork CreateNetwork(ComputeProvider provider, Mlp network, bool training) =>
        provider == ComputeProvider.Mkl
            ? CreateMklNetwork(MklLibrary.Instance, network)
            : TiledNetworks.CreateManaged(network, training, InstructionSets.Best);

    /// <summary>Lays a network out for MKL.</summary>
    /// <exception cref="ProviderUnavailableException">The library cannot be used.</exception>
    internal static TiledNetwork CreateMklNetwork(MklLibrary mkl, Mlp network) => mkl.IsAvailable
        ? TiledNetworks.CreateMkl(network, mkl, InstructionSets.Best)
        : throw new ProviderUnavailableException($"{mkl.Reason} Or use -Provider Managed.");
}
