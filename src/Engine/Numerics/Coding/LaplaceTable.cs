using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Laplace distributions of whole numbers as probabilities of bits: whether a number is the mean's nearest, on which side of it, and
/// whether it goes on. Made with products and sums alone, so every processor has the same tables.
/// </summary>
internal static class LaplaceTable
{
    /// <summary>Logarithms of the smallest and of the largest scale.</summary>
    public const float LeastLogScale = -3.5f, MostLogScale = 6;

    /// <summary>Scales in a unit of their logarithm, and all of them.</summary>
    public const int ScalesPerUnit = 10, ScaleCount = (int)((MostLogScale - LeastLogScale) * ScalesPerUnit) + 1;

    /// <summary>Places of the mean between two halves, and the bits that tell them.</summary>
    public const int PlaceCount = 1 << PlaceBits, PlaceBits = 4;

    private static readonly (ushort Nearest, ushort Above)[] Starts = new (ushort, ushort)[ScaleCount * PlaceCount];
    private static readonly ushort[] Continues = new ushort[ScaleCount];

    static LaplaceTable()
    {
        for (int scale = 0; scale < ScaleCount; scale++)
        {
            double rate = Exp(-(LeastLogScale + (double)scale / ScalesPerUnit));
            Continues[scale] = RangeCoder.Probability(Exp(-rate));
            for (int place = 0; place < PlaceCount; place++)
            {
                double mean = (place + 0.5) / PlaceCount - 0.5;
                double above = Exp(-rate * (0.5 - mean)) / 2, below = Exp(-rate * (0.5 + mean)) / 2;
                // Of a narrow distribution both sides are nearly impossible; the nearer one is more likely all the same.
                double side = above + below > 0 ? above / (above + below) : mean > 0 ? 1 : 0;
                Starts[scale * PlaceCount + place] = (RangeCoder.Probability(1 - above - below), RangeCoder.Probability(side));
            }
        }
    }

    /// <summary>The largest number of steps that are told one by one; what is left is told by its bits.</summary>
    private const int MostSteps = 160;

    /// <summary>Codes a whole number.</summary>
    /// <param name="coder">Writes or reads.</param>
    /// <param name="value">The number to write; not used in reading.</param>
    /// <param name="scale">The scale, 0 to <see cref="ScaleCount"/> - 1.</param>
    /// <param name="nearest">The whole number nearest to the mean.</param>
    /// <param name="place">Where the mean lies about it, 0 to <see cref="PlaceCount"/> - 1.</param>
    /// <returns>The number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Code<TCoder>(TCoder coder, int value, int scale, int nearest, int place) where TCoder : IBitCoder
    {
        (ushort isNearest, ushort above) = Starts[scale * PlaceCount + place];
        if (coder.Code(value == nearest, isNearest))
            return nearest;
        return CodeOther(coder, value, nearest, above, Continues[scale]);
    }

    /// <summary>Codes a number that is not the mean's nearest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CodeOther<TCoder>(TCoder coder, int value, int nearest, int above, int goesOn) where TCoder : IBitCoder
    {
        bool isAbove = coder.Code(value > nearest, above);
        int distance = Math.Abs(value - nearest), steps = 1;
        while (steps < MostSteps && coder.Code(distance > steps, goesOn))
            steps++;
        if (steps == MostSteps)
            steps += EliasGamma.Code(coder, Math.Max(distance - MostSteps, 0) + 1, mostBits: 16) - 1;
        return isAbove ? nearest + steps : nearest - steps;
    }

    /// <summary>The exponential function by Taylor's series of a small part and squaring: single operations of doubles, rounded everywhere alike.</summary>
    private static double Exp(double value)
    {
        const int Halvings = 12, Terms = 10;
        double part = value / (1 << Halvings), result = 1;
        for (int term = Terms; term >= 1; term--)
            result = 1 + result * part / term;
        for (int i = 0; i < Halvings; i++)
            result *= result;
        return result;
    }
}
