using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Binary range coding (Martin 1979): each bit takes about the logarithm of its probability. Whole numbers only, so what one machine
/// writes any other reads.
/// </summary>
internal static class RangeCoder
{
    /// <summary>Bits of a probability: it is a whole number of 2^-16.</summary>
    public const int ProbabilityBits = 16;

    /// <summary>The probability of one half.</summary>
    public const int Half = 1 << (ProbabilityBits - 1);

    /// <summary>The range is below 2^48 and, between two bits, at least 2^40: rounding takes less than a millionth of a bit.</summary>
    internal const int TopBits = 48, ByteBits = 8;

    /// <summary>See <see cref="TopBits"/>.</summary>
    internal const ulong Top = 1UL << TopBits, Bottom = Top >> ByteBits, ByteMask = byte.MaxValue;

    /// <summary>A probability as a whole number of 2^-16, never 0 nor 1.</summary>
    public static ushort Probability(double probability) =>
        (ushort)Math.Clamp(Math.Round(probability * (1 << ProbabilityBits)), 1, (1 << ProbabilityBits) - 1);
}

/// <summary>Writes bits.</summary>
internal sealed class RangeEncoder : IBitCoder
{
    private readonly List<byte> _bytes = [];
    private ulong _low, _range = RangeCoder.Top;
    private int _pending = -1;
    private long _pendingOnes;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Code(bool bit, int probability)
    {
        ulong bound = (_range >> RangeCoder.ProbabilityBits) * (uint)probability;
        if (bit)
        {
            _range = bound;
        }
        else
        {
            _low += bound;
            _range -= bound;
        }
        while (_range < RangeCoder.Bottom)
        {
            ShiftOut();
            _range <<= RangeCoder.ByteBits;
        }
        return bit;
    }

    /// <summary>Ends the code; no bit may follow.</summary>
    /// <returns>All bytes. Zeros at the end are left out: a decoder reads zeros there.</returns>
    public byte[] Finish()
    {
        // The number in the range that ends with the most zeros.
        for (int zeros = RangeCoder.TopBits; zeros >= 0; zeros--)
        {
            ulong unit = 1UL << zeros, candidate = (_low + unit - 1) & ~(unit - 1);
            if (candidate < _low + _range)
            {
                _low = candidate;
                break;
            }
        }
        for (int i = 0; i <= RangeCoder.TopBits / RangeCoder.ByteBits; i++)
            ShiftOut();
        int length = _bytes.Count;
        while (length > 0 && _bytes[length - 1] == 0)
            length--;
        return [.. _bytes.Take(length)];
    }

    // The first byte waits for a carry, with the bytes of ones after it.
    private void ShiftOut()
    {
        bool carries = _low >= RangeCoder.Top;
        int next = (int)((_low >> (RangeCoder.TopBits - RangeCoder.ByteBits)) & RangeCoder.ByteMask);
        if (next != byte.MaxValue || carries)
        {
            if (_pending >= 0)
                _bytes.Add((byte)(_pending + (carries ? 1 : 0)));
            for (; _pendingOnes > 0; _pendingOnes--)
                _bytes.Add(carries ? (byte)0 : byte.MaxValue);
            _pending = next;
        }
        else if (_pending < 0)
        {
            _pending = next;
        }
        else
        {
            _pendingOnes++;
        }
        _low = (_low << RangeCoder.ByteBits) & (RangeCoder.Top - 1);
    }
}

/// <summary>Reads bits. Beyond the end of its bytes there are zeros.</summary>
internal sealed class RangeDecoder : IBitCoder
{
    private readonly byte[] _bytes;
    private ulong _code, _range = RangeCoder.Top;
    private int _position;

    /// <summary>Begins to read.</summary>
    /// <param name="bytes">What <see cref="RangeEncoder.Finish"/> returned.</param>
    public RangeDecoder(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes.ToArray();
        for (int i = 0; i < RangeCoder.TopBits / RangeCoder.ByteBits; i++)
            _code = (_code << RangeCoder.ByteBits) | Next();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Code(bool bit, int probability)
    {
        ulong bound = (_range >> RangeCoder.ProbabilityBits) * (uint)probability;
        bit = _code < bound;
        if (bit)
        {
            _range = bound;
        }
        else
        {
            _code -= bound;
            _range -= bound;
        }
        while (_range < RangeCoder.Bottom)
        {
            _code = (_code << RangeCoder.ByteBits) | Next();
            _range <<= RangeCoder.ByteBits;
        }
        return bit;
    }

    private byte Next() => _position < _bytes.Length ? _bytes[_position++] : (byte)0;
}

/// <summary>A <see cref="RangeEncoder"/> for code that the compiler makes for it alone.</summary>
internal readonly struct BitWriter(RangeEncoder encoder) : IBitCoder
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Code(bool bit, int probability) => encoder.Code(bit, probability);
}

/// <summary>A <see cref="RangeDecoder"/>, likewise.</summary>
internal readonly struct BitReader(RangeDecoder decoder) : IBitCoder
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Code(bool bit, int probability) => decoder.Code(bit, probability);
}

/// <summary>Writes bits or reads them: what is coded is told once for both.</summary>
internal interface IBitCoder
{
    /// <summary>Codes a bit.</summary>
    /// <param name="bit">The bit to write; not used in reading.</param>
    /// <param name="probability">The probability that it is set, in 2^-16: 1 to 65,535.</param>
    /// <returns>The bit.</returns>
    bool Code(bool bit, int probability);
}
