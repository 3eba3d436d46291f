namespace MonaLisa.Engine;

/// <summary>
/// The learned picture's own colours around a place. The picture is a tensor of the network. Of the pixel in which a place lies, the network
/// sees how the colours around it differ from its own, turned so that the place lies to the right of and below the pixel's centre. What the
/// network makes of the picture is its <see cref="Task"/>: <see cref="NeighborhoodTask.Enlarge"/> corrects cubic interpolation at the centre of
/// the quarter of the pixel in which the place lies, so it paints the picture at twice its size, and larger ones by painting what it painted
/// (ZSSR, Shocher et al. 2018, with dense layers). The others correct what the pixels around say of the pixel.
/// </summary>
public sealed record NeighborhoodEncoding : InputEncoding
{
    /// <summary>Pixels in a row of the picture.</summary>
    public int Width { get; internal init; } = 1;

    /// <summary>Rows of the picture.</summary>
    public int Height { get; internal init; } = 1;

    /// <summary>Samples of a pixel: 1 (grey), 3 (red, green and blue) or 4 (those and alpha).</summary>
    public int Channels { get; internal init; } = MlpDesign.DefaultOutputCount;

    /// <summary>What the network makes of the picture.</summary>
    public NeighborhoodTask Task { get; internal init; }

    /// <summary>
    /// The standard deviation of the noise that <see cref="NeighborhoodTask.Denoise"/> removes, of samples in [0, 1]; 0 where it is not known.
    /// </summary>
    public float Noise { get; internal init; }

    /// <summary>
    /// Whether the known pixels of the picture that <see cref="NeighborhoodTask.Fill"/> fills are a lattice: every second of every second row. The
    /// layers then begin with what learned lattices alone.
    /// </summary>
    public bool IsLattice { get; internal init; }

    /// <summary>
    /// How the picture was made smaller, as the network learned to undo it. What is painted at twice the size, is corrected so that it
    /// gives the picture again when made smaller so; see <see cref="BackProjections"/>.
    /// </summary>
    public ShrinkKernel Kernel { get; internal init; }

    /// <summary>
    /// The share of the network's correction that is painted, 0 to 1: what was best where the picture's own smaller copies were not learned
    /// from. With 0 the picture is enlarged by cubic interpolation.
    /// </summary>
    public float Blend { get; internal init; } = 1;

    /// <summary>
    /// How many times what is painted at twice the size is corrected so that it gives the picture again when made smaller (Irani and Peleg
    /// 1991), 0 to <see cref="MaxBackProjections"/>. It is not where the kernel is not known, where the picture's artefacts would come back, and
    /// where nothing of the network is painted.
    /// </summary>
    public int BackProjections { get; internal init; } = 1;

    /// <summary>
    /// Whether a place is painted from one view, in a half of the time (an eighth where the picture is restored), and not from the mean of
    /// several: the network's inputs mirrored and turned.
    /// </summary>
    public bool IsSingleView { get; internal init; }

    /// <summary>The largest <see cref="BackProjections"/>.</summary>
    internal const int MaxBackProjections = 10;

    /// <summary>The corrections that are made.</summary>
    internal int Corrections => Kernel is not (ShrinkKernel.Auto or ShrinkKernel.Jpeg) && Blend > 0 ? BackProjections : 0;

    /// <summary>Whether the outputs are a correction of the interpolation; else they are something else about the place.</summary>
    internal bool IsCorrection { get; init; } = true;

    /// <inheritdoc/>
    public override EncodingKind Kind => EncodingKind.Neighborhood;

    /// <inheritdoc/>
    public override int FeatureCount => NeighborhoodFeature.For(Task, Channels).Count;

    /// <inheritdoc/>
    public override CoordinateConvention? Coordinates => CoordinateConvention.PixelCenter;

    /// <inheritdoc/>
    public override IReadOnlyList<EncodingTensorShape> TensorShapes => [new("picture", Height, Width * Channels)];

    /// <inheritdoc/>
    public override string ToString()
    {
        string task = Task switch
        {
            NeighborhoodTask.Enlarge => $", kernel {Kernel}",
            NeighborhoodTask.Denoise when Noise > 0 => FormattableString.Invariant($", noise {Noise * byte.MaxValue:F1} of 255"),
            _ => $", to {Task.ToString().ToLowerInvariant()}",
        };
        string corrections = BackProjections switch
        {
            0 => ", no back projection",
            1 => "",
            _ => FormattableString.Invariant($", {BackProjections} back projections"),
        };
        string blend = Blend < 1 ? FormattableString.Invariant($", blend {Blend:F2}") : "";
        return FormattableString.Invariant($"neighborhoods of {FeatureCount} differences") + task + corrections + (IsSingleView ? ", one view" : "") + blend;
    }

    internal override void Validate()
    {
        RequirePicture(Width, Height);
        Require(Channels is 1 or 3 or 4, "The channels of the encoding Neighborhood", Channels, "1, 3 or 4");
        Require(
            Enum.IsDefined(Kernel), "The kernel of the encoding Neighborhood", Kernel, $"one of {string.Join(", ", Enum.GetNames<ShrinkKernel>())}");
        Require(Enum.IsDefined(Task), "The task of the encoding Neighborhood", Task, $"one of {string.Join(", ", Enum.GetNames<NeighborhoodTask>())}");
        Require(Kernel == ShrinkKernel.Auto || Task == NeighborhoodTask.Enlarge, "The kernel of the encoding Neighborhood", Kernel,
            $"{ShrinkKernel.Auto} where the task is {Task}");
        Require(Noise is >= 0 and <= 1, "The noise of the encoding Neighborhood", Noise, "0 to 1");
        Require(Noise == 0 || Task == NeighborhoodTask.Denoise, "The noise of the encoding Neighborhood", Noise, $"0 where the task is {Task}");
        Require(
            BackProjections is >= 0 and <= MaxBackProjections, "The back projections of the encoding Neighborhood", BackProjections,
            FormattableString.Invariant($"0 to {MaxBackProjections}"));
        Require(!IsLattice || Task == NeighborhoodTask.Fill, "The lattice of the encoding Neighborhood", IsLattice, $"false where the task is {Task}");
        Require(Blend is >= 0 and <= 1, "The blend of the encoding Neighborhood", Blend, "0 to 1");
    }
}
