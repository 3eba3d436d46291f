using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Storage;

/// <summary>Models in safetensors files.</summary>
internal static class SafetensorsModel
{
    private const string ScaleSuffix = ".scale";

    private static readonly TensorType[] WeightTypes = [TensorType.F32, TensorType.F16, TensorType.I8];
    private static readonly TensorType[] OtherTypes = [TensorType.F32, TensorType.F16];

    /// <summary>Writes a model.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="network">The network, every weight finite under the precision.</param>
    /// <param name="precision">How the weights are kept.</param>
    /// <param name="training">The training behind it, or null.</param>
    public static void Write(Stream stream, Mlp network, ModelPrecision precision, TrainingFacts? training) =>
        SafetensorsWriter.Write(stream, ModelDescription.Of(network.Design, training).ToMetadata(), Tensors(network, precision));

    /// <summary>Bytes of the file that <see cref="Write"/> would write.</summary>
    public static long LengthOf(Mlp network, ModelPrecision precision, TrainingFacts? training) =>
        SafetensorsWriter.LengthOf(ModelDescription.Of(network.Design, training).ToMetadata(), Tensors(network, precision));

    /// <summary>Reads a model. All of the header is checked before the network is allocated.</summary>
    /// <param name="stream">The file, at its start; it can seek.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <exception cref="ModelFileException">It is no model that can be loaded.</exception>
    public static ModelDocument Read(Stream stream, ModelFaults faults)
    {
        var reader = new SafetensorsReader(stream, faults);
        ModelDescription description = ModelDescription.Parse(reader.Metadata, faults);
        MlpDesign design = description.Design;
        ModelLimits.RequireModestSize(design, faults);
        IReadOnlyList<NetworkTensor> tensors = NetworkTensor.Of(design);
        StoredTensor[] stored = [.. tensors.Select(tensor =>
            reader.Take(tensor.Name, tensor.Role == TensorRole.Weight ? WeightTypes : OtherTypes, tensor.Shape))];
        StoredTensor?[] scales = [.. tensors.Select((tensor, i) => stored[i].Type == TensorType.I8
            ? reader.Take(tensor.Name + ScaleSuffix, [TensorType.F32], tensor.Rows) : null)];
        reader.RequireAllTaken(design);

        Mlp network = Mlp.Zeros(design);
        IReadOnlyList<float[]> values = NetworkTensor.ValuesOf(network);
        for (int i = 0; i < tensors.Count; i++)
        {
            reader.Read(stored[i], values[i]);
            reader.RequireFinite(values[i], tensors[i].Name);
            if (scales[i] is StoredTensor scale)
                Scale(values[i], tensors[i].Columns, scale, reader);
        }
        TensorType narrowest = stored.Where((_, i) => tensors[i].Role == TensorRole.Weight).Max(tensor => tensor.Type);
        return new ModelDocument
        {
            Network = network.WithTraining(description.Training),
            Precision = narrowest == TensorType.F32 ? ModelPrecision.Single : narrowest == TensorType.F16 ? ModelPrecision.Half : ModelPrecision.Int8,
            Writer = description.Writer,
        };
    }

    private static void Scale(Span<float> weights, int columns, StoredTensor scale, SafetensorsReader reader)
    {
        float[] scales = new float[weights.Length / columns];
        reader.Read(scale, scales);
        reader.RequireFinite(scales, scale.Name);
        for (int i = 0; i < weights.Length; i++)
            weights[i] *= scales[i / columns];
        // Two finite numbers may have an infinite product.
        reader.RequireFinite(weights, scale.Name);
    }

    // In the order of the file: the wider types first, so that each is aligned to its numbers' size.
    private static List<TensorToWrite> Tensors(Mlp network, ModelPrecision precision)
    {
        var tensors = new List<TensorToWrite>();
        foreach ((NetworkTensor tensor, float[] values) in NetworkTensor.Of(network.Design).Zip(NetworkTensor.ValuesOf(network)))
        {
            TensorType type = WeightRounding.TypeOf(tensor, network.Design, precision);
            tensors.Add(new(tensor.Name, type, tensor.Shape, type == TensorType.I8
                ? writer => WriteRows(values, tensor.Columns, writer) : writer => writer.Write(values, type)));
            if (type == TensorType.I8)
                tensors.Add(new(tensor.Name + ScaleSuffix, TensorType.F32, [tensor.Rows],
                    writer => writer.Write(RowScale.OfRows(values, tensor.Columns))));
        }
        return [.. tensors.OrderByDescending(tensor => SafetensorsHeader.SizeOf(tensor.Type))];
    }

    private static void WriteRows(float[] values, int columns, TensorWriter writer)
    {
        float[] scales = RowScale.OfRows(values, columns);
        byte[] row = new byte[columns];
        for (int i = 0; i < scales.Length; i++)
        {
            for (int column = 0; column < columns; column++)
                row[column] = (byte)RowScale.Quantize(values[i * columns + column], scales[i]);
            writer.Write(row);
        }
    }
}
