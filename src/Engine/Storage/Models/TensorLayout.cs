namespace MonaLisa.Engine.Storage;

/// <summary>Lays a network's tensors out one after the other.</summary>
internal static class TensorLayout
{
    /// <summary>The tensors in the order of the file: the wider types first, so that each is aligned to its numbers' size.</summary>
    public static IReadOnlyList<NetworkTensor> Of(Mlp network, ModelPrecision precision)
    {
        var tensors = new List<NetworkTensor>();
        long start = 0;
        foreach (NetworkTensor tensor in Unplaced(network, precision).OrderByDescending(tensor => tensor.Stored.Type.Size()))
        {
            long end = start + tensor.Stored.Shape.Aggregate((long)tensor.Stored.Type.Size(), (size, side) => size * side);
            tensors.Add(tensor with { Stored = tensor.Stored with { Start = start, End = end } });
            start = end;
        }
        return tensors;
    }

    private static IEnumerable<NetworkTensor> Unplaced(Mlp network, ModelPrecision precision)
    {
        foreach (EncodingTensor tensor in network.EncodingTensors)
        {
            TensorType type = WeightRounding.TypeOf(network.Design.Encoding, precision);
            yield return new(tensor.Values, tensor.Shape.Columns, TensorRole.Weight,
                new(TensorNames.Encoding(tensor.Shape), type, [tensor.Shape.Rows, tensor.Shape.Columns], 0, 0));
        }
        for (int i = 0; i < network.Layers.Count; i++)
        {
            DenseLayer layer = network.Layers[i];
            int outputs = layer.OutputCount, inputs = layer.InputCount;
            TensorType type = WeightRounding.TypeOf(i, precision);
            yield return new(layer.Weights, inputs, TensorRole.Weight, new(TensorNames.Weight(i), type, [outputs, inputs], 0, 0));
            if (type == TensorType.I8)
                yield return new(layer.Weights, inputs, TensorRole.Scale, new(TensorNames.Scale(i), TensorType.F32, [outputs], 0, 0));
            yield return new(layer.Biases, outputs, TensorRole.Bias, new(TensorNames.Bias(i), TensorType.F32, [outputs], 0, 0));
        }
    }
}
