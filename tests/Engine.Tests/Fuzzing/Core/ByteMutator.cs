using System.Buffers.Binary;

namespace MonaLisa.Engine.Tests;

/// <summary>Damages bytes of any format: bits, numbers of every width, lengths, and whole stretches.</summary>
internal static class ByteMutator
{
    private const int HeadLength = 64;

    private static readonly long[] Numbers =
    [
        0, 1, -1, 2, 7, 8, 9, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 100_000, 16_777_216, int.MaxValue, int.MinValue,
        uint.MaxValue, long.MaxValue, long.MinValue,
    ];

    /// <summary>A damaged copy of one to three damages.</summary>
    public static byte[] Mutate(byte[] bytes, Random random)
    {
        for (int rounds = random.Next(1, 4); rounds > 0; rounds--)
            bytes = MutateOnce(bytes, random);
        return bytes;
    }

    /// <summary>A copy with one damage.</summary>
    public static byte[] MutateOnce(byte[] bytes, Random random) => random.Next(9) switch
    {
        0 => FlipBits(bytes, random, Math.Min(bytes.Length, HeadLength)),
        1 or 2 => FlipBits(bytes, random, bytes.Length),
        3 => SetNumber(bytes, random, Math.Min(bytes.Length, HeadLength)),
        4 => SetNumber(bytes, random, bytes.Length),
        5 => bytes[..random.Next(bytes.Length + 1)],
        6 => Splice(bytes, random),
        7 => Remove(bytes, random),
        _ => Fill(bytes, random),
    };

    private static byte[] FlipBits(byte[] bytes, Random random, int end)
    {
        byte[] copy = [.. bytes];
        for (int count = random.Next(1, 5); count > 0 && end > 0; count--)
            copy[random.Next(end)] ^= (byte)(1 << random.Next(8));
        return copy;
    }

    private static byte[] SetNumber(byte[] bytes, Random random, int end)
    {
        int width = 1 << random.Next(4);
        if (end < width)
            return bytes;
        byte[] copy = [.. bytes];
        Span<byte> place = copy.AsSpan(random.Next(end - width + 1), width);
        long number = random.Next(4) == 0 ? random.NextInt64() : Numbers[random.Next(Numbers.Length)];
        Span<byte> encoded = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(encoded, number);
        encoded[..width].CopyTo(place);
        if (random.Next(2) == 0)
            place.Reverse();
        return copy;
    }

    private static byte[] Splice(byte[] bytes, Random random)
    {
        int from = random.Next(bytes.Length + 1), to = random.Next(bytes.Length + 1), length = random.Next(1, 200);
        return [.. bytes[..to], .. bytes[from..Math.Min(bytes.Length, from + length)], .. bytes[to..]];
    }

    private static byte[] Remove(byte[] bytes, Random random)
    {
        int from = random.Next(bytes.Length + 1), length = Math.Min(bytes.Length - from, random.Next(1, 40));
        return [.. bytes[..from], .. bytes[(from + length)..]];
    }

    private static byte[] Fill(byte[] bytes, Random random)
    {
        byte[] copy = [.. bytes];
        int from = random.Next(bytes.Length + 1), length = Math.Min(bytes.Length - from, random.Next(1, 40));
        copy.AsSpan(from, length).Fill((byte)(random.Next(2) * byte.MaxValue));
        return copy;
    }
}
