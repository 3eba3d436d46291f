namespace MonaLisa.Engine;

/// <summary>
/// Sines and cosines of the coordinates: with frequencies f, the features are <c>sin(2 pi f · p)</c> for each f, then
/// <c>cos(2 pi f · p)</c> for each f.
/// </summary>
public abstract record SinusoidalEncoding : InputEncoding
{
    private protected SinusoidalEncoding()
    {
    }

    /// <summary>Number of frequencies; each gives two features.</summary>
    public abstract int FrequencyCount { get; }

    /// <inheritdoc/>
    public override int FeatureCount => 2 * FrequencyCount;

    /// <summary>The frequencies in periods per unit of the coordinates, <c>[FrequencyCount, 2]</c>.</summary>
    /// <param name="tensors">The network's numbers.</param>
    internal abstract float[] Frequencies(IReadOnlyList<EncodingTensor> tensors);
}

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
    public int Octaves { get; internal init; } = 8;

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

/// <summary>
/// Gaussian Fourier features (Tancik et al. 2020, arXiv 2006.10739): frequencies drawn from a normal distribution, for coordinates
/// in [0, 1]. They are drawn with the network's seed and are not trained.
/// </summary>
public sealed record FourierEncoding : SinusoidalEncoding
{
    /// <summary>The largest <see cref="Sigma"/>.</summary>
    public const float MaxSigma = 10_000;

    /// <summary>Number of frequencies, 1 to half of <see cref="InputEncoding.MaxFeatureCount"/>.</summary>
    public int Count { get; internal init; } = 128;

    /// <summary>The frequencies' standard deviation in periods across the picture, above 0 and at most <see cref="MaxSigma"/>.</summary>
    public float Sigma { get; internal init; } = 10;

    /// <summary>The encoding for a picture: sigma in proportion to its size, 10 at 256 pixels a side.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="count">Number of frequencies.</param>
    public static FourierEncoding For(int width, int height, int count = 128) =>
        new() { Count = count, Sigma = (float)Math.Clamp(10 * Math.Sqrt((double)width * height) / 256, 0.5, MaxSigma) };

    /// <inheritdoc/>
    public override EncodingKind Kind => EncodingKind.Fourier;

    /// <inheritdoc/>
    public override int FrequencyCount => Count;

    /// <inheritdoc/>
    public override CoordinateConvention? Coordinates => CoordinateConvention.PixelCenter;

    /// <inheritdoc/>
    public override IReadOnlyList<EncodingTensorShape> TensorShapes => [new("frequencies", Count, Mlp.InputCount)];

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Count} Fourier features, sigma {Sigma:G4}");

    internal override float[] Frequencies(IReadOnlyList<EncodingTensor> tensors) => tensors[0].Values;

    internal override void Draw(IReadOnlyList<EncodingTensor> tensors, ref RandomSource random)
    {
        foreach (ref float frequency in tensors[0].Values.AsSpan())
            frequency = random.NextNormal(Sigma);
    }

    internal override void Validate()
    {
        Require(Count is >= 1 and <= MaxFeatureCount / 2, "The number of Fourier frequencies", Count, $"1 to {MaxFeatureCount / 2}");
        Require(Sigma is > 0 and <= MaxSigma, "The Fourier frequencies' sigma", Sigma,
            FormattableString.Invariant($"above 0 and at most {MaxSigma}"));
    }
}
