using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Benchmarks;

/// <summary>
/// Nothing but fused multiply-adds on registers, enough of them under way at once to hide each one's latency: what the
/// processor can do at most.
/// </summary>
internal static class PeakLoop<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    // Volatile, so that the compiler can neither know the operands nor leave out a result.
    private static volatile float s_factor = 1e-3f, s_sink;

    /// <summary>Eight-lane vectors are those of AVX2, which has 16 registers; the others have 32.</summary>
    private static int Accumulators => TOps.Count == 8 ? 12 : 16;

    /// <summary>Floating-point operations of a call of <see cref="Run"/>.</summary>
    public static double Work(int iterations) => 2.0 * TOps.Count * Accumulators * iterations;

    /// <summary>Runs the loop.</summary>
    public static void Run(int iterations) => s_sink = Accumulators == 12 ? Run12(iterations) : Run16(iterations);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run12(int iterations)
    {
        float value = s_factor;
        TVector a = TOps.Broadcast(value), b = TOps.Broadcast(value * value);
        TVector c0 = a, c1 = b, c2 = a, c3 = b, c4 = a, c5 = b, c6 = a, c7 = b, c8 = a, c9 = b, c10 = a, c11 = b;
        for (int i = 0; i < iterations; i++)
        {
            c0 = TOps.MultiplyAdd(a, b, c0);
            c1 = TOps.MultiplyAdd(a, b, c1);
            c2 = TOps.MultiplyAdd(a, b, c2);
            c3 = TOps.MultiplyAdd(a, b, c3);
            c4 = TOps.MultiplyAdd(a, b, c4);
            c5 = TOps.MultiplyAdd(a, b, c5);
            c6 = TOps.MultiplyAdd(a, b, c6);
            c7 = TOps.MultiplyAdd(a, b, c7);
            c8 = TOps.MultiplyAdd(a, b, c8);
            c9 = TOps.MultiplyAdd(a, b, c9);
            c10 = TOps.MultiplyAdd(a, b, c10);
            c11 = TOps.MultiplyAdd(a, b, c11);
        }
        return Sum(c0, c1, c2, c3) + Sum(c4, c5, c6, c7) + Sum(c8, c9, c10, c11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run16(int iterations)
    {
        float value = s_factor;
        TVector a = TOps.Broadcast(value), b = TOps.Broadcast(value * value);
        TVector c0 = a, c1 = b, c2 = a, c3 = b, c4 = a, c5 = b, c6 = a, c7 = b;
        TVector c8 = a, c9 = b, c10 = a, c11 = b, c12 = a, c13 = b, c14 = a, c15 = b;
        for (int i = 0; i < iterations; i++)
        {
            c0 = TOps.MultiplyAdd(a, b, c0);
            c1 = TOps.MultiplyAdd(a, b, c1);
            c2 = TOps.MultiplyAdd(a, b, c2);
            c3 = TOps.MultiplyAdd(a, b, c3);
            c4 = TOps.MultiplyAdd(a, b, c4);
            c5 = TOps.MultiplyAdd(a, b, c5);
            c6 = TOps.MultiplyAdd(a, b, c6);
            c7 = TOps.MultiplyAdd(a, b, c7);
            c8 = TOps.MultiplyAdd(a, b, c8);
            c9 = TOps.MultiplyAdd(a, b, c9);
            c10 = TOps.MultiplyAdd(a, b, c10);
            c11 = TOps.MultiplyAdd(a, b, c11);
            c12 = TOps.MultiplyAdd(a, b, c12);
            c13 = TOps.MultiplyAdd(a, b, c13);
            c14 = TOps.MultiplyAdd(a, b, c14);
            c15 = TOps.MultiplyAdd(a, b, c15);
        }
        return Sum(c0, c1, c2, c3) + Sum(c4, c5, c6, c7) + Sum(c8, c9, c10, c11) + Sum(c12, c13, c14, c15);
    }

    private static float Sum(TVector a, TVector b, TVector c, TVector d) => TOps.Sum(TOps.Add(TOps.Add(a, b), TOps.Add(c, d)));
}
