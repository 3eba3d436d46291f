using System.Numerics;
using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>The bits that a latent takes under a Laplace distribution, and their gradient.</summary>
internal static class LaplaceRate
{
    private const float BitsPerNat = 1.4426950408889634f;

    /// <summary>The least probability that bits are counted for, as a coder of 16 bits has it.</summary>
    private const float LeastProbability = 1f / (1 << RangeCoder.ProbabilityBits);

    /// <summary>The bits of a latent.</summary>
    /// <param name="latent">The latent.</param>
    /// <param name="mean">The distribution's mean.</param>
    /// <param name="logScale">The logarithm of its scale.</param>
    public static float Bits(float latent, float mean, float logScale)
    {
        float rate = MathF.Exp(-Clamp(logScale)), distance = MathF.Abs(latent - mean);
        return distance >= 0.5f
            ? ((distance - 0.5f) * rate - MathF.Log(0.5f * (1 - MathF.Exp(-rate)))) * BitsPerNat
            : -MathF.Log(Inside(distance, rate, out _, out _)) * BitsPerNat;
    }

    /// <summary>The bits of a latent, and their gradient.</summary>
    /// <param name="latent">The latent.</param>
    /// <param name="mean">The distribution's mean; receives the gradient over it.</param>
    /// <param name="logScale">The logarithm of its scale; receives the gradient over it.</param>
    public static float BitsAndGradient(float latent, ref float mean, ref float logScale)
    {
        float clamped = Clamp(logScale), rate = MathF.Exp(-clamped), difference = latent - mean, distance = MathF.Abs(difference);
        // The logarithm of the probability, and its derivatives by the distance and by the scale's logarithm.
        float logarithm, byDistance, byScale;
        if (distance >= 0.5f)
        {
            float tail = MathF.Exp(-rate);
            logarithm = MathF.Log(0.5f * (1 - tail)) - (distance - 0.5f) * rate;
            byDistance = -rate;
            byScale = distance * rate - 0.5f * rate * (1 + tail) / (1 - tail);
        }
        else
        {
            float probability = Inside(distance, rate, out float cosine, out float sine);
            logarithm = MathF.Log(probability);
            byDistance = -sine * rate / probability;
            byScale = -rate * (0.5f * cosine - distance * sine) / probability;
        }
        // A scale at its bound is only pulled back.
        bool isHeld = (logScale > clamped && byScale > 0) || (logScale < clamped && byScale < 0);
        mean = (difference >= 0 ? byDistance : -byDistance) * BitsPerNat;
        logScale = isHeld ? 0 : -byScale * BitsPerNat;
        return -logarithm * BitsPerNat;
    }

    /// <summary>The bits of latents, and their gradients.</summary>
    /// <param name="latents">The latents.</param>
    /// <param name="means">The distributions' means; receives the gradients over them.</param>
    /// <param name="logScales">The logarithms of their scales; receives the gradients over them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe float BitsAndGradients(ReadOnlySpan<short> latents, float* means, float* logScales)
    {
        Vector<float> sum = Vector<float>.Zero;
        int i = 0;
        for (; i <= latents.Length - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(latents[i..]), out Vector<int> first, out Vector<int> second);
            int next = i + Vector<float>.Count;
            sum += BitsAndGradients(Vector.ConvertToSingle(first), means + i, logScales + i);
            sum += BitsAndGradients(Vector.ConvertToSingle(second), means + next, logScales + next);
        }
        float bits = Vector.Sum(sum);
        for (; i < latents.Length; i++)
            bits += BitsAndGradient(latents[i], ref means[i], ref logScales[i]);
        return bits;
    }

    /// <summary>What <see cref="BitsAndGradient"/> does, of some at once: both of its cases are computed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector<float> BitsAndGradients(Vector<float> latent, float* means, float* logScales)
    {
        Vector<float> half = new(0.5f), one = Vector<float>.One, logScale = Vector.Load(logScales);
        Vector<float> clamped = Vector.Min(Vector.Max(logScale, new(LaplaceTable.LeastLogScale)), new(LaplaceTable.MostLogScale));
        Vector<float> rate = Vector.Exp(-clamped), difference = latent - Vector.Load(means), distance = Vector.Abs(difference);
        Vector<int> isFar = Vector.GreaterThanOrEqual(distance, half);
        // Far from the mean; where it is near it, only what is finite.
        Vector<float> beyond = Vector.Max(distance - half, Vector<float>.Zero) * rate, tail = Vector.Exp(-rate);
        Vector<float> farByScale = distance * rate - half * rate * (one + tail) / (one - tail);
        // Near it.
        Vector<float> near = Vector.Exp((Vector.Min(distance, half) - half) * rate), far = Vector.Exp(-(distance + half) * rate);
        Vector<float> cosine = half * (near + far), sine = half * (near - far);
        Vector<float> probability = Vector.Max(one - cosine, new(LeastProbability));
        Vector<float> nearByScale = -rate * (half * cosine - distance * sine) / probability;
        Vector<float> logarithm = Vector.Log(Vector.ConditionalSelect(isFar, half * (one - tail), probability)) - beyond;
        Vector<float> byDistance = Vector.ConditionalSelect(isFar, -rate, -sine * rate / probability);
        Vector<float> byScale = Vector.ConditionalSelect(isFar, farByScale, nearByScale);
        Vector<int> isHeld = (Vector.GreaterThan(logScale, clamped) & Vector.GreaterThan(byScale, Vector<float>.Zero)) |
            (Vector.LessThan(logScale, clamped) & Vector.LessThan(byScale, Vector<float>.Zero));
        var bitsPerNat = new Vector<float>(BitsPerNat);
        Vector.Store(
            Vector.ConditionalSelect(Vector.GreaterThanOrEqual(difference, Vector<float>.Zero), byDistance, -byDistance) * bitsPerNat, means);
        Vector.Store(Vector.ConditionalSelect(isHeld, Vector<float>.Zero, -byScale * bitsPerNat), logScales);
        return -logarithm * bitsPerNat;
    }

    private static float Clamp(float logScale) => Math.Clamp(logScale, LaplaceTable.LeastLogScale, LaplaceTable.MostLogScale);

    /// <summary>The probability around the mean: 1 - exp(-rate / 2) cosh(distance rate).</summary>
    private static float Inside(float distance, float rate, out float cosine, out float sine)
    {
        float near = MathF.Exp((distance - 0.5f) * rate), far = MathF.Exp(-(distance + 0.5f) * rate);
        (cosine, sine) = (0.5f * (near + far), 0.5f * (near - far));
        return Math.Max(1 - cosine, LeastProbability);
    }
}
