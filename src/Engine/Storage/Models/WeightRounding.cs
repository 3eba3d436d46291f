namespace MonaLisa.Engine.Storage;

/// <summary>The number types of a network's tensors under a <see cref="ModelPrecision"/>, and what becomes of the weights.</summary>
internal static class WeightRounding
{
    /// <summary>The number type of a layer's weights.</summary>
    public static TensorType TypeOf(int layer, ModelPrecision precision) => precision switch
    {
        ModelPrecision.Single => TensorType.F32,
        ModelPrecision.Int8 when layer > 0 => TensorType.I8,
        _ => TensorType.F16,
    };

    /// <summary>The number type of an encoding's numbers: trained ones are halved at most, random frequencies stay as they are.</summary>
    public static TensorType TypeOf(InputEncoding encoding, ModelPrecision precision) =>
        precision == ModelPrecision.Single || !encoding.IsTrained ? TensorType.F32 : TensorType.F16;

    /// <summary>The network as it comes back out of a file of this precision.</summary>
    public static Mlp Round(Mlp network, ModelPrecision precision)
    {
        var layers = new DenseLayer[network.Layers.Count];
        for (int i = 0; i < layers.Length; i++)
        {
            layers[i] = network.Layers[i].Clone();
            Round(layers[i], TypeOf(i, precision));
        }
        EncodingTensor[] tensors = [.. network.EncodingTensors.Select(tensor => tensor.Clone())];
        if (TypeOf(network.Design.Encoding, precision) == TensorType.F16)
            foreach (EncodingTensor tensor in tensors)
                foreach (ref float value in tensor.Values.AsSpan())
                    value = (float)(Half)value;
        return Mlp.FromLayers(network.Design, layers, tensors);
    }

    private static void Round(DenseLayer layer, TensorType type)
    {
        for (int row = 0; type != TensorType.F32 && row < layer.OutputCount; row++)
        {
            Span<float> weights = layer.Weights.AsSpan(row * layer.InputCount, layer.InputCount);
            float scale = RowScale.Of(weights);
            foreach (ref float weight in weights)
                weight = type == TensorType.F16 ? (float)(Half)weight : RowScale.Quantize(weight, scale) * scale;
        }
    }
}
