namespace MonaLisa.Engine.Storage;

/// <summary>The names of the tensors of the encoding and of a layer, counted from 0, as a PyTorch module with a list of layers has them.</summary>
internal static class TensorNames
{
    /// <summary>A matrix of the encoding.</summary>
    public static string Encoding(EncodingTensorShape shape) => $"encoding.{shape.Name}";

    /// <summary>The weights, <c>[outputs, inputs]</c>.</summary>
    public static string Weight(int layer) => $"layers.{layer}.weight";

    /// <summary>What each neuron's 8-bit weights are multiplied by, <c>[outputs]</c>.</summary>
    public static string Scale(int layer) => $"layers.{layer}.weight.scale";

    /// <summary>The biases, <c>[outputs]</c>.</summary>
    public static string Bias(int layer) => $"layers.{layer}.bias";
}
