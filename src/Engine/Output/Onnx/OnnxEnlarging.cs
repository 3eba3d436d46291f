using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Output;

/// <summary>
/// A network with the encoding Neighborhood in operators of ONNX: it doubles a picture. The input is a picture of any size; the network's own
/// is its value where none is given. What the network sees of a place is a convolution in each of eight views, a quarter of a pixel and a turn
/// each; the layers after the first are convolutions of one pixel.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="network">The network.</param>
internal sealed class OnnxEnlarging(OnnxGraph graph, Mlp network)
{
    /// <summary>The name of the input, <c>[1, channels, height, width]</c> in [0, 1].</summary>
    public const string InputName = "picture";

    /// <summary>The name of the output, <c>[1, channels, 2 height, 2 width]</c>.</summary>
    public const string OutputName = "enlarged";

    private static readonly int Reach = NeighborhoodFeature.Reach(NeighborhoodTask.Enlarge), Side = 2 * Reach + 1;

    private readonly NeighborhoodEncoding _encoding = (NeighborhoodEncoding)network.Design.Encoding;
    private readonly int _channels = network.OutputCount;

    /// <summary>Adds input, nodes and output.</summary>
    public void Apply()
    {
        graph.Input(InputName, "The picture: a number for each sample, 0 to 1, in sRGB; the learned picture where none is given.",
            1, _channels, "height", "width");
        graph.Constant(InputName, ByChannel(), 1, _channels, _encoding.Height, _encoding.Width);
        string seen = graph.Pad("seen", graph.Node("components", "Conv", [InputName, Components()]), Reach, Reach);
        string[] corrections = [.. Quarters.Select(quarter => Correction(seen, quarter.Down, quarter.Across))];
        string interpolated = Doubled("interpolated", InputName);
        string correction = graph.Node("correction", "DepthToSpace", [graph.Concat("corrections", corrections)], OnnxAttribute.Of("blocksize", 2));
        string sum = graph.Node("sum", "Add", [interpolated, correction]);
        if (_encoding.IsConsistent)
            sum = graph.Node("consistent", "Add", [graph.Clamp("painted", sum), Doubled("missing.doubled", Missing("painted"))]);
        graph.Clamp(OutputName, sum);
        graph.Output(OutputName, "The picture at twice its size.", 1, _channels, "2 height", "2 width");
    }

    /// <summary>The quarters of a pixel, as DepthToSpace takes them: whether down and to the right of its centre (1) or not (-1).</summary>
    private static (int Down, int Across)[] Quarters => [(-1, -1), (-1, 1), (1, -1), (1, 1)];

    /// <summary>The mean of what the network gives for the two views of a quarter, as a correction of colours.</summary>
    private string Correction(string seen, int down, int across)
    {
        string name = $"quarter.{(down + 1) / 2}{(across + 1) / 2}";
        string both = graph.Node($"{name}.both", "Add", [View(seen, $"{name}.plain", down, across, false), View(seen, $"{name}.turned", down, across, true)]);
        float share = _encoding.Blend * ColorTransform.Of(network.Design.Colors).Scale / 2;
        return graph.Node($"{name}.correction", "Mul", [both, graph.Constant("share", [share])]);
    }

    private string View(string seen, string name, int down, int across, bool isTurned)
    {
        string values = seen;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            DenseLayer layer = network.Layers[i];
            string weights = i == 0
                ? graph.Constant($"{name}.weights", FirstWeights(down, across, isTurned), layer.OutputCount, _channels, Side, Side)
                : graph.Constant(NetworkTensor.WeightName(i), layer.Weights, layer.OutputCount, layer.InputCount, 1, 1);
            values = graph.Node($"{name}.{i}", "Conv", [values, weights, graph.Constant(NetworkTensor.BiasName(i), layer.Biases, layer.OutputCount)]);
            if (layer.Activation != Activation.Identity)
                values = OnnxActivations.Apply(graph, network.Design, $"{name}.{i}", values);
        }
        return values;
    }

    /// <summary>The first layer's weights of the pixels around, of which each feature has one and the middle pixel the opposite.</summary>
    private float[] FirstWeights(int down, int across, bool isTurned)
    {
        IReadOnlyList<NeighborhoodFeature> features = NeighborhoodFeature.For(NeighborhoodTask.Enlarge, _channels);
        DenseLayer layer = network.Layers[0];
        var weights = new float[layer.OutputCount * _channels * Side * Side];
        for (int neuron = 0; neuron < layer.OutputCount; neuron++)
            for (int i = 0; i < features.Count; i++)
            {
                (int x, int y, int component, _) = features[i];
                if (isTurned)
                    (x, y) = (y, x);
                int plane = (neuron * _channels + component) * Side * Side;
                float weight = EnlargingView.FeatureScale * layer.Weights[neuron * layer.InputCount + i];
                weights[plane + (Reach + down * y) * Side + Reach + across * x] += weight;
                weights[plane + Reach * Side + Reach] -= weight;
            }
        return weights;
    }

    /// <summary>What the painted picture, made smaller, lacks of the picture.</summary>
    private string Missing(string painted)
    {
        // Of a side of eight pixels the third lies as any does.
        const int Small = 8, Middle = 3;
        var taps = new ResampleTaps(_encoding.Kernel, 0, 2 * Small, Small);
        float[] weights = taps.Weights(Middle).ToArray();
        int before = 2 * Middle - taps.First(Middle), after = weights.Length - before - 2;
        string smaller = graph.Node("smaller", "Conv",
            [graph.Pad("painted.padded", painted, before, after), Separable("smaller.weights", weights, weights)],
            OnnxAttribute.Of("group", _channels), OnnxAttribute.Of("strides", [2L, 2L]));
        return graph.Node("missing", "Sub", [InputName, smaller]);
    }

    /// <summary>A picture doubled by cubic convolution.</summary>
    private string Doubled(string name, string picture)
    {
        const int Margin = 2;
        string padded = graph.Pad($"{name}.padded", picture, Margin, Margin);
        string[] quarters = [.. Quarters.Select((quarter, number) => graph.Node($"{name}.{number}", "Conv",
            [padded, Separable($"cubic.{number}", CubicTowards(quarter.Down), CubicTowards(quarter.Across))], OnnxAttribute.Of("group", _channels)))];
        return graph.Node(name, "DepthToSpace", [graph.Concat($"{name}.quarters", quarters)], OnnxAttribute.Of("blocksize", 2));
    }

    private static float[] CubicTowards(int direction)
    {
        float[] weights = [0, .. NeighborhoodEncoder.Cubic];
        return direction > 0 ? weights : [.. weights.Reverse()];
    }

    /// <summary>The same weights for each channel: the products of those down and those across.</summary>
    private string Separable(string name, float[] down, float[] across) => graph.Constant(
        name, [.. Enumerable.Range(0, _channels).SelectMany(_ => down.SelectMany(one => across.Select(other => one * other)))],
        _channels, 1, down.Length, across.Length);

    /// <summary>From channels to components: luma, two differences of colours, alpha.</summary>
    private string Components()
    {
        float[] matrix = _channels == 1 ? [1] :
        [
            .. Row(1 / 3f, 1 / 3f, 1 / 3f), .. Row(1, 0, -1), .. Row(-0.5f, 1, -0.5f), .. _channels == 4 ? (float[])[0, 0, 0, 1] : [],
        ];
        return graph.Constant("components.weights", matrix, _channels, _channels, 1, 1);

        float[] Row(float red, float green, float blue) => _channels == 4 ? [red, green, blue, 0] : [red, green, blue];
    }

    private float[] ByChannel()
    {
        float[] picture = network.EncodingTensors[0].Values, planes = new float[picture.Length];
        int pixels = picture.Length / _channels;
        for (int i = 0; i < picture.Length; i++)
            planes[i % _channels * pixels + i / _channels] = picture[i];
        return planes;
    }
}
