namespace MonaLisa.Engine;

/// <summary>
/// Gaussian Fourier features (Tancik et al. 2020, arXiv 2006.10739): frequencies drawn from a normal distribution, for coordinates
/// in [0, 1]. They are drawn with the network's seed and are not trained.
/// </summary>
public sealed record FourierEncoding : SinusoidalEncoding
{
    /// <summary>The largest <see cref="Sigma"/>.</summary>
    public const float MaxSigma = 10_000;

    /// <summary>Number of frequencies, 1 to half of <see cref="InputEncoding.MaxFeatureCount"/>.</summary>
    public int Count { get; init; } = 128;

    /// <summary>The frequencies' standard deviation in periods across the picture, above 0 and at most <see cref="MaxSigma"/>.</summary>
    public float Sigma { get; init; } = 10;

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
