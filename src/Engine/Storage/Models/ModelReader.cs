namespace MonaLisa.Engine.Storage;

/// <summary>
/// Reads model files of either kind, told apart by their first bytes. Anything may be in one: all of the header is checked before the
/// network is allocated.
/// </summary>
internal static class ModelReader
{
    /// <summary>Reads a model.</summary>
    /// <param name="stream">The file, at its start; it can seek.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <exception cref="ModelFileException">It is no model that can be loaded.</exception>
    public static ModelDocument Read(Stream stream, ModelFaults faults) => faults.Reading(() =>
    {
        Span<byte> start = stackalloc byte[CompressedLayout.Magic.Length];
        int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        ModelDocument document = CompressedLayout.IsCompressed(start[..length])
            ? CompressedReader.Read(stream, faults) : ReadSafetensors(stream, faults);
        return document with { Network = document.Network.WithStoredLength(stream.Length) };
    });

    private static ModelDocument ReadSafetensors(Stream stream, ModelFaults faults)
    {
        SafetensorsContent content = SafetensorsHeader.Read(stream, faults);
        ModelDescription description = ModelDescription.Parse(content.Metadata, faults);
        NetworkPlan plan = TensorCheck.Plan(description.Design, content, faults);
        var reader = new TensorReader(stream, stream.Length - content.DataLength, faults);
        return new ModelDocument
        {
            Network = ReadNetwork(reader, description.Design, plan).WithTraining(description.Training),
            Precision = PrecisionOf(plan.Layers),
            Writer = description.Writer,
        };
    }

    private static Mlp ReadNetwork(TensorReader reader, MlpDesign design, NetworkPlan plan)
    {
        Mlp network = Mlp.Zeros(design);
        for (int i = 0; i < plan.Encoding.Count; i++)
            reader.Read(plan.Encoding[i], network.EncodingTensors[i].Values);
        for (int i = 0; i < plan.Layers.Count; i++)
        {
            reader.Read(plan.Layers[i].Weight, network.Layers[i].Weights);
            reader.Read(plan.Layers[i].Bias, network.Layers[i].Biases);
            if (plan.Layers[i].Scale is StoredTensor scale)
                Scale(network.Layers[i], scale, reader);
        }
        return network;
    }

    private static void Scale(DenseLayer layer, StoredTensor scale, TensorReader reader)
    {
        float[] scales = new float[layer.OutputCount];
        reader.Read(scale, scales);
        for (int row = 0; row < scales.Length; row++)
            foreach (ref float weight in layer.Weights.AsSpan(row * layer.InputCount, layer.InputCount))
                weight *= scales[row];
        // Two finite numbers may have an infinite product.
        reader.RequireFinite(layer.Weights, scale.Name);
    }

    private static ModelPrecision PrecisionOf(IReadOnlyList<TensorPlan> plans) => plans.Max(plan => plan.Weight.Type) switch
    {
        TensorType.F32 => ModelPrecision.Single,
        TensorType.F16 => ModelPrecision.Half,
        _ => ModelPrecision.Int8,
    };
}
