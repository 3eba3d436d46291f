using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Rounds numbers to 16-bit floating point (IEEE 754 binary16), to the nearest and of two as near to the even one. What is larger than
/// the largest half, 65504, infinite or not a number becomes the largest of its sign.
/// </summary>
internal static class HalfConversion
{
    private const uint SignOfHalf = 0x8000, Magnitude = 0x7FFF_FFFF;

    // As bits of a 32-bit number: 65504, the largest half, and 2^-14, the smallest that is not subnormal.
    private const uint LargestHalf = 0x477F_E000, SmallestNormal = 0x3880_0000;

    // A half has 13 bits of significand less, and an exponent whose zero is at 15 instead of 127.
    private const int BitsLess = 13;
    private const uint ExponentShift = (127 - 15) << (23 - BitsLess);

    // Its last place, 2^-24, is the place of the last bit of a subnormal half: the sum is rounded as the half must be.
    private const float SubnormalAligner = 0.5f;

    /// <summary>Rounds numbers.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="halves">Receives the bits of as many halves.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round(ReadOnlySpan<float> values, Span<ushort> halves)
    {
        if (halves.Length < values.Length)
            throw new ArgumentException($"There is room for {halves.Length} halves, and {values.Length} come.", nameof(halves));
        int count = Vector256<float>.Count, i = 0;
        ref float source = ref MemoryMarshal.GetReference(values);
        ref ushort destination = ref MemoryMarshal.GetReference(halves);
        for (; i <= values.Length - 2 * count; i += 2 * count)
        {
            Vector256<uint> lower = Bits(Vector256.LoadUnsafe(ref source, (nuint)i));
            Vector256<uint> upper = Bits(Vector256.LoadUnsafe(ref source, (nuint)(i + count)));
            Vector256.Narrow(lower, upper).StoreUnsafe(ref destination, (nuint)i);
        }
        for (; i < values.Length; i++)
            halves[i] = (ushort)Bits(Vector256.CreateScalar(values[i]))[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Bits(Vector256<float> values)
    {
        Vector256<uint> bits = values.AsUInt32();
        Vector256<uint> sign = (bits >>> 16) & Vector256.Create(SignOfHalf);
        Vector256<uint> magnitude = Vector256.Min(bits & Vector256.Create(Magnitude), Vector256.Create(LargestHalf));
        Vector256<uint> isOdd = (magnitude >>> BitsLess) & Vector256<uint>.One;
        Vector256<uint> normal =
            ((magnitude + Vector256.Create((1u << (BitsLess - 1)) - 1) + isOdd) >>> BitsLess) - Vector256.Create(ExponentShift);
        Vector256<float> aligner = Vector256.Create(SubnormalAligner);
        Vector256<uint> subnormal = (magnitude.AsSingle() + aligner).AsUInt32() - aligner.AsUInt32();
        return sign | Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(SmallestNormal)), subnormal, normal);
    }
}
