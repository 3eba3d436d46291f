using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Output;

/// <summary>What this process runs on.</summary>
internal static class MachineFacts
{
    /// <summary>The processor's name where it tells one, or else its architecture.</summary>
    public static string ProcessorName { get; } = Processor();

    /// <summary>Names and values.</summary>
    public static IReadOnlyList<(string Name, string Value)> All { get; } =
    [
        ("Processor", ProcessorName),
        ("Logical cores", HtmlText.Number(Environment.ProcessorCount)),
        ("Widest instructions", InstructionSets.NameOf(InstructionSets.Best)),
        ("Operating system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}"),
        ("Runtime", RuntimeInformation.FrameworkDescription),
    ];

    private static string Processor()
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
