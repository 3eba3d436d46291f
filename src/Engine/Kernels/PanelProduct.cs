using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MonaLisa.Engine.Kernels;

/// <summary>One panel of a product, whole or half.</summary>
internal static unsafe class PanelProduct<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary>The microkernel's product; a half panel is done by vectors of half the width, where these are a whole panel wide.</summary>
    /// <remarks>The parameters are those of <see cref="Microkernel{TVector, TOps}.Multiply"/>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TFactor, TStart, TFinish>(
        in Product product, int rows, int columns, float* a, float* b, float* c, float* start, in ActivationParameters parameters)
        where TFactor : struct, IFactor
        where TStart : struct, IStart
        where TFinish : struct, IFinish
    {
        if (columns < 2 * TOps.Count)
            Microkernel<Vector256<float>, Vector256Ops>.Multiply<TFactor, TStart, TFinish>(product, rows, columns, a, b, c, start, parameters);
        else
            Microkernel<TVector, TOps>.Multiply<TFactor, TStart, TFinish>(product, rows, columns, a, b, c, start, parameters);
    }

    /// <summary>The same with the sums stored as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<TFactor, TStart>(in Product product, int rows, int columns, float* a, float* b, float* c, float* start)
        where TFactor : struct, IFactor
        where TStart : struct, IStart =>
        Multiply<TFactor, TStart, AsItIs>(product, rows, columns, a, b, c, start, default);
}
