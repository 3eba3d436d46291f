namespace MonaLisa.Engine.Models;

/// <summary>Reads model files, in which anything may be: all of the header is checked before the network is allocated.</summary>
internal static class ModelReader
{
    /// <summary>Reads a model.</summary>
    /// <param name="stream">The file, at its start; it can seek.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <exception cref="ModelFileException">It is no model that can be loaded.</exception>
    public static ModelDocument Read(Stream stream, ModelFaults faults)
    {
        try
        {
            SafetensorsContent content = SafetensorsHeader.Read(stream, faults);
            ModelDescription description = ModelDescription.Parse(content.Metadata, faults);
            NetworkPlan plan = TensorCheck.Plan(description.Design, content, faults);
            var reader = new TensorReader(stream, stream.Length - content.DataLength, faults);
            EncodingTensor[] encoding = ReadEncoding(reader, description.Design.Encoding, plan.Encoding);
            return new ModelDocument
            {
                Network = Mlp.FromLayers(description.Design, ReadLayers(reader, description.Design, plan.Layers), encoding)
                    .WithTraining(description.Training),
                Precision = PrecisionOf(plan.Layers),
                Writer = description.Writer,
            };
        }
        catch (EndOfStreamException exception)
        {
            throw faults.Of(ModelFileProblem.Truncated, "it became shorter while it was read", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw faults.Of(ModelFileProblem.ReadFailed, "it could not be read to its end", exception);
        }
        catch (OutOfMemoryException exception)
        {
            throw faults.Of(ModelFileProblem.TooLarge, "there is not enough memory for its network", exception);
        }
    }

    private static EncodingTensor[] ReadEncoding(TensorReader reader, InputEncoding encoding, IReadOnlyList<StoredTensor> stored)
    {
        EncodingTensor[] tensors = [.. encoding.TensorShapes.Select(shape => new EncodingTensor(shape))];
        for (int i = 0; i < tensors.Length; i++)
            reader.Read(stored[i], tensors[i].Values);
        return tensors;
    }

    private static DenseLayer[] ReadLayers(TensorReader reader, MlpDesign design, IReadOnlyList<TensorPlan> plans)
    {
        DenseLayer[] layers = design.CreateLayers();
        for (int i = 0; i < layers.Length; i++)
        {
            reader.Read(plans[i].Weight, layers[i].Weights);
            reader.Read(plans[i].Bias, layers[i].Biases);
            if (plans[i].Scale is StoredTensor scale)
                Scale(layers[i], scale, reader);
        }
        return layers;
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
