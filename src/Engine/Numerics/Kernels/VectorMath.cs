using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

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

    /// <summary>From here on the bell and the normal distribution are as good as constant, and their exponents in range.</summary>
    private const float LargestBellArgument = 9.34f, LargestNormalArgument = 13;

    /// <summary>e^x within 2 ulp for x in [-87.33, 88.37]; x beyond that is taken as the nearer end; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp(TVector x)
    {
        x = TOps.Min(TOps.Broadcast(LargestExponent), TOps.Max(TOps.Broadcast(SmallestExponent), x));
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
        TVector c = TOps.NegateWhereOdd(CosinePolynomial(u), n);
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

    /// <summary>The cosine; as <see cref="SinCos"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Cos(TVector x)
    {
        TVector r = Reduce(x, out TVector n);
        TVector c = TOps.NegateWhereOdd(CosinePolynomial(TOps.Multiply(r, r)), n);
        return IsBeyondReduction(x) ? CosInDouble(x) : c;
    }

    /// <summary>
    /// e^(-x²) and its derivative -2x e^(-x²): an absolute error of at most 1.5e-7 and 2.5e-7. An x beyond ±9.34 is taken as the
    /// nearer of the two, where both are below 3e-37; NaN stays NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Bell(TVector x, out TVector derivative)
    {
        x = Clamp(x, LargestBellArgument);
        TVector negative = TOps.Subtract(TOps.Broadcast(0), x), bell = Exp(TOps.Multiply(negative, x));
        derivative = TOps.Multiply(TOps.Add(negative, negative), bell);
        return bell;
    }

    /// <summary>
    /// The normal distribution function Phi(x) and its density phi(x): an absolute error of at most 2.5e-7 each, and a relative error
    /// of Phi of at most 1e-5 down to x = -13. An x beyond ±13 is taken as the nearer of the two; NaN stays NaN.
    /// </summary>
    /// <remarks>
    /// Phi(-|x|) is e^(-x²/2) times a function that falls gently from 1/2, here a polynomial in 1 / (1 + 0.3 |x|): the form of
    /// Abramowitz and Stegun 1964, 7.1.26.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector NormalDistribution(TVector x, out TVector density)
    {
        x = Clamp(x, LargestNormalArgument);
        TVector one = TOps.Broadcast(1), half = TOps.Multiply(x, TOps.Broadcast(-0.5f)), power = Exp(TOps.Multiply(half, x));
        TVector t = TOps.Divide(one, TOps.MultiplyAdd(TOps.Abs(x), TOps.Broadcast(0.3f), one));
        TVector p = TOps.Broadcast(0.036194816f);
        p = TOps.MultiplyAdd(p, t, TOps.Broadcast(-0.15937814f));
        p = TOps.MultiplyAdd(p, t, TOps.Broadcast(0.2101181f));
        p = TOps.MultiplyAdd(p, t, TOps.Broadcast(-0.05716712f));
        p = TOps.MultiplyAdd(p, t, TOps.Broadcast(0.13041633f));
        p = TOps.MultiplyAdd(p, t, TOps.Broadcast(0.09934716f));
        p = TOps.MultiplyAdd(p, t, TOps.Broadcast(0.120845534f));
        p = TOps.MultiplyAdd(p, t, TOps.Broadcast(0.119623266f));
        TVector tail = TOps.Multiply(TOps.Multiply(p, t), power);
        density = TOps.Multiply(power, TOps.Broadcast(0.398942280f));
        return TOps.Select(TOps.GreaterThanOrEqual(x, TOps.Broadcast(0)), TOps.Subtract(one, tail), tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Clamp(TVector x, float limit) => TOps.Min(TOps.Broadcast(limit), TOps.Max(TOps.Broadcast(-limit), x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector CosinePolynomial(TVector u)
    {
        TVector c = TOps.Broadcast(-2.619248391511064e-07f);
        c = TOps.MultiplyAdd(c, u, TOps.Broadcast(2.4769240553723648e-05f));
        c = TOps.MultiplyAdd(c, u, TOps.Broadcast(-0.0013888567918911576f));
        c = TOps.MultiplyAdd(c, u, TOps.Broadcast(0.041666656732559204f));
        c = TOps.MultiplyAdd(c, u, TOps.Broadcast(-0.5f));
        return TOps.MultiplyAdd(c, u, TOps.Broadcast(1));
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
