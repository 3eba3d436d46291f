using System.ComponentModel;
using System.Reflection;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine;

/// <summary>The compute providers of this machine.</summary>
internal static class ComputeProviders
{
    /// <summary>Every provider, available or not.</summary>
    public static IReadOnlyList<ProviderInfo> Describe() => [Describe(ComputeProvider.Managed), Describe(ComputeProvider.Mkl)];

    /// <summary>
    /// A provider, available or not; for <see cref="ComputeProvider.Auto"/> the one that it takes. MKL is searched for and loaded only where it
    /// is the one asked for.
    /// </summary>
    public static ProviderInfo Describe(ComputeProvider provider) => provider == ComputeProvider.Mkl
        ? new()
        {
            Provider = ComputeProvider.Mkl,
            IsAvailable = MklLibrary.Instance.IsAvailable,
            Version = MklLibrary.Instance.Version,
            Path = MklLibrary.Instance.Path,
            Reason = MklLibrary.Instance.Reason,
        }
        : new()
        {
            Provider = ComputeProvider.Managed,
            IsAvailable = true,
            IsDefault = true,
            Version = EngineVersion,
            InstructionSet = InstructionSets.NameOf(InstructionSets.Best),
            Reason = "The default: in quiet minutes its fused kernels were faster than MKL in every measured training step (docs/performance.md).",
        };

    private static string? EngineVersion =>
        typeof(ComputeProviders).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    /// <summary>Lays a network out for a provider.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="network">The network.</param>
    /// <param name="training">Whether there will be backward passes.</param>
    /// <param name="fewestShared">
    /// Entries from which a large table is the network's own and not a copy: who trains it, changes the network. Null for all where there is no
    /// training, and none where there is.
    /// </param>
    /// <exception cref="ProviderUnavailableException">The provider asked for is not available here.</exception>
    internal static TiledNetwork CreateNetwork(ComputeProvider provider, Mlp network, bool training, int? fewestShared = null)
    {
        int fewest = fewestShared ?? (training ? int.MaxValue : 0);
        return provider == ComputeProvider.Mkl
            ? CreateMklNetwork(MklLibrary.Instance, network, fewest)
            : TiledNetworks.CreateManaged(network, training, InstructionSets.Best, fewest);
    }

    /// <summary>Lays a network out for MKL.</summary>
    /// <exception cref="ProviderUnavailableException">The library cannot be used.</exception>
    internal static TiledNetwork CreateMklNetwork(MklLibrary mkl, Mlp network, int fewestShared = int.MaxValue) => mkl.IsAvailable
        ? TiledNetworks.CreateMkl(network, mkl, InstructionSets.Best, fewestShared)
        : throw new ProviderUnavailableException($"{mkl.Reason} {(mkl.HasRemedy ? "Or use" : "Use")} -Provider Managed.");
}

/// <summary>Who computes the matrix products.</summary>
public enum ComputeProvider
{
    /// <summary>The managed one, which was faster than MKL in the measured training steps.</summary>
    [Description("Managed, which was faster in the measured training steps; the default")]
    Auto,

    /// <summary>This engine's own SIMD kernels; always there.</summary>
    [Description("the module's own SIMD kernels, always there")]
    Managed,

    /// <summary>Intel's Math Kernel Library, where it is installed.</summary>
    [Description("Intel's Math Kernel Library, where it is installed")]
    Mkl,
}

/// <summary>What is known of a compute provider on this machine.</summary>
public sealed record ProviderInfo
{
    /// <summary>Which.</summary>
    public ComputeProvider Provider { get; internal init; }

    /// <summary>Whether it can be used here.</summary>
    public bool IsAvailable { get; internal init; }

    /// <summary>Whether <see cref="ComputeProvider.Auto"/> takes it.</summary>
    public bool IsDefault { get; internal init; }

    /// <summary>The library's version, or the engine's; null where it is not available.</summary>
    public string? Version { get; internal init; }

    /// <summary>The vector instructions it uses, such as <c>AVX-512</c>; null where unknown.</summary>
    public string? InstructionSet { get; internal init; }

    /// <summary>The native library's file, or null where there is none.</summary>
    public string? Path { get; internal init; }

    /// <summary>Why it is the default, or why it is not available and what to do.</summary>
    public string Reason { get; internal init; } = "";
}

/// <summary>A provider was asked for that cannot be used here; the message says why and what to do.</summary>
/// <param name="message">Why, and what to do.</param>
public sealed class ProviderUnavailableException(string message) : Exception(message);

/// <summary>Makes the network that a provider computes with.</summary>
internal static class TiledNetworks
{
    /// <summary>The managed provider's.</summary>
    /// <param name="network">Shape and weights.</param>
    /// <param name="training">Whether there will be backward passes.</param>
    /// <param name="instructionSet">The vectors to use.</param>
    /// <param name="fewestShared">Entries from which a large table is the network's own and not a copy.</param>
    public static TiledNetwork CreateManaged(
        Mlp network, bool training, InstructionSet instructionSet, int fewestShared = int.MaxValue) =>
        KernelDispatch.Create(instructionSet, network.Activation, new ManagedFactory(network, training, instructionSet, fewestShared));

    /// <summary>MKL's.</summary>
    /// <param name="network">Shape and weights.</param>
    /// <param name="library">The library, which must be available.</param>
    /// <param name="instructionSet">The vectors to use between the products.</param>
    /// <param name="fewestShared">Entries from which a large table is the network's own and not a copy.</param>
    public static TiledNetwork CreateMkl(Mlp network, MklLibrary library, InstructionSet instructionSet, int fewestShared = int.MaxValue) =>
        KernelDispatch.Create(instructionSet, network.Activation, new MklFactory(network, library, instructionSet, fewestShared));

    private sealed class ManagedFactory(Mlp network, bool training, InstructionSet instructionSet, int fewestShared)
        : IKernelFactory<TiledNetwork>
    {
        TiledNetwork IKernelFactory<TiledNetwork>.Create<TVector, TOps, TActivation>() =>
            new ManagedNetwork<TVector, TOps, TActivation>(network, instructionSet, training, fewestShared);
    }

    private sealed class MklFactory(Mlp network, MklLibrary library, InstructionSet instructionSet, int fewestShared)
        : IKernelFactory<TiledNetwork>
    {
        TiledNetwork IKernelFactory<TiledNetwork>.Create<TVector, TOps, TActivation>() =>
            new MklNetwork<TVector, TOps, TActivation>(network, instructionSet, library, fewestShared);
    }
}
