using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// The one product everything is made of: <c>C (+)= A * B</c> for a few rows of C and one panel of B. A block of C,
/// 8 (or 4, 2, 1) rows by two vectors, stays in registers over the whole sum: eight rows where there are 32 vector registers
/// (AVX-512, NEON), four where there are 16 (AVX2).
/// Every element of C is summed in the same order at every width, so with fused multiply-add all widths agree to the bit.
/// </summary>
internal static unsafe class Microkernel<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    private static int MostRows => TOps.Count is 16 or 4 ? 8 : 4;

    /// <summary>Computes rows of one panel of C.</summary>
    /// <param name="product">The shape of the sum.</param>
    /// <param name="rows">Rows of C and A, at least 1.</param>
    /// <param name="columns">Columns to compute, from the panel's left: a multiple of two vectors.</param>
    /// <param name="a">A's first element.</param>
    /// <param name="b">B's panel, 32 columns wide, its rows side by side.</param>
    /// <param name="c">C's panel, likewise.</param>
    /// <param name="start">The bias of the panel's columns where <typeparamref name="TStart"/> is <see cref="FromBias"/>.</param>
    /// <param name="parameters">The activation's numbers, for <typeparamref name="TFinish"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TFactor, TStart, TFinish>(
        in Product product, int rows, int columns, float* a, float* b, float* c, float* start, in ActivationParameters parameters)
        where TFactor : struct, IFactor
        where TStart : struct, IStart
        where TFinish : struct, IFinish
    {
        for (int column = 0; column < columns; column += 2 * TOps.Count)
        {
            float* rowOfA = a, rowOfC = c + column;
            int left = rows;
            if (MostRows == 8)
                for (; left >= 8; left -= 8, rowOfA += 8 * TFactor.RowStride, rowOfC += 8 * PanelLayout.Width)
                {
                    CacheLines.FetchPlaces<TFactor, TStart>(8, 2 * TOps.Count, rowOfC);
                    Multiply8<TFactor, TStart, TFinish>(product, rowOfA, b + column, rowOfC, start + column, parameters);
                }
            for (; left >= 4; left -= 4, rowOfA += 4 * TFactor.RowStride, rowOfC += 4 * PanelLayout.Width)
            {
                CacheLines.FetchPlaces<TFactor, TStart>(4, 2 * TOps.Count, rowOfC);
                Multiply4<TFactor, TStart, TFinish>(product, rowOfA, b + column, rowOfC, start + column, parameters);
            }
            if (left == 3)
            {
                Multiply3<TFactor, TStart, TFinish>(product, rowOfA, b + column, rowOfC, start + column, parameters);
                continue;
            }
            if (left == 2)
                Multiply2<TFactor, TStart, TFinish>(product, rowOfA, b + column, rowOfC, start + column, parameters);
            if (left == 1)
                Multiply1<TFactor, TStart, TFinish>(product, rowOfA, b + column, rowOfC, start + column, parameters);
        }
    }

    /// <summary>What a vector of sums begins with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Start<TStart>(float* start, float* c, int row, int vector) where TStart : struct, IStart
    {
        if (typeof(TStart) == typeof(FromBias))
            return TOps.Load(start + vector * TOps.Count);
        return typeof(TStart) == typeof(FromSum)
            ? TOps.Load(c + row * PanelLayout.Width + vector * TOps.Count)
            : TOps.Broadcast(0);
    }

    /// <summary>Stores a vector of sums, finished.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TFinish>(TVector sum, float* place, in ActivationParameters parameters) where TFinish : struct, IFinish =>
        TOps.Store(TFinish.Apply<TVector, TOps>(sum, place, parameters), place);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply8<TFactor, TStart, TFinish>(
        in Product product, float* a, float* b, float* c, float* start, in ActivationParameters parameters)
        where TFactor : struct, IFactor
        where TStart : struct, IStart
        where TFinish : struct, IFinish
    {
        int lanes = TOps.Count;
        TVector c00 = Start<TStart>(start, c, 0, 0);
        TVector c01 = Start<TStart>(start, c, 0, 1);
        TVector c10 = Start<TStart>(start, c, 1, 0);
        TVector c11 = Start<TStart>(start, c, 1, 1);
        TVector c20 = Start<TStart>(start, c, 2, 0);
        TVector c21 = Start<TStart>(start, c, 2, 1);
        TVector c30 = Start<TStart>(start, c, 3, 0);
        TVector c31 = Start<TStart>(start, c, 3, 1);
        TVector c40 = Start<TStart>(start, c, 4, 0);
        TVector c41 = Start<TStart>(start, c, 4, 1);
        TVector c50 = Start<TStart>(start, c, 5, 0);
        TVector c51 = Start<TStart>(start, c, 5, 1);
        TVector c60 = Start<TStart>(start, c, 6, 0);
        TVector c61 = Start<TStart>(start, c, 6, 1);
        TVector c70 = Start<TStart>(start, c, 7, 0);
        TVector c71 = Start<TStart>(start, c, 7, 1);
        for (int block = product.BlockCount, terms = product.BlockTerms; block > 0; block--)
        {
            if (block == 1)
                terms = product.LastBlockTerms;
            float* term = a;
            for (int t = 0; t < terms; t++)
            {
                TVector b0 = TOps.Load(b), b1 = TOps.Load(b + lanes);
                TVector value = TOps.Broadcast(term[0]);
                c00 = TOps.MultiplyAdd(value, b0, c00);
                c01 = TOps.MultiplyAdd(value, b1, c01);
                value = TOps.Broadcast(term[TFactor.RowStride]);
                c10 = TOps.MultiplyAdd(value, b0, c10);
                c11 = TOps.MultiplyAdd(value, b1, c11);
                value = TOps.Broadcast(term[2 * TFactor.RowStride]);
                c20 = TOps.MultiplyAdd(value, b0, c20);
                c21 = TOps.MultiplyAdd(value, b1, c21);
                value = TOps.Broadcast(term[3 * TFactor.RowStride]);
                c30 = TOps.MultiplyAdd(value, b0, c30);
                c31 = TOps.MultiplyAdd(value, b1, c31);
                value = TOps.Broadcast(term[4 * TFactor.RowStride]);
                c40 = TOps.MultiplyAdd(value, b0, c40);
                c41 = TOps.MultiplyAdd(value, b1, c41);
                value = TOps.Broadcast(term[5 * TFactor.RowStride]);
                c50 = TOps.MultiplyAdd(value, b0, c50);
                c51 = TOps.MultiplyAdd(value, b1, c51);
                value = TOps.Broadcast(term[6 * TFactor.RowStride]);
                c60 = TOps.MultiplyAdd(value, b0, c60);
                c61 = TOps.MultiplyAdd(value, b1, c61);
                value = TOps.Broadcast(term[7 * TFactor.RowStride]);
                c70 = TOps.MultiplyAdd(value, b0, c70);
                c71 = TOps.MultiplyAdd(value, b1, c71);
                term += TFactor.TermStride;
                b += PanelLayout.Width;
            }
            a += product.BlockStride;
        }
        Store<TFinish>(c00, c, parameters);
        Store<TFinish>(c01, c + lanes, parameters);
        Store<TFinish>(c10, c + PanelLayout.Width, parameters);
        Store<TFinish>(c11, c + PanelLayout.Width + lanes, parameters);
        Store<TFinish>(c20, c + 2 * PanelLayout.Width, parameters);
        Store<TFinish>(c21, c + 2 * PanelLayout.Width + lanes, parameters);
        Store<TFinish>(c30, c + 3 * PanelLayout.Width, parameters);
        Store<TFinish>(c31, c + 3 * PanelLayout.Width + lanes, parameters);
        Store<TFinish>(c40, c + 4 * PanelLayout.Width, parameters);
        Store<TFinish>(c41, c + 4 * PanelLayout.Width + lanes, parameters);
        Store<TFinish>(c50, c + 5 * PanelLayout.Width, parameters);
        Store<TFinish>(c51, c + 5 * PanelLayout.Width + lanes, parameters);
        Store<TFinish>(c60, c + 6 * PanelLayout.Width, parameters);
        Store<TFinish>(c61, c + 6 * PanelLayout.Width + lanes, parameters);
        Store<TFinish>(c70, c + 7 * PanelLayout.Width, parameters);
        Store<TFinish>(c71, c + 7 * PanelLayout.Width + lanes, parameters);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply4<TFactor, TStart, TFinish>(
        in Product product, float* a, float* b, float* c, float* start, in ActivationParameters parameters)
        where TFactor : struct, IFactor
        where TStart : struct, IStart
        where TFinish : struct, IFinish
    {
        int lanes = TOps.Count;
        TVector c00 = Start<TStart>(start, c, 0, 0);
        TVector c01 = Start<TStart>(start, c, 0, 1);
        TVector c10 = Start<TStart>(start, c, 1, 0);
        TVector c11 = Start<TStart>(start, c, 1, 1);
        TVector c20 = Start<TStart>(start, c, 2, 0);
        TVector c21 = Start<TStart>(start, c, 2, 1);
        TVector c30 = Start<TStart>(start, c, 3, 0);
        TVector c31 = Start<TStart>(start, c, 3, 1);
        for (int block = product.BlockCount, terms = product.BlockTerms; block > 0; block--)
        {
            if (block == 1)
                terms = product.LastBlockTerms;
            float* term = a;
            for (int t = 0; t < terms; t++)
            {
                TVector b0 = TOps.Load(b), b1 = TOps.Load(b + lanes);
                TVector value = TOps.Broadcast(term[0]);
                c00 = TOps.MultiplyAdd(value, b0, c00);
                c01 = TOps.MultiplyAdd(value, b1, c01);
                value = TOps.Broadcast(term[TFactor.RowStride]);
                c10 = TOps.MultiplyAdd(value, b0, c10);
                c11 = TOps.MultiplyAdd(value, b1, c11);
                value = TOps.Broadcast(term[2 * TFactor.RowStride]);
                c20 = TOps.MultiplyAdd(value, b0, c20);
                c21 = TOps.MultiplyAdd(value, b1, c21);
                value = TOps.Broadcast(term[3 * TFactor.RowStride]);
                c30 = TOps.MultiplyAdd(value, b0, c30);
                c31 = TOps.MultiplyAdd(value, b1, c31);
                term += TFactor.TermStride;
                b += PanelLayout.Width;
            }
            a += product.BlockStride;
        }
        Store<TFinish>(c00, c, parameters);
        Store<TFinish>(c01, c + lanes, parameters);
        Store<TFinish>(c10, c + PanelLayout.Width, parameters);
        Store<TFinish>(c11, c + PanelLayout.Width + lanes, parameters);
        Store<TFinish>(c20, c + 2 * PanelLayout.Width, parameters);
        Store<TFinish>(c21, c + 2 * PanelLayout.Width + lanes, parameters);
        Store<TFinish>(c30, c + 3 * PanelLayout.Width, parameters);
        Store<TFinish>(c31, c + 3 * PanelLayout.Width + lanes, parameters);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply3<TFactor, TStart, TFinish>(
        in Product product, float* a, float* b, float* c, float* start, in ActivationParameters parameters)
        where TFactor : struct, IFactor
        where TStart : struct, IStart
        where TFinish : struct, IFinish
    {
        int lanes = TOps.Count;
        TVector c00 = Start<TStart>(start, c, 0, 0);
        TVector c01 = Start<TStart>(start, c, 0, 1);
        TVector c10 = Start<TStart>(start, c, 1, 0);
        TVector c11 = Start<TStart>(start, c, 1, 1);
        TVector c20 = Start<TStart>(start, c, 2, 0);
        TVector c21 = Start<TStart>(start, c, 2, 1);
        for (int block = product.BlockCount, terms = product.BlockTerms; block > 0; block--)
        {
            if (block == 1)
                terms = product.LastBlockTerms;
            float* term = a;
            for (int t = 0; t < terms; t++)
            {
                TVector b0 = TOps.Load(b), b1 = TOps.Load(b + lanes);
                TVector value = TOps.Broadcast(term[0]);
                c00 = TOps.MultiplyAdd(value, b0, c00);
                c01 = TOps.MultiplyAdd(value, b1, c01);
                value = TOps.Broadcast(term[TFactor.RowStride]);
                c10 = TOps.MultiplyAdd(value, b0, c10);
                c11 = TOps.MultiplyAdd(value, b1, c11);
                value = TOps.Broadcast(term[2 * TFactor.RowStride]);
                c20 = TOps.MultiplyAdd(value, b0, c20);
                c21 = TOps.MultiplyAdd(value, b1, c21);
                term += TFactor.TermStride;
                b += PanelLayout.Width;
            }
            a += product.BlockStride;
        }
        Store<TFinish>(c00, c, parameters);
        Store<TFinish>(c01, c + lanes, parameters);
        Store<TFinish>(c10, c + PanelLayout.Width, parameters);
        Store<TFinish>(c11, c + PanelLayout.Width + lanes, parameters);
        Store<TFinish>(c20, c + 2 * PanelLayout.Width, parameters);
        Store<TFinish>(c21, c + 2 * PanelLayout.Width + lanes, parameters);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply2<TFactor, TStart, TFinish>(
        in Product product, float* a, float* b, float* c, float* start, in ActivationParameters parameters)
        where TFactor : struct, IFactor
        where TStart : struct, IStart
        where TFinish : struct, IFinish
    {
        int lanes = TOps.Count;
        TVector c00 = Start<TStart>(start, c, 0, 0);
        TVector c01 = Start<TStart>(start, c, 0, 1);
        TVector c10 = Start<TStart>(start, c, 1, 0);
        TVector c11 = Start<TStart>(start, c, 1, 1);
        for (int block = product.BlockCount, terms = product.BlockTerms; block > 0; block--)
        {
            if (block == 1)
                terms = product.LastBlockTerms;
            float* term = a;
            for (int t = 0; t < terms; t++)
            {
                TVector b0 = TOps.Load(b), b1 = TOps.Load(b + lanes);
                TVector value = TOps.Broadcast(term[0]);
                c00 = TOps.MultiplyAdd(value, b0, c00);
                c01 = TOps.MultiplyAdd(value, b1, c01);
                value = TOps.Broadcast(term[TFactor.RowStride]);
                c10 = TOps.MultiplyAdd(value, b0, c10);
                c11 = TOps.MultiplyAdd(value, b1, c11);
                term += TFactor.TermStride;
                b += PanelLayout.Width;
            }
            a += product.BlockStride;
        }
        Store<TFinish>(c00, c, parameters);
        Store<TFinish>(c01, c + lanes, parameters);
        Store<TFinish>(c10, c + PanelLayout.Width, parameters);
        Store<TFinish>(c11, c + PanelLayout.Width + lanes, parameters);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply1<TFactor, TStart, TFinish>(
        in Product product, float* a, float* b, float* c, float* start, in ActivationParameters parameters)
        where TFactor : struct, IFactor
        where TStart : struct, IStart
        where TFinish : struct, IFinish
    {
        int lanes = TOps.Count;
        TVector c00 = Start<TStart>(start, c, 0, 0);
        TVector c01 = Start<TStart>(start, c, 0, 1);
        for (int block = product.BlockCount, terms = product.BlockTerms; block > 0; block--)
        {
            if (block == 1)
                terms = product.LastBlockTerms;
            float* term = a;
            for (int t = 0; t < terms; t++)
            {
                TVector b0 = TOps.Load(b), b1 = TOps.Load(b + lanes);
                TVector value = TOps.Broadcast(term[0]);
                c00 = TOps.MultiplyAdd(value, b0, c00);
                c01 = TOps.MultiplyAdd(value, b1, c01);
                term += TFactor.TermStride;
                b += PanelLayout.Width;
            }
            a += product.BlockStride;
        }
        Store<TFinish>(c00, c, parameters);
        Store<TFinish>(c01, c + lanes, parameters);
    }
}
