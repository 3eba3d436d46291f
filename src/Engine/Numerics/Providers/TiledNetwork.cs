namespace MonaLisa.Engine.Numerics;

/// <summary>
/// A network laid out for computing: its parameters in one run of floats in the provider's own order, and the passes of a tile
/// through it. Passes read the parameters and write only their tile and gradient, so any number may run at once.
/// </summary>
internal abstract unsafe class TiledNetwork
{
    /// <summary>Lays out memory for a network of the given shape; its values are not yet loaded.</summary>
    /// <param name="network">The shape.</param>
    /// <param name="instructionSet">The vectors to use.</param>
    /// <param name="layers">Where the layers' parameters lie.</param>
    /// <param name="encoder">The network's encoder, or null where the first layer sees the coordinates.</param>
    protected TiledNetwork(Mlp network, InstructionSet instructionSet, LayerLayout[] layers, Encoder? encoder)
    {
        (InstructionSet, Layers, Encoder) = (instructionSet, layers, encoder);
        Slices = [.. layers.SelectMany((layer, number) => layer.Slices(number))];
        Design = network.Design;
        ActivationParameters = Design.ActivationParameters;
        Colors = ColorTransform.Of(Design.Colors);
        Parameters = new AlignedBuffer(layers[^1].End);
    }

    /// <summary>The network's shape, activation and conventions.</summary>
    public MlpDesign Design { get; }

    /// <summary>How outputs become colours.</summary>
    public ColorTransform Colors { get; }

    /// <summary>From coordinates to features, its tables included; null where the first layer sees the coordinates.</summary>
    public Encoder? Encoder { get; }

    /// <summary>How the features, and their gradients, of so many rows lie.</summary>
    public abstract PackedLayout FeatureLayout(int capacity);

    /// <summary>Floats that they take.</summary>
    public abstract int FeatureLength(int capacity);

    /// <summary>How a hidden layer's activations lie in a tile of so many rows; as the features do.</summary>
    public abstract PackedLayout HiddenLayout(int layer, int capacity);

    /// <summary>The layers' weights and biases; padding is zero and stays so.</summary>
    public AlignedBuffer Parameters { get; }

    /// <summary>Where each layer's parameters lie.</summary>
    public LayerLayout[] Layers { get; }

    /// <summary>The parameters cut up for updating; together they are all of them.</summary>
    public IReadOnlyList<ParameterSlice> Slices { get; }

    /// <summary>Provider and instructions, such as <c>Managed (AVX-512)</c>.</summary>
    public abstract string Description { get; }

    /// <summary>The vectors its parameters are updated with.</summary>
    public InstructionSet InstructionSet { get; }

    /// <summary>Inputs of a layer.</summary>
    public int InputsOf(int layer) => Layers[layer].Inputs;

    /// <summary>Outputs of a layer.</summary>
    public int OutputsOf(int layer) => Layers[layer].Outputs;

    /// <summary>The output layer.</summary>
    protected int LastLayer => Design.HiddenLayers.Count;

    /// <summary>The hidden activation's parameters.</summary>
    protected ActivationParameters ActivationParameters { get; }

    /// <summary>Copies a network's weights in.</summary>
    public void Load(Mlp network)
    {
        LoadLayers(network.Layers, Parameters);
        foreach (ParameterSlice slice in Slices)
            Refresh(slice);
        Encoder?.Load(network.EncodingTensors);
    }

    /// <summary>Copies the weights out to a network of the same shape.</summary>
    public void Save(Mlp network)
    {
        SaveLayers(Parameters, network.Layers);
        Encoder?.Save(network.EncodingTensors);
    }

    /// <summary>Copies layers into a buffer that is laid out as <see cref="Parameters"/>; its padding is left as it is.</summary>
    public void LoadLayers(IReadOnlyList<DenseLayer> layers, AlignedBuffer destination)
    {
        for (int layer = 0; layer <= LastLayer; layer++)
        {
            LayerLayout layout = Layers[layer];
            for (int output = 0; output < layout.Outputs; output++)
                for (int input = 0; input < layout.Inputs; input++)
                    destination.Pointer[layout.WeightOf(input, output)] = layers[layer].Weights[output * layout.Inputs + input];
            layers[layer].Biases.CopyTo(destination.Span[layout.Biases..]);
        }
    }

    /// <summary>Copies a buffer that is laid out as <see cref="Parameters"/> out to layers.</summary>
    public void SaveLayers(AlignedBuffer source, IReadOnlyList<DenseLayer> layers)
    {
        for (int layer = 0; layer <= LastLayer; layer++)
        {
            LayerLayout layout = Layers[layer];
            for (int output = 0; output < layout.Outputs; output++)
                for (int input = 0; input < layout.Inputs; input++)
                    layers[layer].Weights[output * layout.Inputs + input] = source.Pointer[layout.WeightOf(input, output)];
            source.Span.Slice(layout.Biases, layout.Outputs).CopyTo(layers[layer].Biases);
        }
    }

    /// <summary>Working memory for one thread.</summary>
    /// <param name="capacity">The most rows, a multiple of <see cref="PanelLayout.Width"/>.</param>
    /// <param name="training">Whether <see cref="Backward"/> will be called.</param>
    public abstract Tile CreateTile(int capacity, bool training);

    /// <summary>From the tile's coordinates to its outputs.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="rows">Rows in use, 1 to the tile's capacity.</param>
    public abstract void Forward(Tile tile, int rows);

    /// <summary>Sums a tile's errors and sets its output gradients.</summary>
    /// <param name="tile">The tile, after <see cref="Forward"/>.</param>
    /// <param name="rows">Rows in use.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="gradientScale">
    /// What <see cref="ILossKernel.Derivative"/>, for squared losses (colour - target), is multiplied by; 0 where only the sums are wanted.
    /// </param>
    /// <param name="sums">The errors are added here.</param>
    public abstract void MeasureLoss(Tile tile, int rows, PixelLoss loss, float gradientScale, ref ErrorSums sums);

    /// <summary>
    /// From the tile's output gradients to the parameters' gradient; and to the features', where <see cref="Tile.FeatureGradients"/>
    /// says where they go.
    /// </summary>
    /// <param name="tile">The tile, after <see cref="Forward"/> and <see cref="MeasureLoss"/>.</param>
    /// <param name="rows">Rows in use.</param>
    /// <param name="gradient">Receives the gradient, laid out as <see cref="Parameters"/>; its padding must be zero before.</param>
    /// <param name="add">Whether to add to what the gradient holds, rather than overwrite it.</param>
    public abstract void Backward(Tile tile, int rows, float* gradient, bool add);

    /// <summary>Brings what is derived from a slice of the parameters up to date after it has changed.</summary>
    public abstract void Refresh(in ParameterSlice slice);
}
