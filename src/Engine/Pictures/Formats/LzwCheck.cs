namespace MonaLisa.Engine.Pictures;

/// <summary>How LZW data ends, told from the lengths of its strings alone.</summary>
internal enum LzwEnd
{
    /// <summary>With the code that ends it, or where the data ends, and with as many samples as are due.</summary>
    Whole,

    /// <summary>With fewer samples than are due.</summary>
    Short,

    /// <summary>With data left that belongs to no sample.</summary>
    Long,

    /// <summary>With a code that no encoder writes there.</summary>
    Invalid,
}

/// <summary>Checks LZW data as GIF (its specification's appendix F) and TIFF (6.0, section 13) have it, without decoding it.</summary>
internal static class LzwCheck
{
    private const int MostBits = 12;

    // Encoders end with a code or two too many, and with a byte to fill up.
    private const int MostLeftover = 8;

    /// <summary>Checks the data of one strip or frame.</summary>
    /// <param name="data">The data, without the lengths of GIF's blocks.</param>
    /// <param name="literalBits">Bits of a sample: 2 to 8.</param>
    /// <param name="isTiff">Whether codes start at the highest bit and become longer one code early.</param>
    /// <param name="due">How many samples there must be.</param>
    public static LzwEnd Check(ReadOnlySpan<byte> data, int literalBits, bool isTiff, long due)
    {
        int clear = 1 << literalBits, end = clear + 1;
        Span<int> lengths = stackalloc int[1 << MostBits];
        lengths[..clear].Fill(1);
        int next = end + 1, bits = literalBits + 1, previous = -1;
        long made = 0, position = 0, last = data.Length * 8L;
        while (made < due)
        {
            if (position + bits > last)
                return LzwEnd.Short;
            int code = ReadCode(data, position, bits, isTiff);
            position += bits;
            if (code == end)
                return LzwEnd.Short;
            if (code == clear)
            {
                (next, bits, previous) = (end + 1, literalBits + 1, -1);
                continue;
            }
            if (code > next || (code == next && previous < 0) || (code > end && previous < 0))
                return LzwEnd.Invalid;
            int length = code < next ? lengths[code] : lengths[previous] + 1;
            if (previous >= 0 && next < 1 << MostBits)
                lengths[next++] = lengths[previous] + 1;
            if (next + (isTiff ? 1 : 0) >= 1 << bits && bits < MostBits)
                bits++;
            made += length;
            previous = code;
        }
        long left = (last - position) / 8;
        if (left <= MostLeftover)
            return LzwEnd.Whole;
        // The code that ends the data may be longer by one where the last string was the first of that length.
        return EndsAt(data, position, bits, isTiff, end) || EndsAt(data, position, bits + 1, isTiff, end) ? LzwEnd.Whole : LzwEnd.Long;
    }

    private static bool EndsAt(ReadOnlySpan<byte> data, long position, int bits, bool isTiff, int end) =>
        bits <= MostBits && ReadCode(data, position, bits, isTiff) == end;

    private static int ReadCode(ReadOnlySpan<byte> data, long position, int bits, bool isTiff)
    {
        int start = (int)(position / 8), shift = (int)(position % 8), value = 0;
        for (int i = 0; i < 3; i++)
        {
            int part = start + i < data.Length ? data[start + i] : 0;
            value |= isTiff ? part << (16 - 8 * i) : part << (8 * i);
        }
        return (isTiff ? value >> (24 - shift - bits) : value >> shift) & ((1 << bits) - 1);
    }
}
