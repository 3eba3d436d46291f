using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using MonaLisa.Engine;

namespace MonaLisa.Benchmarks;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    /// <summary>One line for the head of the tables.</summary>
    public static string Describe()
    {
        ProviderInfo managed = ComputeProviders.Describe()[0], mkl = ComputeProviders.Describe()[1];
        return $"{DateTime.Now:yyyy-MM-dd}, {ProcessorName()}, {Environment.ProcessorCount} cores, " +
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {managed.InstructionSet}; " +
            (mkl.IsAvailable ? $"MKL {mkl.Version}" : "no MKL");
    }

    /// <summary>The providers that can be used here.</summary>
    public static IReadOnlyList<ComputeProvider> Providers { get; } =
        [.. ComputeProviders.Describe().Where(provider => provider.IsAvailable).Select(provider => provider.Provider)];

    private static string ProcessorName()
    {
        // Leaves 0x80000002 to 0x80000004 hold the processor's name, 16 bytes each.
        const int FirstNameLeaf = unchecked((int)0x80000002), NameLeaves = 3;
        if (!X86Base.IsSupported)
            return RuntimeInformation.ProcessArchitecture.ToString();
        int[] name = new int[4 * NameLeaves];
        for (int i = 0; i < NameLeaves; i++)
            (name[4 * i], name[4 * i + 1], name[4 * i + 2], name[4 * i + 3]) = X86Base.CpuId(FirstNameLeaf + i, 0);
        return Encoding.ASCII.GetString(MemoryMarshal.AsBytes<int>(name)).TrimEnd('\0', ' ').Trim();
    }
}
