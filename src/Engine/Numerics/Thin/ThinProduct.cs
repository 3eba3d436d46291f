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

/// <summary>The greater of a sum and zero. Of two zeros it is the positive one on every processor, which <see cref="ReLUKernel"/> leaves open.</summary>
internal readonly unsafe struct Rectified : IFinish
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector sum, float* place, in ActivationParameters parameters)
        where TVector : struct where TOps : struct, IVectorOps<TVector> => TOps.Max(sum, TOps.Broadcast(0));
}

/// <summary>The sums added to what is there.</summary>
internal readonly unsafe struct Added : IFinish
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TOps>(TVector sum, float* place, in ActivationParameters parameters)
        where TVector : struct where TOps : struct, IVectorOps<TVector> => TOps.Add(TOps.Load(place), sum);
}
