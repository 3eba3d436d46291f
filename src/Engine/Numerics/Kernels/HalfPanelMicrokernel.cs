using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// The <see cref="Microkernel{TVector, TOps}"/>'s product for a half panel where a vector is as wide as one: sixteen rows by one vector
/// stay in registers. Every element is summed in the same order.
/// </summary>
internal static unsafe class HalfPanelMicrokernel<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary>Rows that are computed at once.</summary>
    public const int Rows = 16;

    /// <summary>Computes rows of the left half of one panel of C.</summary>
    /// <param name="product">The shape of the sum.</param>
    /// <param name="rows">Rows of C and A, a multiple of <see cref="Rows"/>.</param>
    /// <param name="a">A's first element.</param>
    /// <param name="b">B's panel, 32 columns wide, its rows side by side.</param>
    /// <param name="c">C's panel, likewise.</param>
    /// <param name="start">The bias of the panel's columns where <typeparamref name="TStart"/> is <see cref="FromBias"/>.</param>
    /// <param name="parameters">The activation's numbers, for <typeparamref name="TFinish"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TFactor, TStart, TFinish>(
        in Product product, int rows, float* a, float* b, float* c, float* start, in ActivationParameters parameters)
        where TFactor : struct, IFactor
        where TStart : struct, IStart
        where TFinish : struct, IFinish
    {
        for (int row = 0; row < rows; row += Rows, a += Rows * TFactor.RowStride, c += Rows * PanelLayout.Width)
        {
            CacheLines.FetchPlaces<TFactor, TStart>(Rows, TOps.Count, c);
            Multiply16<TFactor, TStart, TFinish>(product, a, b, c, start, parameters);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Start<TStart>(float* start, float* c, int row) where TStart : struct, IStart =>
        Microkernel<TVector, TOps>.Start<TStart>(start, c, row, vector: 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TFinish>(TVector sum, float* c, int row, in ActivationParameters parameters) where TFinish : struct, IFinish =>
        Microkernel<TVector, TOps>.Store<TFinish>(sum, c + row * PanelLayout.Width, parameters);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply16<TFactor, TStart, TFinish>(
        in Product product, float* a, float* b, float* c, float* start, in ActivationParameters parameters)
        where TFactor : struct, IFactor
        where TStart : struct, IStart
        where TFinish : struct, IFinish
    {
        TVector c0 = Start<TStart>(start, c, 0);
        TVector c1 = Start<TStart>(start, c, 1);
        TVector c2 = Start<TStart>(start, c, 2);
        TVector c3 = Start<TStart>(start, c, 3);
        TVector c4 = Start<TStart>(start, c, 4);
        TVector c5 = Start<TStart>(start, c, 5);
        TVector c6 = Start<TStart>(start, c, 6);
        TVector c7 = Start<TStart>(start, c, 7);
        TVector c8 = Start<TStart>(start, c, 8);
        TVector c9 = Start<TStart>(start, c, 9);
        TVector c10 = Start<TStart>(start, c, 10);
        TVector c11 = Start<TStart>(start, c, 11);
        TVector c12 = Start<TStart>(start, c, 12);
        TVector c13 = Start<TStart>(start, c, 13);
        TVector c14 = Start<TStart>(start, c, 14);
        TVector c15 = Start<TStart>(start, c, 15);
        for (int block = product.BlockCount, terms = product.BlockTerms; block > 0; block--)
        {
            if (block == 1)
                terms = product.LastBlockTerms;
            float* term = a;
            for (int t = 0; t < terms; t++)
            {
                TVector row = TOps.Load(b);
                c0 = TOps.MultiplyAdd(TOps.Broadcast(term[0]), row, c0);
                c1 = TOps.MultiplyAdd(TOps.Broadcast(term[TFactor.RowStride]), row, c1);
                c2 = TOps.MultiplyAdd(TOps.Broadcast(term[2 * TFactor.RowStride]), row, c2);
                c3 = TOps.MultiplyAdd(TOps.Broadcast(term[3 * TFactor.RowStride]), row, c3);
                c4 = TOps.MultiplyAdd(TOps.Broadcast(term[4 * TFactor.RowStride]), row, c4);
                c5 = TOps.MultiplyAdd(TOps.Broadcast(term[5 * TFactor.RowStride]), row, c5);
                c6 = TOps.MultiplyAdd(TOps.Broadcast(term[6 * TFactor.RowStride]), row, c6);
                c7 = TOps.MultiplyAdd(TOps.Broadcast(term[7 * TFactor.RowStride]), row, c7);
                c8 = TOps.MultiplyAdd(TOps.Broadcast(term[8 * TFactor.RowStride]), row, c8);
                c9 = TOps.MultiplyAdd(TOps.Broadcast(term[9 * TFactor.RowStride]), row, c9);
                c10 = TOps.MultiplyAdd(TOps.Broadcast(term[10 * TFactor.RowStride]), row, c10);
                c11 = TOps.MultiplyAdd(TOps.Broadcast(term[11 * TFactor.RowStride]), row, c11);
                c12 = TOps.MultiplyAdd(TOps.Broadcast(term[12 * TFactor.RowStride]), row, c12);
                c13 = TOps.MultiplyAdd(TOps.Broadcast(term[13 * TFactor.RowStride]), row, c13);
                c14 = TOps.MultiplyAdd(TOps.Broadcast(term[14 * TFactor.RowStride]), row, c14);
                c15 = TOps.MultiplyAdd(TOps.Broadcast(term[15 * TFactor.RowStride]), row, c15);
                term += TFactor.TermStride;
                b += PanelLayout.Width;
            }
            a += product.BlockStride;
        }
        Store<TFinish>(c0, c, 0, parameters);
        Store<TFinish>(c1, c, 1, parameters);
        Store<TFinish>(c2, c, 2, parameters);
        Store<TFinish>(c3, c, 3, parameters);
        Store<TFinish>(c4, c, 4, parameters);
        Store<TFinish>(c5, c, 5, parameters);
        Store<TFinish>(c6, c, 6, parameters);
        Store<TFinish>(c7, c, 7, parameters);
        Store<TFinish>(c8, c, 8, parameters);
        Store<TFinish>(c9, c, 9, parameters);
        Store<TFinish>(c10, c, 10, parameters);
        Store<TFinish>(c11, c, 11, parameters);
        Store<TFinish>(c12, c, 12, parameters);
        Store<TFinish>(c13, c, 13, parameters);
        Store<TFinish>(c14, c, 14, parameters);
        Store<TFinish>(c15, c, 15, parameters);
    }
}
