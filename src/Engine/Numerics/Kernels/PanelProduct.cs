using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MonaLisa.Engine.Numerics;

/// <summary>One panel of a product, whole or half.</summary>
internal static unsafe class PanelProduct<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary>
    /// The microkernel's product. A half panel, where two vectors are a whole one, has a kernel of its own for sixteen rows at a time;
    /// rows that are left over are done by vectors of half the width.
    /// </summary>
    /// <remarks>The parameters are those of <see cref="Microkernel{TVector, TOps}.Multiply"/>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TFactor, TStart, TFinish>(
        in Product product, int rows, int columns, float* a, float* b, float* c, float* start, in ActivationParameters parameters)
        where TFactor : struct, IFactor
        where TStart : struct, IStart
        where TFinish : struct, IFinish
    {
        if (columns >= 2 * TOps.Count)
        {
            Microkernel<TVector, TOps>.Multiply<TFactor, TStart, TFinish>(product, rows, columns, a, b, c, start, parameters);
            return;
        }
        int together = rows / HalfPanelMicrokernel<TVector, TOps>.Rows * HalfPanelMicrokernel<TVector, TOps>.Rows;
        HalfPanelMicrokernel<TVector, TOps>.Multiply<TFactor, TStart, TFinish>(product, together, a, b, c, start, parameters);
        if (together < rows)
            Microkernel<Vector256<float>, Vector256Ops>.Multiply<TFactor, TStart, TFinish>(
                product, rows - together, columns, a + together * TFactor.RowStride, b, c + together * PanelLayout.Width, start, parameters);
    }

    /// <summary>The same with the sums stored as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<TFactor, TStart>(in Product product, int rows, int columns, float* a, float* b, float* c, float* start)
        where TFactor : struct, IFactor
        where TStart : struct, IStart =>
        Multiply<TFactor, TStart, AsItIs>(product, rows, columns, a, b, c, start, default);
}
