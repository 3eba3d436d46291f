namespace MonaLisa.Engine.Storage;

/// <summary>A matrix of a network's numbers, in its place in the order of a compressed file.</summary>
/// <param name="Name">The name that a model file gives it.</param>
/// <param name="Rows">Rows: neurons, entries of a table, or 1 for biases.</param>
/// <param name="Columns">Numbers in a row.</param>
/// <param name="LevelColumns">Vertices in a row of the grid's level whose table it is; null for everything else.</param>
internal sealed record TensorSlot(string Name, int Rows, int Columns, int? LevelColumns)
{
    /// <summary>Count of numbers.</summary>
    public long Length => (long)Rows * Columns;

    /// <summary>The matrices of a network: those of the encoding, then each layer's weights and biases.</summary>
    public static IReadOnlyList<TensorSlot> Of(MlpDesign design)
    {
        var slots = new List<TensorSlot>();
        IReadOnlyList<GridLevel>? levels = (design.Encoding as GridEncoding)?.Levels;
        foreach (EncodingTensorShape shape in design.Encoding.TensorShapes)
            slots.Add(new(TensorNames.Encoding(shape), shape.Rows, shape.Columns, levels?[slots.Count].Columns));
        int[] widths = [design.Encoding.FeatureCount, .. design.HiddenLayers, design.OutputCount];
        for (int layer = 0; layer < widths.Length - 1; layer++)
        {
            slots.Add(new(TensorNames.Weight(layer), widths[layer + 1], widths[layer], null));
            slots.Add(new(TensorNames.Bias(layer), 1, widths[layer + 1], null));
        }
        return slots;
    }

    /// <summary>The numbers of a network's matrices, in the same order; not copied.</summary>
    public static IReadOnlyList<float[]> NumbersOf(Mlp network) =>
    [
        .. network.EncodingTensors.Select(tensor => tensor.Values),
        .. network.Layers.SelectMany(layer => new[] { layer.Weights, layer.Biases }),
    ];
}
