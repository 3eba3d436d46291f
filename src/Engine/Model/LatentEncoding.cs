using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine;

/// <summary>
/// A picture as whole numbers: a pyramid of latents, trained against the bits that they take. An entropy network tells from the latents
/// that are already known how the next one is distributed, so that a compressed file holds it in few bits. The latents of all levels
/// together give a first picture, through a wavelet transform. The network's layers see 5 x 5 of its pixels and give a correction of the
/// middle one. (Cool-chic, Ladune et al. 2023, and C3, Kim et al. 2024, overfit such networks; the wavelet and the start are this program's.)
/// </summary>
public sealed record LatentEncoding : InputEncoding
{
    /// <summary>The most pixels of a side of the picture, 2^16: coding takes memory for whole rows, up to 200 MiB with so long ones.</summary>
    public const int MaxSide = 1 << 16;

    /// <summary>The most levels of the pyramid.</summary>
    public const int MaxLevels = 8;

    /// <summary>The levels of a picture that is large enough for them.</summary>
    public const int UsualLevels = 5;

    /// <summary>The smallest quantisation step, as a share of the range of colours.</summary>
    public const float MinStep = 1f / 1024;

    /// <summary>The largest quantisation step, as a share of the range of colours.</summary>
    public const float MaxStep = 4;

    /// <summary>The quantisation step where nothing is asked for: what a latent of 1 changes, as a share of the range of colours.</summary>
    internal const float UsualStep = 1f / 8;

    /// <summary>The most hidden layers, and the most neurons of one.</summary>
    internal const int MaxHiddenLayers = 4, MaxHiddenWidth = 64;

    /// <summary>Pixels that the layers see on each side of the middle one, of the first channel and of the others.</summary>
    internal const int Radius = 2, OtherRadius = 1;

    /// <summary>The hidden neurons of each layer of the entropy network.</summary>
    internal const int EntropyWidth = 16;

    /// <summary>What the entropy network sees of a latent's neighbours.</summary>
    internal const int ContextCount = 49;

    /// <summary>Kinds of latents, which have biases of their own in the entropy network.</summary>
    internal const int KindCount = 12;

    /// <summary>What is where in <see cref="TensorShapes"/>; the entropy network's are the last.</summary>
    internal const int LatentTensor = 0, ColorTensor = 1, StepTensor = 2, FirstEntropyTensor = 3;

    /// <summary>Outputs of the entropy network: mean and logarithm of the scale.</summary>
    internal const int EntropyOutputs = 2;

    /// <summary>Pixels in a row of the picture.</summary>
    public int Width { get; internal init; } = 1;

    /// <summary>Rows of the picture.</summary>
    public int Height { get; internal init; } = 1;

    /// <summary>Samples of a pixel: 1 (grey), 3 (red, green and blue) or 4 (those and alpha).</summary>
    public int Channels { get; internal init; } = MlpDesign.DefaultOutputCount;

    /// <summary>Levels of the pyramid, 1 to <see cref="MaxLevels"/>: each halves the picture.</summary>
    public int Levels { get; internal init; } = UsualLevels;

    /// <summary>The name of the model file that the network started with, and that a reader of its compressed file needs; null for none.</summary>
    public string? StartName => OwnStart?.Name;

    /// <summary>The start that the user chose; null for that of this program.</summary>
    internal LatentStart? OwnStart { get; init; }

    /// <summary>What the network started with.</summary>
    internal LatentStart Start => OwnStart ?? LatentStart.BuiltIn;

    /// <inheritdoc/>
    public override EncodingKind Kind => EncodingKind.Latent;

    /// <inheritdoc/>
    internal override bool IsLearned => true;

    /// <inheritdoc/>
    public override int FeatureCount => Square(Radius) + (Channels - 1) * Square(OtherRadius);

    /// <inheritdoc/>
    public override CoordinateConvention? Coordinates => CoordinateConvention.PixelCenter;

    /// <inheritdoc/>
    public override IReadOnlyList<EncodingTensorShape> TensorShapes =>
    [
        new("latents", Height * Channels, Width),
        new("colors", Channels + 1, Channels),
        new("step", 1, 1),
        new("entropy.0.weight", EntropyWidth, ContextCount),
        new("entropy.0.bias", KindCount, EntropyWidth),
        new("entropy.1.weight", EntropyWidth, EntropyWidth),
        new("entropy.1.bias", 1, EntropyWidth),
        new("entropy.2.weight", EntropyOutputs, EntropyWidth),
        new("entropy.2.bias", KindCount, EntropyOutputs),
    ];

    /// <summary>The encoding for a picture.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">Samples of a pixel.</param>
    internal static LatentEncoding For(int width, int height, int channels) => new()
    {
        Width = width,
        Height = height,
        Channels = channels,
        Levels = Math.Clamp((int)Math.Log2(Math.Max(1, Math.Min(width, height))) - 1, 1, UsualLevels),
    };

    /// <summary>The quantisation step of a network with such an encoding, within bounds.</summary>
    internal static float StepOf(Mlp network) => Math.Clamp(network.EncodingTensors[StepTensor].Values[0], MinStep, MaxStep);

    /// <summary>This encoding for another picture.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">Samples of a pixel.</param>
    internal LatentEncoding At(int width, int height, int channels) => For(width, height, channels) with { OwnStart = OwnStart };

    /// <inheritdoc/>
    public override string ToString() => $"latents of {Counted.Text(Levels, "level")}" + (StartName is null ? "" : $" from {StartName}");

    internal override void Validate()
    {
        RequirePicture(Width, Height);
        if (Math.Max(Width, Height) > MaxSide)
            throw new ArgumentException(FormattableString.Invariant(
                $"The encoding Latent takes pictures of at most {MaxSide} pixels a side, not of {Width} x {Height}. ") +
                FormattableString.Invariant($"Make the picture smaller with New-PixelDataset -MaxSize {MaxSide}."));
        Require(Channels is 1 or 3 or 4, "The channels of the encoding Latent", Channels, "1, 3 or 4");
        Require(Levels is >= 1 and <= MaxLevels, "The levels of the encoding Latent", Levels, $"1 to {MaxLevels}");
    }

    private static int Square(int radius) => (2 * radius + 1) * (2 * radius + 1);
}
