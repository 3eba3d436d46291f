using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>Every vector width, of which a processor may lack some.</summary>
internal static class InstructionSetSupport
{
    /// <summary>Every width by its name, for theories.</summary>
    public static TheoryData<string> Names => [.. Enum.GetNames<InstructionSet>()];

    /// <summary>The widths that this processor computes in hardware.</summary>
    public static IEnumerable<InstructionSet> Supported => Enum.GetValues<InstructionSet>().Where(IsSupported);

    /// <summary>The width of a name; skips the test where the processor lacks it.</summary>
    public static InstructionSet Require(string name)
    {
        var instructionSet = Enum.Parse<InstructionSet>(name);
        Assert.SkipUnless(IsSupported(instructionSet), $"This processor does not compute {name} in hardware.");
        return instructionSet;
    }

    private static bool IsSupported(InstructionSet instructionSet) => instructionSet switch
    {
        InstructionSet.Vector512 => Vector512.IsHardwareAccelerated,
        InstructionSet.Vector256 => Vector256.IsHardwareAccelerated && Fma.IsSupported,
        InstructionSet.Vector128 => Vector128.IsHardwareAccelerated,
        _ => true,
    };
}
