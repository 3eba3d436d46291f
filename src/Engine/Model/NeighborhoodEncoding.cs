namespace MonaLisa.Engine;

/// <summary>
/// The learned picture's own colours around a place. The picture is a tensor of the network. Of the pixel in which a place lies, the network
/// sees how the lumas of the 60 pixels around it and the colours of the next 8 differ from its own, turned so that the place lies to the right
/// of and below the pixel's centre. Its outputs are a correction: they are added to cubic interpolation at the centre of the quarter of the
/// pixel in which the place lies. So it paints the picture at twice its size, and larger ones by painting what it painted (ZSSR, Shocher et
/// al. 2018, with dense layers).
/// </summary>
public sealed record NeighborhoodEncoding : InputEncoding
{
    /// <summary>The most pixels of the picture, 2^26.</summary>
    public const int MaxPixelCount = 1 << 26;

    /// <summary>Pixels in a row of the picture.</summary>
    public int Width { get; internal init; } = 1;

    /// <summary>Rows of the picture.</summary>
    public int Height { get; internal init; } = 1;

    /// <summary>Samples of a pixel: 1 (grey), 3 (red, green and blue) or 4 (those and alpha).</summary>
    public int Channels { get; internal init; } = MlpDesign.DefaultOutputCount;

    /// <summary>
    /// How the picture was made smaller, as the network learned to undo it. What is painted at twice the size, is corrected once so that it
    /// gives the picture again when made smaller so; see <see cref="IsConsistent"/>.
    /// </summary>
    public ShrinkKernel Kernel { get; internal init; }

    /// <summary>
    /// The share of the network's correction that is painted, 0 to 1: what was best where the picture's own smaller copies were not learned
    /// from. With 0 the picture is enlarged by cubic interpolation.
    /// </summary>
    public float Blend { get; internal init; } = 1;

    /// <summary>
    /// Whether what is painted at twice the size is corrected so that it gives the picture again: not where the kernel is not known, where the
    /// picture's artefacts would come back, and where nothing of the network is painted.
    /// </summary>
    internal bool IsConsistent => Kernel is not (ShrinkKernel.Auto or ShrinkKernel.Jpeg) && Blend > 0;

    /// <summary>Whether the outputs are a correction of the interpolation; else they are something else about the place.</summary>
    internal bool IsCorrection { get; init; } = true;

    /// <inheritdoc/>
    public override EncodingKind Kind => EncodingKind.Neighborhood;

    /// <inheritdoc/>
    public override int FeatureCount => NeighborhoodFeature.For(Channels).Count;

    /// <inheritdoc/>
    public override CoordinateConvention? Coordinates => CoordinateConvention.PixelCenter;

    /// <inheritdoc/>
    public override IReadOnlyList<EncodingTensorShape> TensorShapes => [new("picture", Height, Width * Channels)];

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"neighborhoods of {FeatureCount} differences, kernel {Kernel}") + (Blend < 1 ? FormattableString.Invariant($", blend {Blend:F2}") : "");

    internal override void Validate()
    {
        if (Width < 1 || Height < 1 || (long)Width * Height > MaxPixelCount)
            throw new ArgumentException(FormattableString.Invariant(
                $"The encoding Neighborhood takes pictures of 1 to {MaxPixelCount} pixels, not of {Width} x {Height}. ") +
                "Make the picture smaller with New-PixelDataset -MaxSize.");
        Require(Channels is 1 or 3 or 4, "The channels of the encoding Neighborhood", Channels, "1, 3 or 4");
        Require(
            Enum.IsDefined(Kernel), "The kernel of the encoding Neighborhood", Kernel, $"one of {string.Join(", ", Enum.GetNames<ShrinkKernel>())}");
        Require(Blend is >= 0 and <= 1, "The blend of the encoding Neighborhood", Blend, "0 to 1");
    }
}
