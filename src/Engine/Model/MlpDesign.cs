using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine;

/// <summary>Everything that decides a new network: its shape, its activation and how its weights are drawn.</summary>
public sealed record MlpDesign
{
    /// <summary>The largest number of neurons in one hidden layer.</summary>
    public const int MaxWidth = 65_536;

    /// <summary>The largest number of hidden layers.</summary>
    public const int MaxDepth = 256;

    /// <summary>The most weights and biases, an encoding's among them, 2^28: 1 GiB, far more than a network that learns pictures needs.</summary>
    public const long MaxParameters = 1L << 28;

    /// <summary>
    /// The sine activation's frequency, omega, where none is given and the layers are wide. The SIREN paper has 30 for pictures of 256
    /// pixels a side; twice that learned every picture tried better (docs/quality.md).
    /// </summary>
    public const float DefaultOmega = 60f;

    /// <summary>
    /// Sigma where none is given: the default of the WIRE code for WIRE and Gaussian alike (vishwa91/wire), for coordinates in [-1, 1].
    /// </summary>
    public const float DefaultSigma = 10f;

    /// <summary>The leaky rectifier's slope below zero in the 2012 program.</summary>
    public const float LeakySlope = 0.01f;

    // Null where the design does not name it: then it follows activation and layers, also those that a copy of the design changes.
    private readonly float? _omega;

    /// <summary>Neurons in each hidden layer, first to last; each 1 to <see cref="MaxWidth"/>.</summary>
    /// <remarks>The list is copied: a later change of the caller's array must not reach a network made from it.</remarks>
    public IReadOnlyList<int> HiddenLayers { get; internal init => field = new Listing<int>([.. value]); } = [];

    /// <summary>Outputs: 1 (grey), 3 (red, green and blue) or 4 (those and alpha).</summary>
    public int OutputCount { get; internal init; } = DefaultOutputCount;

    /// <summary>The outputs where none are asked for: red, green and blue.</summary>
    public const int DefaultOutputCount = 3;

    /// <summary>The hidden layers' activation.</summary>
    public Activation Activation { get; internal init; } = Activation.Sine;

    /// <summary>How the weights are drawn.</summary>
    public WeightInitialization Initialization { get; internal init; } = WeightInitialization.Auto;

    /// <summary>
    /// The frequency of sine, FINER and WIRE, above 0; other activations ignore it. A design that does not name it has its activation's
    /// own: 60 for sine, 30 for FINER, 20 for WIRE; where no layer has 128 neurons, less: 42, 21 and 14 with 64, 17, 8 and 6 with 10.
    /// </summary>
    public float Omega
    {
        get => _omega ?? ActivationFacts.Of(Activation).DefaultOmega(HiddenLayers.DefaultIfEmpty().Max());
        internal init => _omega = value;
    }

    /// <summary>
    /// How narrow the bell of Gaussian and WIRE is, above 0: it falls to 1/e at z = 1 / sigma; other activations ignore it. A design that
    /// does not name it has <see cref="DefaultSigma"/>.
    /// </summary>
    public float Sigma { get; internal init; } = DefaultSigma;

    /// <summary>What the two coordinates are.</summary>
    public CoordinateConvention Coordinates { get; internal init; } = CoordinateConvention.SymmetricPixelCenter;

    /// <summary>How the coordinates become the first layer's inputs.</summary>
    public InputEncoding Encoding { get; internal init; } = InputEncoding.None;

    /// <summary>The range of the outputs.</summary>
    public ColorRange Colors { get; internal init; } = ColorRange.Symmetric;

    /// <summary>Seed of the weights.</summary>
    public int Seed { get; internal init; } = DefaultSeed;

    /// <summary>The seed where none is given: the year of the blog post.</summary>
    public const int DefaultSeed = 2012;

    /// <summary>The activation's parameters as the kernels take them.</summary>
    internal ActivationParameters ActivationParameters => new(Activation == Activation.LeakyReLU ? LeakySlope : Omega, Sigma);

    /// <summary>Whether all values are the same, the layers one by one.</summary>
    public bool Equals(MlpDesign? other) =>
        other is not null && HiddenLayers.SequenceEqual(other.HiddenLayers) && Choices == other.Choices;

    /// <inheritdoc/>
    public override int GetHashCode() => HiddenLayers.Aggregate(Choices.GetHashCode(), HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{string.Join('-', HiddenLayers)} {ActivationText}, {EncodingText}{Initialization} initialization, {Coordinates}, {Colors} colors, " +
        (OutputCount == DefaultOutputCount ? "" : $"{Counted.Text(OutputCount, "output")}, ") + $"seed {Seed}";

    /// <summary>Whether a network enlarges the picture in it: at that size it gives the picture back as it is.</summary>
    internal bool Enlarges => Encoding is NeighborhoodEncoding { Task: NeighborhoodTask.Enlarge };

    private string EncodingText => Encoding.Kind == EncodingKind.None ? "" : $"{Encoding}, ";

    private string ActivationText => FormattableString.Invariant(
        (ActivationFacts.Of(Activation).UsesOmega, ActivationFacts.Of(Activation).UsesSigma) switch
        {
            (true, true) => $"{Activation} (omega {Omega}, sigma {Sigma})",
            (true, false) => $"{Activation} (omega {Omega})",
            (false, true) => $"{Activation} (sigma {Sigma})",
            _ => $"{Activation}",
        });

    private (int, Activation, WeightInitialization, float, float, CoordinateConvention, InputEncoding, ColorRange, int) Choices =>
        (OutputCount, Activation, Initialization, Omega, Sigma, Coordinates, Encoding, Colors, Seed);

    /// <summary>This design with another encoding, and the coordinates that it wants.</summary>
    public MlpDesign With(InputEncoding encoding) => this with { Encoding = encoding, Coordinates = encoding.Coordinates ?? Coordinates };

    /// <summary>The layers of a network of this design, all weights zero.</summary>
    internal DenseLayer[] CreateLayers()
    {
        var layers = new DenseLayer[HiddenLayers.Count + 1];
        int inputs = Encoding.FeatureCount;
        for (int i = 0; i < HiddenLayers.Count; i++)
        {
            layers[i] = new DenseLayer(inputs, HiddenLayers[i], Activation);
            inputs = HiddenLayers[i];
        }
        layers[^1] = new DenseLayer(inputs, OutputCount, Activation.Identity);
        return layers;
    }

    /// <summary>Throws unless every value is in its range.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it and gives the range.</exception>
    public void Validate()
    {
        if (HiddenLayers.Count is < 1 or > MaxDepth)
            throw new ArgumentException($"A network has 1 to {MaxDepth} hidden layers; {HiddenLayers.Count} were given.");
        foreach (int width in HiddenLayers)
            if (width is < 1 or > MaxWidth)
                throw new ArgumentException($"A hidden layer has 1 to {MaxWidth} neurons; {width} were given.");
        if (OutputCount is not (1 or 3 or 4))
            throw new ArgumentException($"A network has 1 (grey), 3 (RGB) or 4 (RGBA) outputs, not {OutputCount}.");
        if (!Enum.IsDefined(Activation) || Activation == Activation.Identity)
        {
            string[] names = Enum.GetNames<Activation>()[1..];
            throw new ArgumentException(
                $"A hidden layer's activation is one of {string.Join(", ", names[..^1])} and {names[^1]}, not {Activation}.");
        }
        if (!Enum.IsDefined(Initialization))
            throw new ArgumentException($"There is no weight initialization {Initialization}.");
        if (!Enum.IsDefined(Coordinates))
            throw new ArgumentException($"There is no coordinate convention {Coordinates}.");
        if (!Enum.IsDefined(Colors))
            throw new ArgumentException($"There is no color range {Colors}.");
        Encoding.Validate();
        if (Encoding.Coordinates is { } wanted && wanted != Coordinates)
            throw new ArgumentException($"The encoding {Encoding.Kind} wants the coordinates {wanted}, not {Coordinates}.");
        if (Encoding is NeighborhoodEncoding { IsCorrection: true, Channels: int channels } && channels != OutputCount)
            throw new ArgumentException($"The picture of the encoding Neighborhood has {Counted.Text(channels, "channel")}, and the network {Counted.Text(OutputCount, "output")}.");
        if (Encoding is LatentEncoding { Channels: int latentChannels } &&
            (latentChannels != OutputCount || Activation != Activation.ReLU || Colors != ColorRange.Unit))
            throw new ArgumentException(
                $"A network with the encoding Latent has an output for each channel of its picture ({latentChannels}), the activation " +
                $"{Activation.ReLU} and the colour range {ColorRange.Unit}, not {Counted.Text(OutputCount, "output")}, {Activation} and {Colors}.");
        if (Encoding is LatentEncoding &&
            (HiddenLayers.Count > LatentEncoding.MaxHiddenLayers || HiddenLayers.Any(width => width > LatentEncoding.MaxHiddenWidth)))
            throw new ArgumentException(
                $"A network with the encoding Latent has at most {LatentEncoding.MaxHiddenLayers} hidden layers of at most " +
                $"{LatentEncoding.MaxHiddenWidth} neurons, not {string.Join('-', HiddenLayers)}. Choose fewer, or leave out -HiddenLayer.");
        if (Encoding is LatentEncoding { OwnStart: LatentStart start } && start.ChannelsFor(HiddenLayers) is null)
            throw new ArgumentException(
                $"The start '{start.Name}' has other hidden layers than {string.Join('-', HiddenLayers)}. Leave out -HiddenLayer.");
        if (!(Omega > 0) || float.IsInfinity(Omega))
            throw new ArgumentException(FormattableString.Invariant($"Omega is a number above 0, not {Omega}."));
        if (!(Sigma > 0) || float.IsInfinity(Sigma))
            throw new ArgumentException(FormattableString.Invariant($"Sigma is a number above 0, not {Sigma}."));
    }

    /// <summary>Throws where the network would be larger than any that is made, saved or loaded.</summary>
    /// <exception cref="ArgumentException">It has more parameters; the message says how many, and what they take.</exception>
    internal void RequireModestSize()
    {
        long parameters = ParameterBudget.CountParameters(this);
        if (parameters > MaxParameters)
            throw new ArgumentException(FormattableString.Invariant(
                $"The network would have {parameters:N0} weights and biases, which take {Gibibytes(parameters):0.#} GiB; the most is ") +
                FormattableString.Invariant($"{MaxParameters:N0}, {Gibibytes(MaxParameters):0.#} GiB. Use fewer or narrower hidden layers") +
                (Encoding.ParameterCount > 0 ? ", or smaller tables of the grid." : "."));
    }

    private static double Gibibytes(long parameters) => parameters * (double)sizeof(float) / (1 << 30);
}
