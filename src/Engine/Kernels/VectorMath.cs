using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Kernels;

/// <summary>
/// Elementary functions on vectors: a range reduction (Cody and Waite 1980) and a minimax polynomial each. The coefficients are
/// this project's own, from the Remez exchange, rounded to float. The tests hold every function to the bound stated with it.
/// </summary>
internal static class VectorMath<TVector, TOps>
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary>Arguments of sine and cosine up to this magnitude keep their bound; beyond it they are computed in double.</summary>
    public const float LargestReducedArgument = 25_000f;

    private const int MostLanes = 16;

    private const float LargestExponent = 88.37f, SmallestExponent = -87.33f;

    /// <summary>e^x within 2 ulp for x in [-87.33, 88.37]; x beyond that is taken as the nearer end; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp(TVector x)
    {
        x = TOps.Min(TOps.Max(x, TOps.Broadcast(SmallestExponent)), TOps.Broadcast(LargestExponent));
        TVector n = TOps.Round(TOps.Multiply(x, TOps.Broadcast(1.44269504f)));
        // ln 2 in two parts: the first has 12 bits, so that n times it is exact.
        TVector r = TOps.MultiplyAdd(n, TOps.Broadcast(-0.693115234375f), x);
        r = TOps.MultiplyAdd(n, TOps.Broadcast(-3.194618329871446e-05f), r);
        TVector p = TOps.Broadcast(0.0013950602f);
        p = TOps.MultiplyAdd(p, r, TOps.Broadcast(0.008368953f));
        p = TOps.MultiplyAdd(p, r, TOps.Broadcast(0.041666206f));
        p = TOps.MultiplyAdd(p, r, TOps.Broadcast(0.16666518f));
        p = TOps.MultiplyAdd(p, r, TOps.Broadcast(0.5f));
        p = TOps.MultiplyAdd(p, TOps.Multiply(r, r), r);
        return TOps.Multiply(TOps.Add(p, TOps.Broadcast(1)), TOps.PowerOfTwo(n));
    }

    /// <summary>1 / (1 + e^-x) within 3 ulp for x in [-88.37, infinity]; 4.2e-39 below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid(TVector x)
    {
        TVector one = TOps.Broadcast(1);
        return TOps.Divide(one, TOps.Add(one, Exp(TOps.Subtract(TOps.Broadcast(0), x))));
    }

    /// <summary>The hyperbolic tangent within 2 ulp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh(TVector x)
    {
        TVector one = TOps.Broadcast(1), magnitude = TOps.Abs(x);
        TVector large = TOps.Subtract(one, TOps.Divide(TOps.Broadcast(2), TOps.Add(one, Exp(TOps.Add(magnitude, magnitude)))));
        TVector u = TOps.Multiply(x, x);
        TVector p = TOps.Broadcast(-0.005717045f);
        p = TOps.MultiplyAdd(p, u, TOps.Broadcast(0.020650588f));
        p = TOps.MultiplyAdd(p, u, TOps.Broadcast(-0.053743497f));
        p = TOps.MultiplyAdd(p, u, TOps.Broadcast(0.13331491f));
        p = TOps.MultiplyAdd(p, u, TOps.Broadcast(-0.33333284f));
        TVector small = TOps.MultiplyAdd(p, TOps.Multiply(u, x), x);
        return TOps.Select(TOps.GreaterThanOrEqual(magnitude, TOps.Broadcast(0.625f)), TOps.CopySign(large, x), small);
    }

    /// <summary>
    /// Sine and cosine: an absolute error of at most 1.6e-7 each with fused multiply-add, 1.8e-7 without, where |x| is at most
    /// <see cref="LargestReducedArgument"/>; beyond it they are computed in double, lane by lane. NaN for infinities and NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector SinCos(TVector x, out TVector cosine)
    {
        TVector r = Reduce(x, out TVector n);
        TVector u = TOps.Multiply(r, r);
        TVector c = TOps.Broadcast(-2.619248391511064e-07f);
        c = TOps.MultiplyAdd(c, u, TOps.Broadcast(2.4769240553723648e-05f));
        c = TOps.MultiplyAdd(c, u, TOps.Broadcast(-0.0013888567918911576f));
        c = TOps.MultiplyAdd(c, u, TOps.Broadcast(0.041666656732559204f));
        c = TOps.MultiplyAdd(c, u, TOps.Broadcast(-0.5f));
        c = TOps.NegateWhereOdd(TOps.MultiplyAdd(c, u, TOps.Broadcast(1)), n);
        TVector s = TOps.NegateWhereOdd(SinePolynomial(r, u), n);
        if (IsBeyondReduction(x))
        {
            s = SinInDouble(x);
            c = CosInDouble(x);
        }
        cosine = c;
        return s;
    }

    /// <summary>The sine; as <see cref="SinCos"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sin(TVector x)
    {
        TVector r = Reduce(x, out TVector n);
        TVector s = TOps.NegateWhereOdd(SinePolynomial(r, TOps.Multiply(r, r)), n);
        return IsBeyondReduction(x) ? SinInDouble(x) : s;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SinePolynomial(TVector r, TVector u)
    {
        TVector s = TOps.Broadcast(2.6087896003446076e-06f);
        s = TOps.MultiplyAdd(s, u, TOps.Broadcast(-0.0001981105306185782f));
        s = TOps.MultiplyAdd(s, u, TOps.Broadcast(0.008333087898790836f));
        s = TOps.MultiplyAdd(s, u, TOps.Broadcast(-0.16666659712791443f));
        return TOps.MultiplyAdd(s, TOps.Multiply(u, r), r);
    }

    /// <summary>x minus the nearest multiple of pi, and that multiple plus <c>1.5 * 2^23</c>: its last bit says whether it is odd.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Reduce(TVector x, out TVector shiftedMultiple)
    {
        TVector shift = TOps.Broadcast(12_582_912f);
        shiftedMultiple = TOps.MultiplyAdd(x, TOps.Broadcast(0.318309886f), shift);
        TVector n = TOps.Subtract(shiftedMultiple, shift);
        if (TOps.IsFused)
        {
            TVector rest = TOps.MultiplyAdd(n, TOps.Broadcast(-3.14159274f), x);
            return TOps.MultiplyAdd(n, TOps.Broadcast(8.74227766e-08f), rest);
        }
        // pi in three parts, the first two of so few bits that n times them is exact.
        TVector r = TOps.MultiplyAdd(n, TOps.Broadcast(-3.140625f), x);
        r = TOps.MultiplyAdd(n, TOps.Broadcast(-0.0009675025939941406f), r);
        return TOps.MultiplyAdd(n, TOps.Broadcast(-1.5099580252808664e-07f), r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBeyondReduction(TVector x) =>
        TOps.Any(TOps.GreaterThanOrEqual(TOps.Abs(x), TOps.Broadcast(LargestReducedArgument)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe TVector SinInDouble(TVector x)
    {
        float* lanes = stackalloc float[MostLanes];
        TOps.Store(x, lanes);
        for (int i = 0; i < TOps.Count; i++)
            lanes[i] = (float)Math.Sin(lanes[i]);
        return TOps.Load(lanes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe TVector CosInDouble(TVector x)
    {
        float* lanes = stackalloc float[MostLanes];
        TOps.Store(x, lanes);
        for (int i = 0; i < TOps.Count; i++)
            lanes[i] = (float)Math.Cos(lanes[i]);
        return TOps.Load(lanes);
    }
}
