using System.Buffers;
using System.IO.Compression;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// Whole numbers in balanced digits of base 256: <c>d0 + 256 d1 + 65536 d2</c>, each digit -128 to 127. The higher digits of small
/// numbers are zero whatever their sign, and so cost nothing once they are compressed apart from the lowest.
/// </summary>
internal static class ByteDigits
{
    /// <summary>The most digits; larger numbers are not exact in 32-bit floating point.</summary>
    public const int MaxCount = 3;

    /// <summary>The largest magnitude that <see cref="MaxCount"/> digits hold.</summary>
    public const int Largest = 127 + 256 * (127 + 256 * 127);

    /// <summary>The fewest digits, from 0, that hold every number.</summary>
    public static int CountFor(ReadOnlySpan<int> numbers)
    {
        int largest = 0;
        foreach (int number in numbers)
            largest = Math.Max(largest, Math.Abs(number));
        int count = 0;
        for (long limit = 0; largest > limit; count++)
            limit = 256 * limit + 127;
        return count;
    }

    /// <summary>Takes a number apart.</summary>
    /// <param name="number">Any number; digits beyond the count are left out.</param>
    /// <param name="digit">Which digit, from 0, the lowest.</param>
    public static sbyte Digit(int number, int digit)
    {
        for (; digit > 0; digit--)
            number = (number - (sbyte)number) >> 8;
        return (sbyte)number;
    }

    /// <summary>The number with the same lowest digits that has no others: what is left of a sum or difference of such numbers.</summary>
    public static int Wrap(int number, int count)
    {
        int wrapped = 0;
        for (int digit = 0; digit < count; digit++)
            wrapped += Digit(number, digit) << (8 * digit);
        return wrapped;
    }
}

/// <summary>Bytes under Brotli (RFC 7932): the smallest that its encoder makes, and decoding into no more room than is given.</summary>
internal static class BrotliBlock
{
    private const int SmallestQuality = 11;

    // The window that a decoder must keep: no larger than the bytes, in powers of two.
    private const int LeastWindow = 10, MostWindow = 24;

    /// <summary>Compresses bytes.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        int window = LeastWindow;
        while (window < MostWindow && 1L << window < bytes.Length)
            window++;
        byte[] compressed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, compressed, out int written, SmallestQuality, window)
            ? compressed[..written] : throw new InvalidOperationException($"Brotli could not compress {bytes.Length} bytes.");
    }

    /// <summary>Decompresses bytes that must be exactly as many as there is room for.</summary>
    /// <param name="compressed">The compressed bytes, and perhaps others after them.</param>
    /// <param name="bytes">Receives the bytes.</param>
    /// <param name="consumed">How many compressed bytes there were.</param>
    /// <returns>Whether they were Brotli of exactly so many bytes.</returns>
    public static bool TryDecompress(ReadOnlySpan<byte> compressed, Span<byte> bytes, out int consumed)
    {
        // Without any room the decoder does not look whether there is an end.
        Span<byte> room = bytes.IsEmpty ? stackalloc byte[1] : bytes;
        using var decoder = new BrotliDecoder();
        return decoder.Decompress(compressed, room, out consumed, out int written) == OperationStatus.Done && written == bytes.Length;
    }
}
