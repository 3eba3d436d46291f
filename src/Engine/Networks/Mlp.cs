namespace MonaLisa.Engine;

/// <summary>
/// A multilayer perceptron that is a picture: two coordinates in, three colours (red, green, blue) out.
/// Its weights change only through training, which works on a copy, so one network may be read by many threads.
/// </summary>
public sealed class Mlp
{
    /// <summary>Inputs: the pixel's two coordinates.</summary>
    public const int InputCount = 2;

    /// <summary>Outputs: red, green and blue.</summary>
    public const int OutputCount = 3;

    /// <summary>Makes a network and draws its weights.</summary>
    /// <param name="design">Shape, activation, initialisation and seed.</param>
    /// <exception cref="ArgumentException">The design has a value out of its range.</exception>
    public Mlp(MlpDesign design)
    {
        design.Validate();
        Design = design;
        var layers = new DenseLayer[design.HiddenLayers.Count + 1];
        int inputs = InputCount;
        for (int i = 0; i < design.HiddenLayers.Count; i++)
        {
            layers[i] = new DenseLayer(inputs, design.HiddenLayers[i], design.Activation);
            inputs = design.HiddenLayers[i];
        }
        layers[^1] = new DenseLayer(inputs, OutputCount, Activation.Identity);
        Layers = layers;
        WeightInitializer.Draw(this);
    }

    private Mlp(MlpDesign design, DenseLayer[] layers)
    {
        Design = design;
        Layers = layers;
    }

    /// <summary>What the network was made from.</summary>
    public MlpDesign Design { get; }

    /// <summary>The layers from the coordinates to the colours; the last is the linear output layer.</summary>
    public IReadOnlyList<DenseLayer> Layers { get; }

    /// <summary>Neurons in each hidden layer.</summary>
    public IReadOnlyList<int> HiddenLayers => Design.HiddenLayers;

    /// <summary>The hidden layers' activation.</summary>
    public Activation Activation => Design.Activation;

    /// <summary>Number of weights, biases not counted: what a training step's work is reckoned by.</summary>
    public long WeightCount => Layers.Sum(layer => (long)layer.InputCount * layer.OutputCount);

    /// <summary>Number of all trained values: weights and biases.</summary>
    public long ParameterCount => Layers.Sum(layer => ((long)layer.InputCount + 1) * layer.OutputCount);

    /// <summary>The shape in short: <c>2-256-256-256-3</c>.</summary>
    public string Shape => string.Join('-', HiddenLayers.Prepend(InputCount).Append(OutputCount));

    /// <summary>A copy that shares nothing with this network.</summary>
    public Mlp Clone() => new(Design, [.. Layers.Select(layer => layer.Clone())]);

    /// <inheritdoc/>
    public override string ToString() => $"{Shape} {Activation}, {ParameterCount:N0} parameters";
}
