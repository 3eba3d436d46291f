using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Output;

/// <summary>A network that enlarges, in operators of ONNX: a picture becomes the picture at twice its size.</summary>
/// <param name="graph">The graph.</param>
/// <param name="network">The network.</param>
internal sealed class OnnxEnlarging(OnnxGraph graph, Mlp network) : OnnxNeighborhood(graph, network)
{
    /// <summary>The name of the output, <c>[1, channels, 2 height, 2 width]</c>.</summary>
    private const string OutputName = "enlarged";

    private string _seen = "";

    /// <inheritdoc/>
    protected override string InputDescription =>
        "The picture: a number for each sample, 0 to 1, in sRGB; the learned picture where none is given.";

    /// <inheritdoc/>
    protected override void AddOutput()
    {
        _seen = Framed("seen", Components("components", InputName), NeighborhoodPlane.Pixel, step: 1);
        string[] corrections = [.. Quarters.Select(Correction)];
        string interpolated = Doubled("interpolated", InputName);
        string correction = Graph.Node("correction", "DepthToSpace", [Graph.Concat("corrections", corrections)], OnnxAttribute.Of("blocksize", 2));
        string sum = Graph.Node("sum", "Add", [interpolated, correction]);
        for (int i = 0; i < Encoding.Corrections; i++)
        {
            string painted = Graph.Clamp($"painted.{i}", sum);
            sum = Graph.Node($"consistent.{i}", "Add", [painted, Doubled($"missing.{i}.doubled", Missing($"missing.{i}", painted))]);
        }
        Graph.Clamp(OutputName, sum);
        Graph.Output(OutputName, "The picture at twice its size.", 1, Channels, "2 height", "2 width");
    }

    /// <inheritdoc/>
    protected override string FirstSums(OnnxView view) =>
        Convolved(view, _seen, NeighborhoodPlane.Pixel, step: 1, Channels, isMiddle: _ => true, biases: true);

    /// <summary>What the painted picture, made smaller, lacks of the picture.</summary>
    private string Missing(string name, string painted)
    {
        (float[] weights, int before) = BackProjection.Weights(Encoding.Kernel);
        int after = weights.Length - before - 2;
        string smaller = Graph.Node($"{name}.smaller", "Conv",
            [Graph.Pad($"{painted}.padded", painted, before, after), Separable("smaller.weights", weights, weights)],
            OnnxAttribute.Of("group", Channels), OnnxAttribute.Of("strides", [2L, 2L]));
        return Graph.Node(name, "Sub", [InputName, smaller]);
    }

    /// <summary>A picture doubled by cubic convolution.</summary>
    private string Doubled(string name, string picture)
    {
        const int Margin = 2;
        string padded = Graph.Pad($"{name}.padded", picture, Margin, Margin);
        string[] quarters = [.. Quarters.Select((quarter, number) => Graph.Node($"{name}.{number}", "Conv",
            [padded, Separable($"cubic.{number}", CubicTowards(quarter.Down), CubicTowards(quarter.Across))], OnnxAttribute.Of("group", Channels)))];
        return Graph.Node(name, "DepthToSpace", [Graph.Concat($"{name}.quarters", quarters)], OnnxAttribute.Of("blocksize", 2));
    }

    private static float[] CubicTowards(int direction)
    {
        float[] weights = [0, .. NeighborhoodEncoder.Cubic];
        return direction > 0 ? weights : [.. weights.Reverse()];
    }

    /// <summary>The same weights for each channel: the products of those down and those across.</summary>
    private string Separable(string name, float[] down, float[] across) => Graph.Constant(
        name, [.. Enumerable.Range(0, Channels).SelectMany(_ => down.SelectMany(one => across.Select(other => one * other)))],
        Channels, 1, down.Length, across.Length);
}
