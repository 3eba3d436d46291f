namespace MonaLisa.Engine.Pictures;

/// <summary>Finds the smallest of many hashes without holding them: they are made again for each 16 bits of the answer.</summary>
internal static class SmallestHashes
{
    private const int DigitBits = 16;

    /// <summary>The largest of the smallest hashes: as many as asked for are at most this, for no two are the same.</summary>
    /// <param name="itemCount">Number of items.</param>
    /// <param name="hashOf">An item's hash, different for each; or null where it does not take part.</param>
    /// <param name="count">How many hashes, at least 1 and at most the items that take part.</param>
    public static ulong Last(int itemCount, Func<int, ulong?> hashOf, int count)
    {
        ulong found = 0;
        var counts = new int[1 << DigitBits];
        for (int shift = 64 - DigitBits; shift >= 0; shift -= DigitBits)
        {
            Array.Clear(counts);
            for (int item = 0; item < itemCount; item++)
                // A shift by all 64 bits would be none at all.
                if (hashOf(item) is ulong hash && hash >> shift >> DigitBits == found)
                    counts[(hash >> shift) & (ulong)(counts.Length - 1)]++;
            int digit = 0;
            for (; counts[digit] < count; digit++)
                count -= counts[digit];
            found = (found << DigitBits) | (uint)digit;
        }
        return found;
    }
}
