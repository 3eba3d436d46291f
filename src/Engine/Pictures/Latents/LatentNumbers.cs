using System.Numerics;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>A thin network's weights and biases in a file: how they differ from their start, in whole multiples of a step.</summary>
internal static class LatentNumbers
{
    /// <summary>Steps are 1 / <see cref="LatentWeight.Unit"/> times 1, 2, 4 and so on up to 2 to this power.</summary>
    public const int MostCoarseness = 7;

    private const int Unit = LatentWeight.Unit, CoarsenessBits = 3;

    /// <summary>Rounds numbers to those that a file can hold.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="start">Their start.</param>
    /// <param name="coarseness">The power of 2 of the step.</param>
    public static void Round(Span<float> numbers, ReadOnlySpan<float> start, int coarseness)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            int from = LatentWeight.ToWhole(start[i]);
            float steps = MathF.Round((numbers[i] * Unit - from) / (1 << coarseness));
            numbers[i] = Bounded(from + (int)(steps * (1 << coarseness)));
        }
    }

    /// <summary>The bits that numbers take.</summary>
    public static long BitsOf(ReadOnlySpan<float> numbers, ReadOnlySpan<float> start)
    {
        var encoder = new RangeEncoder();
        Code(encoder, numbers.ToArray(), start);
        return 8L * encoder.Finish().Length;
    }

    /// <summary>Codes numbers.</summary>
    /// <param name="coder">Writes or reads.</param>
    /// <param name="numbers">The numbers to write; receives those that are read.</param>
    /// <param name="start">Their start.</param>
    public static void Code<TCoder>(TCoder coder, Span<float> numbers, ReadOnlySpan<float> start) where TCoder : IBitCoder
    {
        int coarseness = EliasGamma.CodeBits(coder, CoarsenessOf(numbers, start) + (1 << CoarsenessBits), CoarsenessBits) - (1 << CoarsenessBits);
        var differences = new WholeNumberCoder();
        for (int i = 0; i < numbers.Length; i++)
        {
            int from = LatentWeight.ToWhole(start[i]);
            int steps = differences.Code(coder, (LatentWeight.ToWhole(numbers[i]) - from) >> coarseness);
            numbers[i] = Bounded(from + (long)steps * (1 << coarseness));
        }
    }

    private static float Bounded(long whole) =>
        Math.Clamp(whole, -LatentWeight.Largest, LatentWeight.Largest) / (float)Unit;

    /// <summary>The coarsest step that all differences are multiples of.</summary>
    private static int CoarsenessOf(ReadOnlySpan<float> numbers, ReadOnlySpan<float> start)
    {
        int coarseness = MostCoarseness;
        for (int i = 0; i < numbers.Length; i++)
            if (LatentWeight.ToWhole(numbers[i]) - LatentWeight.ToWhole(start[i]) is int difference and not 0)
                coarseness = Math.Min(coarseness, BitOperations.TrailingZeroCount(difference));
        return coarseness;
    }
}
