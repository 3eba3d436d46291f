using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>Makes an untrained network, of a size that suits a picture.</summary>
[Cmdlet(VerbsCommon.New, "MlpNetwork")]
[OutputType(typeof(Mlp))]
public sealed class NewMlpNetworkCommand : StoppableCommand
{
    private NetworkChoice _choice = new();

    /// <summary>The pictures that networks are for: a picture's size decides its encoding's, its channels the outputs.</summary>
    [Parameter(ValueFromPipeline = true)]
    [Alias("Dataset", "Picture")]
    [ValidateNotNull]
    public object[]? InputObject { get; set; }

    /// <summary>Neurons in each hidden layer, first to last. The default is the network that Invoke-MlpTraining would use.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Layers[]? HiddenLayer { get; set; }

    /// <summary>Number of hidden layers of equal width.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count? Depth { get; set; }

    /// <summary>The most weights and biases of the network, with its tables. It gets the largest width within this limit.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count? ParameterBudget { get; set; }

    /// <summary>A network of the 2012 program or its blog post.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<NetworkPreset>))]
    public Choices.Preset? Preset { get; set; }

    /// <summary>The hidden layers' activation.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<Activation>))]
    public Choices.Activation? Activation { get; set; }

    /// <summary>How the weights are drawn; Auto suits the activation.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<WeightInitialization>))]
    public Choices.Initialization? Initialization { get; set; }

    /// <summary>The frequency of sine, FINER and WIRE. By default it suits the activation and the layers' width.</summary>
    [Parameter]
    public float? Omega { get; set; }

    /// <summary>How narrow the bell of Gaussian and WIRE is. By default it suits the activation.</summary>
    [Parameter]
    public float? Sigma { get; set; }

    /// <summary>What the first layer sees of a pixel's coordinates.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<EncodingKind>))]
    public Choices.Encoding? Encoding { get; set; }

    /// <summary>Doublings of the frequency along each side, of the encoding Frequency.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count? Octave { get; set; }

    /// <summary>Random frequencies of the encoding Fourier; each gives a sine and a cosine.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count? FrequencyCount { get; set; }

    /// <summary>How high the frequencies of the encoding Fourier are: their standard deviation in periods across the picture.</summary>
    [Parameter]
    public float? FrequencySigma { get; set; }

    /// <summary>Levels of the encoding Grid.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count? GridLevel { get; set; }

    /// <summary>Features of each level of the encoding Grid: 2, 4 or 8.</summary>
    [Parameter]
    [ValidateSet("2", "4", "8")]
    public int? GridFeature { get; set; }

    /// <summary>Vertices along the picture's shorter side on the coarsest level of the encoding Grid.</summary>
    [Parameter]
    public double? GridCoarsest { get; set; }

    /// <summary>Vertices along the picture's shorter side on its finest level.</summary>
    [Parameter]
    public double? GridFinest { get; set; }

    /// <summary>The most entries of a level's table; vertices of finer levels share them.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public Count? GridEntry { get; set; }

    /// <summary>Outputs: 1 for grey pictures, 3 for red, green and blue, 4 for those with alpha; with a picture, its channels.</summary>
    [Parameter]
    [ValidateSet("1", "3", "4")]
    public int? OutputCount { get; set; } = MlpDesign.DefaultOutputCount;

    /// <summary>Seed of the weights: the same seed gives the same weights.</summary>
    [Parameter]
    public int? Seed { get; set; } = MlpDesign.DefaultSeed;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _choice = new NetworkChoice
        {
            Encoding = Encoding,
            Details = new EncodingDetails
            {
                Octave = Octave,
                FrequencyCount = FrequencyCount,
                FrequencySigma = FrequencySigma,
                GridLevel = GridLevel,
                GridFeature = GridFeature,
                GridCoarsest = GridCoarsest,
                GridFinest = GridFinest,
                GridEntry = GridEntry,
            },
            HiddenLayers = Layers.Of(HiddenLayer),
            Budget = Depth is not null && ParameterBudget is not null ? (Depth, ParameterBudget) : null,
            Activation = Activation,
            Initialization = Initialization,
            Omega = Omega,
            Sigma = Sigma,
        };
        Require(default, () =>
        {
            RequireOneChoiceOfLayers();
            _choice.Validate(PlanFor(NetworkChoice.UsualPicture()));
        });
    }

    private void RequireOneChoiceOfLayers()
    {
        if (Preset is not null)
            RequireAlone(nameof(Preset), "is a network with all its choices", MyInvocation.BoundParameters.Keys.Except(
                [nameof(Preset), nameof(InputObject), nameof(OutputCount), nameof(Seed), .. CommonParameters, .. OptionalCommonParameters]));
        if ((Depth is null) != (ParameterBudget is null))
            throw new ArgumentException(
                $"{nameof(Depth)} and {nameof(ParameterBudget)} belong together: so many hidden layers of equal width, with so many weights and biases in " +
                "all. Give both, or neither.");
        if (Depth is not null)
            RequireAlone(nameof(Depth), "makes hidden layers of equal width", nameof(HiddenLayer));
    }

    /// <summary>Makes the network of each picture, or of the usual one if there is none.</summary>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
            Require(new ErrorContext(MakesNetwork: true), () => Make(null));
        else
            // Another picture may be small enough, or large enough.
            foreach (object item in InputObject)
                Try(new ErrorContext(item, MakesNetwork: true), () => Make(Pictures.Require(item)));
    }

    private void Make(PixelDataset? picture)
    {
        MlpDesign design = Design(picture);
        Mlp network = picture is null ? new Mlp(design) : TrainingDefaults.NetworkFor(design, picture, StoppingToken);
        WriteObject(network.Design.Encoding is not NeighborhoodEncoding encoding ? network
            : picture is not null ? InBackground((_, stopping) =>
                NeighborhoodPicture.Into(network, encoding, ColorlessPixels.Filled(picture, stopping), cancellationToken: stopping))
            : throw new ArgumentException(
                $"The encoding {EncodingKind.Neighborhood} needs a picture, which becomes a part of the network. Pipe one: " +
                $"New-PixelDataset ./photo.jpg | New-MlpNetwork -Encoding {EncodingKind.Neighborhood}"));
    }

    private MlpDesign Design(PixelDataset? given)
    {
        if (given is not null && IsGiven(nameof(OutputCount)) && OutputCount != given.Channels)
            throw new ArgumentException(
                $"OutputCount is {OutputCount}, and '{given.Name}' has {Counted.Text(given.Channels, "channel")}. Leave OutputCount out: " +
                "the network gets as many outputs as the picture has channels.");
        PixelDataset picture = given ?? NetworkChoice.UsualPicture(OutputCount ?? MlpDesign.DefaultOutputCount);
        return Preset is not null
            ? NetworkPresets.Design(Preset, Seed ?? MlpDesign.DefaultSeed) with { OutputCount = picture.Channels }
            : _choice.Design(PlanFor(picture), picture);
    }

    private TrainingPlan PlanFor(PixelDataset picture) =>
        TrainingDefaults.For(picture, seed: Seed ?? MlpDesign.DefaultSeed, encoding: Encoding?.Value);
}
