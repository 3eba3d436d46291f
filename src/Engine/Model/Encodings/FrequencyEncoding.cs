namespace MonaLisa.Engine;

/// <summary>
/// NeRF's encoding (Mildenhall et al. 2020, arXiv 2003.08934, section 5.1): <c>sin(2^k pi p)</c> and <c>cos(2^k pi p)</c> of each
/// coordinate p in [-1, 1], k = 0 to <see cref="Octaves"/> - 1.
/// </summary>
/// <remarks>Frequencies are in the order x, y of octave 0, x, y of octave 1 and so on.</remarks>
public sealed record FrequencyEncoding : SinusoidalEncoding
{
    /// <summary>The most octaves: beyond it the phase has no digits left in a 32-bit number.</summary>
    public const int MaxOctaves = 16;

    /// <summary>Number of doublings, 1 to <see cref="MaxOctaves"/>. The highest one worth having has a period of two pixels.</summary>
    public int Octaves { get; init; } = 8;

    /// <summary>The encoding whose highest frequency is the highest that a picture can show.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    public static FrequencyEncoding For(int width, int height) =>
        new() { Octaves = Math.Clamp((int)Math.Log2(Math.Max(width, height)), 1, MaxOctaves) };

    /// <inheritdoc/>
    public override EncodingKind Kind => EncodingKind.Frequency;

    /// <inheritdoc/>
    public override int FrequencyCount => Mlp.InputCount * Octaves;

    /// <inheritdoc/>
    public override CoordinateConvention? Coordinates => CoordinateConvention.SymmetricPixelCenter;

    /// <inheritdoc/>
    public override string ToString() => $"{Octaves} octaves of frequencies";

    internal override float[] Frequencies(IReadOnlyList<EncodingTensor> tensors)
    {
        float[] frequencies = new float[FrequencyCount * Mlp.InputCount];
        for (int octave = 0; octave < Octaves; octave++)
            for (int axis = 0; axis < Mlp.InputCount; axis++)
                frequencies[(octave * Mlp.InputCount + axis) * Mlp.InputCount + axis] = MathF.ScaleB(0.5f, octave);
        return frequencies;
    }

    internal override void Validate() => Require(Octaves is >= 1 and <= MaxOctaves, "Octaves", Octaves, $"1 to {MaxOctaves}");
}
