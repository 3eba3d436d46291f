using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>A matrix that a thin layer's places are multiplied with, as it is or transposed.</summary>
/// <param name="rows">Rows of the matrix, and of the result.</param>
/// <param name="terms">Its columns: the terms of each sum.</param>
/// <param name="factors">Its first element.</param>
/// <param name="rowStride">Floats from a row to the next.</param>
/// <param name="termStride">Floats from a column to the next.</param>
/// <param name="biases">What the sum of each row begins with; null for zeros.</param>
internal readonly unsafe struct ThinProduct(int rows, int terms, float* factors, int rowStride, int termStride, float* biases)
{
    /// <summary>Rows of the matrix, and of the result.</summary>
    public readonly int Rows = rows;

    /// <summary>The matrix's columns.</summary>
    public readonly int Terms = terms;

    /// <summary>The matrix's first element.</summary>
    public readonly float* Factors = factors;

    /// <summary>Floats from a row to the next.</summary>
    public readonly int RowStride = rowStride;

    /// <summary>Floats from a column to the next.</summary>
    public readonly int TermStride = termStride;

    /// <summary>What the sum of each row begins with; null for zeros.</summary>
    public readonly float* Biases = biases;
}

/// <summary>What a thin layer's sums become on their way from the registers to memory.</summary>
internal unsafe interface IThinFinish
{
    /// <summary>The value to store.</summary>
    /// <param name="sum">The sums.</param>
    /// <param name="place">Where they are stored, and what is there before.</param>
    /// <param name="gate">For <see cref="Gated"/>: the outputs that are above zero where errors pass.</param>
    static abstract TVector Apply<TVector, TOps>(TVector sum, float* place, float* gate)
        where TVector : struct where TOps : struct, IVectorOps<TVector>;
}

/// <summary>The sums themselves.</summary>
internal readonly unsafe struct Plain : IThinFinish
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector sum, float* place, float* gate)
        where TVector : struct where TOps : struct, IVectorOps<TVector> => sum;
}

/// <summary>The greater of a sum and zero.</summary>
internal readonly unsafe struct Rectified : IThinFinish
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector sum, float* place, float* gate)
        where TVector : struct where TOps : struct, IVectorOps<TVector> => TOps.Max(sum, TOps.Broadcast(0));
}

/// <summary>The sums where a rectifier's output is above zero, and zero elsewhere.</summary>
internal readonly unsafe struct Gated : IThinFinish
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector sum, float* place, float* gate)
        where TVector : struct where TOps : struct, IVectorOps<TVector> =>
        TOps.Select(TOps.GreaterThanOrEqual(TOps.Load(gate), TOps.Broadcast(float.Epsilon)), sum, TOps.Broadcast(0));
}

/// <summary>The sums added to what is there.</summary>
internal readonly unsafe struct Added : IThinFinish
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector sum, float* place, float* gate)
        where TVector : struct where TOps : struct, IVectorOps<TVector> => TOps.Add(TOps.Load(place), sum);
}
