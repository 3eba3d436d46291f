namespace MonaLisa.Engine;

/// <summary>
/// A multilayer perceptron that is a picture: two coordinates in, a colour out: red, green and blue, with
/// alpha or without, or grey.
/// Its weights change only through training, which works on a copy, so one network may be read by many threads.
/// </summary>
public sealed class Mlp
{
    /// <summary>Inputs: the pixel's two coordinates.</summary>
    public const int InputCount = 2;

    /// <summary>Makes a network and draws its weights.</summary>
    /// <param name="design">Shape, activation, initialisation and seed.</param>
    /// <exception cref="ArgumentException">The design has a value out of its range.</exception>
    public Mlp(MlpDesign design)
    {
        design.Validate();
        design.RequireModestSize();
        Design = design;
        Layers = new Listing<DenseLayer>([.. design.CreateLayers()]);
        EncodingTensors = new Listing<EncodingTensor>([.. design.Encoding.CreateTensors()], "tensor");
        WeightInitializer.Draw(this);
    }

    // The lists are copied and read-only, so that nobody who has a network can put another layer into it.
    private Mlp(MlpDesign design, IEnumerable<DenseLayer> layers, IEnumerable<EncodingTensor> encodingTensors)
    {
        Design = design;
        Layers = new Listing<DenseLayer>([.. layers]);
        EncodingTensors = new Listing<EncodingTensor>([.. encodingTensors], "tensor");
    }

    /// <summary>Makes a network whose every number is zero, to be filled with those of a file.</summary>
    /// <exception cref="ArgumentException">The design has a value out of its range.</exception>
    internal static Mlp Zeros(MlpDesign design)
    {
        design.Validate();
        return new Mlp(design, design.CreateLayers(), design.Encoding.CreateTensors());
    }

    /// <summary>What the network was made from.</summary>
    public MlpDesign Design { get; }

    /// <summary>The training behind the network of a run or a model file; null where the file says nothing of it, and for every other network.</summary>
    public TrainingFacts? Training { get; private init; }

    /// <summary>Bytes of the model file that the network is in, as it is; null for a network that was never stored.</summary>
    public long? StoredLength { get; private init; }

    /// <summary>The layers from the coordinates to the colours; the last is the linear output layer.</summary>
    public IReadOnlyList<DenseLayer> Layers { get; }

    /// <summary>The encoding's numbers: frequencies or trained tables; empty where it needs none.</summary>
    public IReadOnlyList<EncodingTensor> EncodingTensors { get; }

    /// <summary>Neurons in each hidden layer.</summary>
    public IReadOnlyList<int> HiddenLayers => Design.HiddenLayers;

    /// <summary>Outputs, the samples of a pixel: 1 (grey), 3 (red, green and blue) or 4 (those and alpha, straight).</summary>
    public int OutputCount => Design.OutputCount;

    /// <summary>What the network sees of a pixel's coordinates.</summary>
    public EncodingKind Encoding => Design.Encoding.Kind;

    /// <summary>Seed of the first weights.</summary>
    public int Seed => Design.Seed;

    /// <summary>The hidden layers' activation.</summary>
    public Activation Activation => Design.Activation;

    /// <summary>Number of weights of the layers, biases not counted: a measure of a training step's work.</summary>
    public long LayerWeightCount => Layers.Sum(layer => (long)layer.InputCount * layer.OutputCount);

    /// <summary>Number of weights: those of the layers and the encoding's trained values, biases not counted.</summary>
    public long WeightCount => LayerWeightCount + Design.Encoding.ParameterCount;

    /// <summary>Number of all trained values: weights and biases.</summary>
    public long ParameterCount => WeightCount + Layers.Sum(layer => (long)layer.OutputCount);

    /// <summary>The shape in short: <c>2-256-256-256-3</c>; with an encoding its features come second.</summary>
    public string Shape
    {
        get
        {
            int[] features = Design.Encoding.Kind == EncodingKind.None ? [] : [Design.Encoding.FeatureCount];
            return string.Join('-', [InputCount, .. features, .. HiddenLayers, OutputCount]);
        }
    }

    /// <summary>Whether every number is finite: no other network can paint.</summary>
    public bool IsFinite => NetworkTensor.ValuesOf(this).All(values => Array.TrueForAll(values, float.IsFinite));

    /// <summary>
    /// A copy that shares nothing with this network; without <see cref="Training"/> and
    /// <see cref="StoredLength"/>, for a copy is made to be changed.
    /// </summary>
    internal Mlp Clone() =>
        new(Design, Layers.Select(layer => layer.Clone()), EncodingTensors.Select(tensor => tensor.Clone()));

    /// <summary>This network, its layers shared, with the facts of its training.</summary>
    internal Mlp WithTraining(TrainingFacts? training) =>
        new(Design, Layers, EncodingTensors) { Training = training, StoredLength = StoredLength };

    /// <summary>This network, its layers shared, with the length of its model file.</summary>
    internal Mlp WithStoredLength(long bytes) => new(Design, Layers, EncodingTensors) { Training = Training, StoredLength = bytes };

    /// <summary>A network with this one's layers, shared, and another encoding of as many features.</summary>
    internal Mlp WithEncoding(InputEncoding encoding, IReadOnlyList<EncodingTensor> tensors)
    {
        MlpDesign design = Design.With(encoding);
        design.Validate();
        return new Mlp(design, Layers, tensors);
    }

    /// <summary>A network with copies of this one's layers, and another encoding of as many features.</summary>
    internal Mlp CloneWithEncoding(InputEncoding encoding, IReadOnlyList<EncodingTensor> tensors) =>
        new Mlp(Design, Layers.Select(layer => layer.Clone()), []).WithEncoding(encoding, tensors);

    /// <inheritdoc/>
    public override string ToString()
    {
        string encoding = Design.Encoding.Kind == EncodingKind.None ? "" : $"{Design.Encoding}, ";
        return FormattableString.Invariant($"{Shape} {Activation}, {encoding}{ParameterCount:N0} parameters");
    }
}
