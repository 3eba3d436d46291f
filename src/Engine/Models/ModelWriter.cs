namespace MonaLisa.Engine.Models;

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
        var description = new ModelDescription(ModelDescription.ThisWriter, network.Design, training);
        stream.Write(SafetensorsHeader.Compose(description.ToMetadata(), tensors.Select(tensor => tensor.Stored)));
        var writer = new TensorWriter(stream);
        foreach (NetworkTensor tensor in tensors)
            writer.Write(tensor);
    }
}
