using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// The product that all others are made of: <c>C (+)= A * B</c> for one panel of C and B, whole or half. A block of C stays in registers
/// over the whole sum: eight rows by two vectors where there are 32 vector registers (AVX-512, NEON), six where there are 16 (AVX2, SSE),
/// and 4, 3, 2 or 1 for the rows that are left; or 16 rows by one vector, for a half panel that one vector covers.
/// Every element of C is summed in the same order at every width, so with fused multiply-add all widths agree to the bit.
/// </summary>
internal static unsafe class Microkernel<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    private const int Width = PanelLayout.Width;

    /// <summary>About the terms of a part of a long sum, and the fewest rows for which parts are worth their stores.</summary>
    private const int PartTerms = 128, FewestLongRows = 32;

    /// <summary>Computes rows of one panel of C.</summary>
    /// <param name="product">The shape of the sum.</param>
    /// <param name="rows">Rows of C and A, at least 1.</param>
    /// <param name="columns">Columns to compute, from the panel's left: 16 or 32.</param>
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
        if (columns < 2 * TOps.Count)
        {
            rows = MultiplyBlocks<Eight, One, TFactor, TStart, TFinish>(product, rows, ref a, b, ref c, ref start, parameters);
            // The rows that are left: two vectors of half the width cover the half panel.
            if (rows > 0)
                Microkernel<Vector256<float>, Vector256Ops>.Multiply<TFactor, TStart, TFinish>(
                    product, rows, columns, a, b, c, start, parameters);
            return;
        }
        bool isLong = !TOps.HasManyRegisters && typeof(TFactor) == typeof(AlongRows) && typeof(TStart) != typeof(FromSum) &&
            rows >= FewestLongRows && PartsOf(product.Terms) > 1;
        for (int column = 0; column < columns; column += 2 * TOps.Count)
            if (isLong)
                MultiplyInParts<TFactor, TStart, TFinish>(product, rows, a, b + column, c + column, start + column, parameters);
            else
                MultiplyColumns<TFactor, TStart, TFinish>(product, rows, a, b + column, c + column, start + column, parameters);
    }

    /// <summary>The same with the sums stored as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<TFactor, TStart>(in Product product, int rows, int columns, float* a, float* b, float* c, float* start)
        where TFactor : struct, IFactor
        where TStart : struct, IStart =>
        Multiply<TFactor, TStart, AsItIs>(product, rows, columns, a, b, c, start, default);

    private static int PartsOf(int terms) => (terms + PartTerms / 2) / PartTerms;

    /// <summary>
    /// Two vectors of columns in parts of long sums: what a part needs of B stays in a first-level cache of 32 KB beside rows of A, and beside
    /// what another thread of the same core has there. Between parts the sums wait in memory, in full precision.
    /// </summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MultiplyInParts<TFactor, TStart, TFinish>(
        in Product product, int rows, float* a, float* b, float* c, float* start, in ActivationParameters parameters)
        where TFactor : struct, IFactor
        where TStart : struct, IStart
        where TFinish : struct, IFinish
    {
        const int MostRows = 256;
        float* sums = stackalloc float[MostRows * Width];
        int parts = PartsOf(product.Terms), partTerms = PanelLayout.PaddedColumns((product.Terms + parts - 1) / parts);
        for (; rows > 0; rows -= MostRows, a += MostRows * TFactor.RowStride, c += MostRows * Width)
        {
            int some = Math.Min(rows, MostRows);
            for (int first = 0; first < product.Terms; first += partTerms)
            {
                Product part = product.Part(first, partTerms);
                float* partA = a + first / Width * product.BlockStride, partB = b + first * Width;
                if (first == 0)
                    MultiplyColumns<TFactor, TStart, AsItIs>(part, some, partA, partB, sums, start, parameters);
                else if (first + partTerms < product.Terms)
                    MultiplyColumns<TFactor, FromSum, AsItIs>(part, some, partA, partB, sums, null, parameters);
                else
                    MultiplyColumns<TFactor, FromOtherSum, TFinish>(part, some, partA, partB, c, sums, parameters);
            }
        }
    }

    /// <summary>Two vectors of columns. They start from a bias, or for <see cref="FromOtherSum"/> from a panel of their own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MultiplyColumns<TFactor, TStart, TFinish>(
        in Product product, int rows, float* a, float* b, float* c, float* start, in ActivationParameters parameters)
        where TFactor : struct, IFactor
        where TStart : struct, IStart
        where TFinish : struct, IFinish
    {
        if (TOps.HasManyRegisters)
            rows = MultiplyBlocks<Eight, Two, TFactor, TStart, TFinish>(product, rows, ref a, b, ref c, ref start, parameters);
        else
        {
            // Where two rows would be left, two blocks of four are faster than one of six and one of two.
            int later = rows % 6 == 2 && rows > 2 ? 8 : rows % 6;
            rows = later + MultiplyBlocks<Six, Two, TFactor, TStart, TFinish>(product, rows - later, ref a, b, ref c, ref start, parameters);
        }
        rows = MultiplyBlocks<Four, Two, TFactor, TStart, TFinish>(product, rows, ref a, b, ref c, ref start, parameters);
        if (rows == 3)
            MultiplyBlock<Three, Two, TFactor, TStart, TFinish>(product, a, b, c, start, parameters);
        else if (rows == 2)
            MultiplyBlock<Two, Two, TFactor, TStart, TFinish>(product, a, b, c, start, parameters);
        else if (rows == 1)
            MultiplyBlock<One, Two, TFactor, TStart, TFinish>(product, a, b, c, start, parameters);
    }

    /// <summary>Computes all whole blocks of rows, and moves on to the rows that are left.</summary>
    /// <returns>The rows that are left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int MultiplyBlocks<TPairs, TVectors, TFactor, TStart, TFinish>(
        in Product product, int rows, ref float* a, float* b, ref float* c, ref float* start, in ActivationParameters parameters)
        where TPairs : struct, IConstant
        where TVectors : struct, IConstant
        where TFactor : struct, IFactor
        where TStart : struct, IStart
        where TFinish : struct, IFinish
    {
        int blockRows = 2 * TPairs.Value / TVectors.Value;
        for (; rows >= blockRows; rows -= blockRows, a += blockRows * TFactor.RowStride, c += blockRows * Width)
        {
            // A long sum is stored over rows of C that were not read meanwhile. Where it begins with what lies there, it needs its own
            // rows at once, and those of the next block are fetched.
            if (typeof(TStart) == typeof(FromSum))
                Fetch(blockRows, TVectors.Value * TOps.Count, c + blockRows * Width);
            else if (typeof(TFactor) == typeof(AlongRows))
                Fetch(blockRows, TVectors.Value * TOps.Count, c);
            MultiplyBlock<TPairs, TVectors, TFactor, TStart, TFinish>(product, a, b, c, start, parameters);
            if (typeof(TStart) == typeof(FromOtherSum))
                start += blockRows * Width;
        }
        return rows;
    }

    /// <summary>Requests rows of C from the caches. They may lie outside of any memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(int rows, int columns, float* c)
    {
        for (int row = 0; row < rows; row++, c += Width)
            for (int column = 0; column < columns; column += CacheLine.Floats)
                CacheLine.Request(c + column);
    }

    /// <summary>
    /// One block, in up to eight pairs of vectors: a pair is a row by two vectors, or two rows by one. What the constants leave out is
    /// not in the compiled code.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyBlock<TPairs, TVectors, TFactor, TStart, TFinish>(
        in Product product, float* a, float* b, float* c, float* start, in ActivationParameters parameters)
        where TPairs : struct, IConstant
        where TVectors : struct, IConstant
        where TFactor : struct, IFactor
        where TStart : struct, IStart
        where TFinish : struct, IFinish
    {
        TVector c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default, c40 = default, c41 = default;
        TVector c50 = default, c51 = default, c60 = default, c61 = default, c70 = default, c71 = default;
        Begin<TVectors, TStart>(0, start, c, out TVector c00, out TVector c01);
        if (TPairs.Value > 1)
            Begin<TVectors, TStart>(1, start, c, out c10, out c11);
        if (TPairs.Value > 2)
            Begin<TVectors, TStart>(2, start, c, out c20, out c21);
        if (TPairs.Value > 3)
            Begin<TVectors, TStart>(3, start, c, out c30, out c31);
        if (TPairs.Value > 4)
        {
            Begin<TVectors, TStart>(4, start, c, out c40, out c41);
            Begin<TVectors, TStart>(5, start, c, out c50, out c51);
        }
        if (TPairs.Value > 6)
        {
            Begin<TVectors, TStart>(6, start, c, out c60, out c61);
            Begin<TVectors, TStart>(7, start, c, out c70, out c71);
        }
        for (int block = product.BlockCount, terms = product.BlockTerms; block > 0; block--)
        {
            if (block == 1)
                terms = product.LastBlockTerms;
            float* term = a;
            for (int t = 0; t < terms; t++)
            {
                TVector b0 = TOps.Load(b), b1 = TVectors.Value == 2 ? TOps.Load(b + TOps.Count) : b0;
                Add<TVectors, TFactor>(0, term, b0, b1, ref c00, ref c01);
                if (TPairs.Value > 1)
                    Add<TVectors, TFactor>(1, term, b0, b1, ref c10, ref c11);
                if (TPairs.Value > 2)
                    Add<TVectors, TFactor>(2, term, b0, b1, ref c20, ref c21);
                if (TPairs.Value > 3)
                    Add<TVectors, TFactor>(3, term, b0, b1, ref c30, ref c31);
                if (TPairs.Value > 4)
                {
                    Add<TVectors, TFactor>(4, term, b0, b1, ref c40, ref c41);
                    Add<TVectors, TFactor>(5, term, b0, b1, ref c50, ref c51);
                }
                if (TPairs.Value > 6)
                {
                    Add<TVectors, TFactor>(6, term, b0, b1, ref c60, ref c61);
                    Add<TVectors, TFactor>(7, term, b0, b1, ref c70, ref c71);
                }
                term += TFactor.TermStride;
                b += Width;
            }
            a += product.BlockStride;
        }
        Store<TVectors, TFinish>(0, c, c00, c01, parameters);
        if (TPairs.Value > 1)
            Store<TVectors, TFinish>(1, c, c10, c11, parameters);
        if (TPairs.Value > 2)
            Store<TVectors, TFinish>(2, c, c20, c21, parameters);
        if (TPairs.Value > 3)
            Store<TVectors, TFinish>(3, c, c30, c31, parameters);
        if (TPairs.Value > 4)
        {
            Store<TVectors, TFinish>(4, c, c40, c41, parameters);
            Store<TVectors, TFinish>(5, c, c50, c51, parameters);
        }
        if (TPairs.Value > 6)
        {
            Store<TVectors, TFinish>(6, c, c60, c61, parameters);
            Store<TVectors, TFinish>(7, c, c70, c71, parameters);
        }
    }

    /// <summary>What a pair of sums begins with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Begin<TVectors, TStart>(int pair, float* start, float* c, out TVector first, out TVector second)
        where TVectors : struct, IConstant
        where TStart : struct, IStart
    {
        if (typeof(TStart) == typeof(FromBias))
            (first, second) = (TOps.Load(start), TOps.Load(TVectors.Value == 2 ? start + TOps.Count : start));
        else if (typeof(TStart) == typeof(FromOtherSum))
            (first, second) = (TOps.Load(start + First<TVectors>(pair)), TOps.Load(start + Second<TVectors>(pair)));
        else if (typeof(TStart) == typeof(FromSum))
            (first, second) = (TOps.Load(c + First<TVectors>(pair)), TOps.Load(c + Second<TVectors>(pair)));
        else
            (first, second) = (TOps.Broadcast(0), TOps.Broadcast(0));
    }

    /// <summary>Adds a term to a pair of sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TVectors, TFactor>(int pair, float* term, TVector b0, TVector b1, ref TVector first, ref TVector second)
        where TVectors : struct, IConstant
        where TFactor : struct, IFactor
    {
        if (TVectors.Value == 2)
        {
            TVector value = TOps.Broadcast(term + pair * TFactor.RowStride);
            first = TOps.MultiplyAdd(value, b0, first);
            second = TOps.MultiplyAdd(value, b1, second);
            return;
        }
        first = TOps.MultiplyAdd(TOps.Broadcast(term + 2 * pair * TFactor.RowStride), b0, first);
        second = TOps.MultiplyAdd(TOps.Broadcast(term + (2 * pair + 1) * TFactor.RowStride), b0, second);
    }

    /// <summary>Stores a pair of sums, finished.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVectors, TFinish>(int pair, float* c, TVector first, TVector second, in ActivationParameters parameters)
        where TVectors : struct, IConstant
        where TFinish : struct, IFinish
    {
        Store<TFinish>(first, c + First<TVectors>(pair), parameters);
        Store<TFinish>(second, c + Second<TVectors>(pair), parameters);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TFinish>(TVector sum, float* place, in ActivationParameters parameters) where TFinish : struct, IFinish =>
        TOps.Store(TFinish.Apply<TVector, TOps>(sum, place, parameters), place);

    /// <summary>Where a pair's first vector lies in the block of C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int First<TVectors>(int pair) where TVectors : struct, IConstant => 2 * pair * Width / TVectors.Value;

    /// <summary>Where its second lies: beside the first, or below it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Second<TVectors>(int pair) where TVectors : struct, IConstant =>
        First<TVectors>(pair) + (TVectors.Value == 2 ? TOps.Count : Width);
}
