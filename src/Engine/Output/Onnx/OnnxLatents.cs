using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Output;

/// <summary>
/// A picture of latents in operators of ONNX, without an input. The wavelet's inverse is a product with a matrix on each side of a level's
/// bands; the layers are convolutions.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="network">The network.</param>
internal sealed class OnnxLatents(OnnxGraph graph, Mlp network)
{
    /// <summary>The name of the output, <c>[1, channels, height, width]</c>.</summary>
    private const string OutputName = "picture";

    private readonly LatentEncoding _encoding = (LatentEncoding)network.Design.Encoding;
    private readonly short[][] _latents = LatentNetwork.PlanesOf(network).Latents;
    private readonly int _channels = network.OutputCount;

    /// <summary>The bytes of latents and matrices, which are nearly all of a model; known before any of it is made.</summary>
    public static long LeastLength(LatentEncoding encoding)
    {
        long numbers = (long)encoding.Width * encoding.Height * encoding.Channels;
        for (int level = 0; level < encoding.Levels; level++)
        {
            long width = Wavelet.Low(encoding.Width, level), height = Wavelet.Low(encoding.Height, level);
            numbers += width * width + height * height;
        }
        return sizeof(float) * numbers;
    }

    /// <summary>Adds nodes and output.</summary>
    public void Apply()
    {
        string decoded = Decoded();
        string corrected = graph.Node("corrected", "Add", [decoded, Corrections(decoded)]);
        graph.Clamp(OutputName, Colors(corrected));
        graph.Output(OutputName, "The picture in sRGB, 0 to 1: grey; red, green and blue; or those and alpha.", 1, _channels, _encoding.Height, _encoding.Width);
    }

    /// <summary>What the latents give, level by level, in steps.</summary>
    private string Decoded()
    {
        int width = Wavelet.Low(_encoding.Width, _encoding.Levels), height = Wavelet.Low(_encoding.Height, _encoding.Levels);
        string smooth = Band("smooth", 0, 0, width, height);
        for (int level = _encoding.Levels - 1; level >= 0; level--)
        {
            (int lowWidth, int lowHeight) = (width, height);
            (width, height) = (Wavelet.Low(_encoding.Width, level), Wavelet.Low(_encoding.Height, level));
            if (width > lowWidth)
                smooth = graph.Node($"level.{level}.above", "Concat",
                    [smooth, Band($"level.{level}.right", lowWidth, 0, width - lowWidth, lowHeight)], OnnxAttribute.Of("axis", 3));
            if (height > lowHeight)
                smooth = graph.Node($"level.{level}.bands", "Concat",
                    [smooth, Band($"level.{level}.below", 0, lowHeight, width, height - lowHeight)], OnnxAttribute.Of("axis", 2));
            smooth = graph.Node($"level.{level}.columns", "MatMul", [Inverse(height, isTransposed: false), smooth]);
            smooth = graph.Node($"level.{level}", "MatMul", [smooth, Inverse(width, isTransposed: true)]);
        }
        return smooth;
    }

    private string Band(string name, int x, int y, int width, int height) => graph.Constant(name,
        [
            .. from plane in _latents
               from row in Enumerable.Range(y, height)
               from column in Enumerable.Range(x, width)
               select (float)plane[row * _encoding.Width + column],
        ], 1, _channels, height, width);

    /// <summary>The matrix that makes a level of its bands along a side.</summary>
    private string Inverse(int side, bool isTransposed)
    {
        var matrix = new float[side * side];
        var values = new float[side];
        for (int band = 0; band < side; band++)
        {
            Array.Clear(values);
            values[band] = 1;
            Wavelet.InverseLevel(values, side, side, height: 1);
            for (int i = 0; i < side; i++)
                matrix[isTransposed ? band * side + i : i * side + band] = values[i];
        }
        return graph.Constant($"inverse.{side}{(isTransposed ? ".transposed" : "")}", matrix, side, side);
    }

    /// <summary>What the layers make of how pixels differ from the mean of the 5 x 5 around each.</summary>
    private string Corrections(string decoded)
    {
        const int Radius = LatentEncoding.Radius, Side = 2 * Radius + 1;
        string means = OnnxConvolutions.Means(graph, "means", decoded, _channels, Side);
        string seen = graph.Pad("differences.framed", graph.Node("differences", "Sub", [decoded, means]), Radius, Radius);
        DenseLayer first = network.Layers[0];
        string weights = graph.Constant(NetworkTensor.WeightName(0), FirstWeights(first), first.OutputCount, _channels, Side, Side);
        string sums = graph.Node("layers.0", "Conv", [seen, weights, OnnxConvolutions.Biases(graph, network, layer: 0)]);
        return OnnxConvolutions.Layers(graph, network, "layers", sums);
    }

    /// <summary>The first layer's weights, <c>[neuron, channel, row, column]</c>: it sees more of the first channel than of others.</summary>
    private float[] FirstWeights(DenseLayer layer)
    {
        const int Side = 2 * LatentEncoding.Radius + 1;
        var weights = new float[layer.OutputCount * _channels * Side * Side];
        for (int neuron = 0; neuron < layer.OutputCount; neuron++)
        {
            int feature = 0;
            for (int channel = 0; channel < _channels; channel++)
            {
                int radius = channel == 0 ? LatentEncoding.Radius : LatentEncoding.OtherRadius;
                for (int down = -radius; down <= radius; down++)
                    for (int across = -radius; across <= radius; across++)
                        weights[((neuron * _channels + channel) * Side + LatentEncoding.Radius + down) * Side + LatentEncoding.Radius + across] =
                            layer.Weights[neuron * layer.InputCount + feature++];
            }
        }
        return weights;
    }

    private string Colors(string corrected)
    {
        float[] colors = LatentNetwork.ColorsOf(network).Values, matrix = new float[_channels * _channels];
        for (int color = 0; color < _channels; color++)
            for (int channel = 0; channel < _channels; channel++)
                matrix[color * _channels + channel] = colors[channel * _channels + color] * LatentEncoding.StepOf(network);
        string directions = graph.Constant("colors.directions", matrix, _channels, _channels, 1, 1);
        return graph.Node("colors", "Conv", [corrected, directions, graph.Constant("colors.mean", colors[(_channels * _channels)..], _channels)]);
    }
}
