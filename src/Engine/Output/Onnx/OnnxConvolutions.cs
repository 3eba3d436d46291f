using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Output;

/// <summary>What models of whole pictures share, <c>[1, channels, height, width]</c>, in operators of ONNX.</summary>
internal static class OnnxConvolutions
{
    /// <summary>A network's layers from the first one's sums on: the others are convolutions of one pixel.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="network">The network.</param>
    /// <param name="name">The beginning of the nodes' names.</param>
    /// <param name="firstSums">The sums of the first layer.</param>
    public static string Layers(OnnxGraph graph, Mlp network, string name, string firstSums)
    {
        string values = firstSums;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            DenseLayer layer = network.Layers[i];
            if (i > 0)
                values = graph.Node($"{name}.{i}", "Conv",
                    [values, graph.Constant(NetworkTensor.WeightName(i), layer.Weights, layer.OutputCount, layer.InputCount, 1, 1), Biases(graph, network, i)]);
            if (layer.Activation != Activation.Identity)
                values = OnnxActivations.Apply(graph, network.Design, $"{name}.{i}", values);
        }
        return values;
    }

    /// <summary>The biases of a layer.</summary>
    public static string Biases(OnnxGraph graph, Mlp network, int layer) =>
        graph.Constant(NetworkTensor.BiasName(layer), network.Layers[layer].Biases, network.Layers[layer].OutputCount);

    /// <summary>The means of squares of pixels, of each number of a pixel; the edges go on beyond the picture.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the means.</param>
    /// <param name="values">The pixels.</param>
    /// <param name="numbers">How many numbers a pixel has.</param>
    /// <param name="side">Pixels along a side of a square, an odd number.</param>
    /// <param name="distance">From one of them to the next.</param>
    public static string Means(OnnxGraph graph, string name, string values, int numbers, int side, int distance = 1)
    {
        int margin = side / 2 * distance;
        string weights = graph.Constant($"{name}.weights", [.. Enumerable.Repeat(1f / (side * side), numbers * side * side)], numbers, 1, side, side);
        return graph.Node(name, "Conv", [graph.Pad($"{name}.framed", values, margin, margin), weights],
            OnnxAttribute.Of("group", numbers), OnnxAttribute.Of("dilations", [(long)distance, distance]));
    }
}
