namespace MonaLisa.Engine.Numerics;

/// <summary>Codes whole numbers whose distribution is learned on the way: small magnitudes, many zeros.</summary>
internal sealed class WholeNumberCoder
{
    private const int LargestUnary = 14, MostBits = 24;

    private readonly AdaptiveBit[] _magnitude = AdaptiveBit.Many(LargestUnary + 1);
    private readonly AdaptiveBit[] _lengths = AdaptiveBit.Many(MostBits + 1);

    /// <summary>Codes a number.</summary>
    /// <param name="coder">Writes or reads.</param>
    /// <param name="value">The number to write, of at most 24 bits; not used in reading.</param>
    /// <returns>The number.</returns>
    public int Code<TCoder>(TCoder coder, int value) where TCoder : IBitCoder
    {
        int magnitude = Math.Abs(value), read = 0;
        while (read < LargestUnary && _magnitude[read].Code(coder, magnitude > read))
            read++;
        if (read == LargestUnary)
            read += CodeRest(coder, magnitude - LargestUnary);
        return read != 0 && coder.Code(value < 0, RangeCoder.Half) ? -read : read;
    }

    /// <summary>Codes what is left of a magnitude: the count of its bits, and those below the first.</summary>
    private int CodeRest<TCoder>(TCoder coder, int rest) where TCoder : IBitCoder
    {
        int number = Math.Max(rest, 0) + 1, bits = 0;
        while (bits < MostBits && _lengths[bits].Code(coder, number >> (bits + 1) != 0))
            bits++;
        return EliasGamma.CodeBits(coder, number, bits) - 1;
    }

    /// <summary>A bit whose probability follows what was coded.</summary>
    private sealed class AdaptiveBit
    {
        // Fast and slow: their mean follows soon and comes to rest.
        private const int FastShift = 4, SlowShift = 7;

        private int _fast = RangeCoder.Half, _slow = RangeCoder.Half;

        public static AdaptiveBit[] Many(int count) => [.. Enumerable.Range(0, count).Select(_ => new AdaptiveBit())];

        public bool Code<TCoder>(TCoder coder, bool bit) where TCoder : IBitCoder
        {
            const int Most = (1 << RangeCoder.ProbabilityBits) - 1;
            bit = coder.Code(bit, Math.Clamp((_fast + _slow) >> 1, 1, Most));
            int target = bit ? Most : 0;
            _fast += (target - _fast) >> FastShift;
            _slow += (target - _slow) >> SlowShift;
            return bit;
        }
    }
}

/// <summary>Numbers without a known distribution.</summary>
internal static class EliasGamma
{
    /// <summary>Codes the bits of a number below its first.</summary>
    /// <param name="coder">Writes or reads.</param>
    /// <param name="number">The number to write, at least 1; not used in reading.</param>
    /// <param name="bits">How many bits there are below the first.</param>
    /// <returns>The number.</returns>
    public static int CodeBits<TCoder>(TCoder coder, int number, int bits) where TCoder : IBitCoder
    {
        int read = 1;
        for (int bit = bits - 1; bit >= 0; bit--)
            read = (read << 1) | (coder.Code(((number >> bit) & 1) != 0, RangeCoder.Half) ? 1 : 0);
        return read;
    }

    /// <summary>Codes a number, at least 1: the count of its bits, then those below the first.</summary>
    /// <param name="coder">Writes or reads.</param>
    /// <param name="number">The number to write; not used in reading.</param>
    /// <param name="mostBits">The most bits below the first.</param>
    /// <returns>The number.</returns>
    public static int Code<TCoder>(TCoder coder, int number, int mostBits) where TCoder : IBitCoder
    {
        int bits = 0;
        while (bits < mostBits && coder.Code(number >> (bits + 1) != 0, RangeCoder.Half))
            bits++;
        return CodeBits(coder, number, bits);
    }
}
