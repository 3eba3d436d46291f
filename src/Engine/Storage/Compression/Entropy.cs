using System.Runtime.InteropServices;

namespace MonaLisa.Engine.Storage;

/// <summary>What numbers would cost an ideal coder that knows how often each comes.</summary>
internal static class Entropy
{
    /// <summary>The bits of all of the numbers together (Shannon 1948).</summary>
    public static double Bits(ReadOnlySpan<int> numbers)
    {
        var counts = new Dictionary<int, int>();
        foreach (int number in numbers)
            CollectionsMarshal.GetValueRefOrAddDefault(counts, number, out _)++;
        double bits = 0;
        foreach (int count in counts.Values)
            bits -= count * Math.Log2((double)count / numbers.Length);
        return bits;
    }
}
