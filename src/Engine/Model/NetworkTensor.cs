namespace MonaLisa.Engine;

/// <summary>What a tensor is to its network.</summary>
internal enum TensorRole
{
    /// <summary>Numbers of the encoding: frequencies, or the table of a level.</summary>
    Encoding,

    /// <summary>The weights of a layer.</summary>
    Weight,

    /// <summary>The biases of a layer.</summary>
    Bias,
}

/// <summary>
/// A tensor of a network. This is the one enumeration of them: model files, checkpoints, snapshots, compressed files and exports have it.
/// </summary>
/// <param name="Name">Its name in files, as a PyTorch module with a list of layers has it.</param>
/// <param name="Role">What it is.</param>
/// <param name="Layer">Its layer, from 0; the first layer for the encoding.</param>
/// <param name="Rows">Rows: neurons, entries of a table, or 1 for biases.</param>
/// <param name="Columns">Numbers in a row.</param>
/// <param name="LevelColumns">Vertices in a row of the grid's level whose table it is; null for everything else.</param>
internal sealed record NetworkTensor(string Name, TensorRole Role, int Layer, int Rows, int Columns, int? LevelColumns = null)
{
    /// <summary>Count of numbers.</summary>
    public long Length => (long)Rows * Columns;

    /// <summary>Its sides in files, outermost first; biases have one.</summary>
    public long[] Shape => Role == TensorRole.Bias ? [Columns] : [Rows, Columns];

    /// <summary>The name of a layer's weights, <c>[outputs, inputs]</c>.</summary>
    public static string WeightName(int layer) => $"layers.{layer}.weight";

    /// <summary>The name of a layer's biases, <c>[outputs]</c>.</summary>
    public static string BiasName(int layer) => $"layers.{layer}.bias";

    /// <summary>The tensors of a network: those of the encoding, then the weights and biases of each layer.</summary>
    public static IReadOnlyList<NetworkTensor> Of(MlpDesign design)
    {
        var tensors = new List<NetworkTensor>();
        IReadOnlyList<GridLevel>? levels = (design.Encoding as GridEncoding)?.Levels;
        foreach (EncodingTensorShape shape in design.Encoding.TensorShapes)
            tensors.Add(new($"encoding.{shape.Name}", TensorRole.Encoding, 0, shape.Rows, shape.Columns, levels?[tensors.Count].Columns));
        int[] widths = [design.Encoding.FeatureCount, .. design.HiddenLayers, design.OutputCount];
        for (int layer = 0; layer < widths.Length - 1; layer++)
        {
            tensors.Add(new(WeightName(layer), TensorRole.Weight, layer, widths[layer + 1], widths[layer]));
            tensors.Add(new(BiasName(layer), TensorRole.Bias, layer, 1, widths[layer + 1]));
        }
        return tensors;
    }

    /// <summary>The numbers of a network's tensors in the same order, row-major; not copied.</summary>
    public static IReadOnlyList<float[]> ValuesOf(Mlp network) => ValuesOf(network.EncodingTensors, network.Layers);

    /// <summary>The numbers of an encoding's tensors and of layers in the same order, row-major; not copied.</summary>
    public static IReadOnlyList<float[]> ValuesOf(IReadOnlyList<EncodingTensor> encoding, IReadOnlyList<DenseLayer> layers) =>
        [.. encoding.Select(tensor => tensor.Values), .. layers.SelectMany(layer => new[] { layer.Weights, layer.Biases })];
}
