namespace MonaLisa.Engine.Storage;

/// <summary>Writes model files.</summary>
internal static class ModelWriter
{
    /// <summary>Writes a model.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="network">The network, every weight finite under the precision.</param>
    /// <param name="precision">How the weights are kept.</param>
    /// <param name="training">The training behind it, or null.</param>
    public static void Write(Stream stream, Mlp network, ModelPrecision precision, TrainingFacts? training)
    {
        IReadOnlyList<NetworkTensor> tensors = TensorLayout.Of(network, precision);
        stream.Write(Header(network, tensors, training));
        var writer = new TensorWriter(stream);
        foreach (NetworkTensor tensor in tensors)
            writer.Write(tensor);
    }

    /// <summary>Bytes of the file that <see cref="Write"/> would write.</summary>
    public static long LengthOf(Mlp network, ModelPrecision precision, TrainingFacts? training)
    {
        IReadOnlyList<NetworkTensor> tensors = TensorLayout.Of(network, precision);
        return Header(network, tensors, training).Length + tensors.Max(tensor => tensor.Stored.End);
    }

    private static byte[] Header(Mlp network, IReadOnlyList<NetworkTensor> tensors, TrainingFacts? training) =>
        SafetensorsHeader.Compose(
            new ModelDescription(ModelDescription.ThisWriter, network.Design, training).ToMetadata(),
            tensors.Select(tensor => tensor.Stored));
}
