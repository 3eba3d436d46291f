namespace MonaLisa.Engine;

/// <summary>A weight or bias of a network with latents as its files and its entropy network have it: a whole number.</summary>
internal static class LatentWeight
{
    /// <summary>Whole numbers in a weight or bias of 1.</summary>
    public const int Unit = 64;

    /// <summary>The largest magnitude, in whole numbers: no sum of the entropy network overflows.</summary>
    public const int Largest = 511;

    /// <summary>A weight or bias in multiples of 1 / <see cref="Unit"/>, within bounds.</summary>
    public static int ToWhole(float weight) => (int)MathF.Round(Math.Clamp(weight * Unit, -Largest, Largest));
}
