using System.Runtime.InteropServices;
using MonaLisa.Engine;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Output;

namespace MonaLisa.Benchmarks;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    /// <summary>One line for the head of the tables.</summary>
    public static string Describe()
    {
        ProviderInfo managed = ComputeProviders.Describe()[0], mkl = ComputeProviders.Describe()[1];
        return $"{DateTime.Now:yyyy-MM-dd}, {MachineFacts.ProcessorName}, {Environment.ProcessorCount} cores, " +
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {managed.InstructionSet}; " +
            (mkl.IsAvailable ? $"MKL {mkl.Version}" : "no MKL");
    }

    /// <summary>The providers that can be used here.</summary>
    public static IReadOnlyList<ComputeProvider> Providers { get; } =
        [.. ComputeProviders.Describe().Where(provider => provider.IsAvailable).Select(provider => provider.Provider)];
}
