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

    private static float Clamp(float logScale) => Math.Clamp(logScale, LaplaceTable.LeastLogScale, LaplaceTable.MostLogScale);

    /// <summary>The probability around the mean: 1 - exp(-rate / 2) cosh(distance rate).</summary>
    private static float Inside(float distance, float rate, out float cosine, out float sine)
    {
        float near = MathF.Exp((distance - 0.5f) * rate), far = MathF.Exp(-(distance + 0.5f) * rate);
        (cosine, sine) = (0.5f * (near + far), 0.5f * (near - far));
        return Math.Max(1 - cosine, LeastProbability);
    }
}
