using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MonaLisa.Engine.Numerics;

/// <summary>Transposes blocks of a packed matrix, for the copy of the weights that the backward pass reads.</summary>
internal static unsafe class BlockTranspose
{
    private const int Stride = PanelLayout.Width, Side = 8;

    /// <summary>Transposes a block of at most 32 by 32 whose rows are 32 floats apart on both sides.</summary>
    /// <param name="rows">Rows of the source.</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="source"><c>[rows, 32]</c>.</param>
    /// <param name="destination">Receives <c>[columns, 32]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(int rows, int columns, float* source, float* destination)
    {
        int wholeRows = 0, wholeColumns = 0;
        if (Avx.IsSupported)
        {
            (wholeRows, wholeColumns) = (rows / Side * Side, columns / Side * Side);
            for (int column = 0; column < wholeColumns; column += Side)
                for (int row = 0; row < wholeRows; row += Side)
                    TransposeSquare(source + row * Stride + column, destination + column * Stride + row);
        }
        for (int column = 0; column < columns; column++)
            for (int row = column < wholeColumns ? wholeRows : 0; row < rows; row++)
                destination[column * Stride + row] = source[row * Stride + column];
    }

    /// <summary>Eight by eight: pairs of rows are interleaved, then pairs of pairs, then the halves are exchanged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeSquare(float* source, float* destination)
    {
        Interleave(source, out Vector256<float> a0, out Vector256<float> a1, out Vector256<float> a2, out Vector256<float> a3);
        Interleave(source + 4 * Stride, out Vector256<float> b0, out Vector256<float> b1, out Vector256<float> b2, out Vector256<float> b3);
        const byte LowHalves = 0x20, HighHalves = 0x31;
        Avx.Permute2x128(a0, b0, LowHalves).Store(destination);
        Avx.Permute2x128(a1, b1, LowHalves).Store(destination + Stride);
        Avx.Permute2x128(a2, b2, LowHalves).Store(destination + 2 * Stride);
        Avx.Permute2x128(a3, b3, LowHalves).Store(destination + 3 * Stride);
        Avx.Permute2x128(a0, b0, HighHalves).Store(destination + 4 * Stride);
        Avx.Permute2x128(a1, b1, HighHalves).Store(destination + 5 * Stride);
        Avx.Permute2x128(a2, b2, HighHalves).Store(destination + 6 * Stride);
        Avx.Permute2x128(a3, b3, HighHalves).Store(destination + 7 * Stride);
    }

    /// <summary>From four rows of eight: vector i holds columns i and i + 4, four rows each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(
        float* source, out Vector256<float> v0, out Vector256<float> v1, out Vector256<float> v2, out Vector256<float> v3)
    {
        Vector256<float> r0 = Vector256.Load(source), r1 = Vector256.Load(source + Stride);
        Vector256<float> r2 = Vector256.Load(source + 2 * Stride), r3 = Vector256.Load(source + 3 * Stride);
        Vector256<float> low01 = Avx.UnpackLow(r0, r1), high01 = Avx.UnpackHigh(r0, r1);
        Vector256<float> low23 = Avx.UnpackLow(r2, r3), high23 = Avx.UnpackHigh(r2, r3);
        const byte FirstPairs = 0x44, SecondPairs = 0xEE;
        v0 = Avx.Shuffle(low01, low23, FirstPairs);
        v1 = Avx.Shuffle(low01, low23, SecondPairs);
        v2 = Avx.Shuffle(high01, high23, FirstPairs);
        v3 = Avx.Shuffle(high01, high23, SecondPairs);
    }
}
