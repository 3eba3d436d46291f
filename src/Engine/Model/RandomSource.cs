namespace MonaLisa.Engine;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers from the same seed on every platform and .NET version,
/// which <see cref="Random"/> does not promise.
/// </summary>
internal struct RandomSource(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    /// <summary>SplitMix64's finaliser: a bijection of the 64-bit numbers that scatters neighbours.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>Uniform in [0, 1), in steps of 2^-53.</summary>
    public double NextUnit() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from 0 to below a count; 0, and nothing drawn, where there is no other.</summary>
    public int NextBelow(int count) => count <= 1 ? 0 : (int)(NextUnit() * count);

    /// <summary>Uniform in [-limit, limit).</summary>
    public float NextUniform(double limit) => (float)((2 * NextUnit() - 1) * limit);

    /// <summary>Normal with mean 0 (Box and Muller 1958).</summary>
    public float NextNormal(double deviation) =>
        (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - NextUnit())) * Math.Cos(2 * Math.PI * NextUnit()));
}
