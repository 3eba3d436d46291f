using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Output;

/// <summary>
/// A network with the encoding Neighborhood in operators of ONNX: from a picture to what the network paints of it. The input is a picture of any
/// size; the network's own is its value where none is given. What the network sees of a place are convolutions of planes in each of eight
/// views, a quarter of a pixel and a turn each; the layers after the first are convolutions of one pixel.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="network">The network.</param>
internal abstract class OnnxNeighborhood(OnnxGraph graph, Mlp network)
{
    /// <summary>The name of the input, <c>[1, channels, height, width]</c> in [0, 1].</summary>
    protected const string InputName = "picture";

    /// <summary>The name of the output at the picture's own size, <c>[1, channels, height, width]</c>.</summary>
    protected const string RestoredName = "restored";

    /// <summary>What a model does with a picture, by the network's task.</summary>
    public static string Describe(NeighborhoodTask task) => task switch
    {
        NeighborhoodTask.Enlarge => "From a picture to the picture at twice its size.",
        NeighborhoodTask.Denoise => "From a picture to the picture without its noise.",
        _ => "From a picture with gaps to the whole picture.",
    };

    /// <summary>Adds input, nodes and output for a network's task.</summary>
    public static void Apply(OnnxGraph graph, Mlp network)
    {
        OnnxNeighborhood neighborhood = ((NeighborhoodEncoding)network.Design.Encoding).Task switch
        {
            NeighborhoodTask.Enlarge => new OnnxEnlarging(graph, network),
            NeighborhoodTask.Denoise => new OnnxDenoising(graph, network),
            _ => new OnnxFilling(graph, network),
        };
        neighborhood.Apply();
    }

    /// <summary>The graph.</summary>
    protected OnnxGraph Graph { get; } = graph;

    /// <summary>The network.</summary>
    protected Mlp Network { get; } = network;

    /// <summary>The network's encoding.</summary>
    protected NeighborhoodEncoding Encoding { get; } = (NeighborhoodEncoding)network.Design.Encoding;

    /// <summary>What the network is shown.</summary>
    protected NeighborhoodView Shown { get; } = NeighborhoodView.For((NeighborhoodEncoding)network.Design.Encoding);

    /// <summary>Channels of the picture.</summary>
    protected int Channels { get; } = network.OutputCount;

    /// <summary>What the input is, in words.</summary>
    protected abstract string InputDescription { get; }

    /// <summary>The quarters of a pixel, as DepthToSpace takes them: whether down and to the right of its centre (1) or not (-1).</summary>
    protected static (int Down, int Across)[] Quarters => [(-1, -1), (-1, 1), (1, -1), (1, 1)];

    /// <summary>Adds nodes and output to the input.</summary>
    protected abstract void AddOutput();

    /// <summary>The sums of the first layer in a view, from planes that were added before.</summary>
    protected abstract string FirstSums(OnnxView view);

    private void Apply()
    {
        Graph.Input(InputName, InputDescription, 1, Channels, "height", "width");
        Graph.Constant(InputName, ByChannel(), 1, Channels, Encoding.Height, Encoding.Width);
        AddOutput();
    }

    /// <summary>The mean of what the network gives for the two views of a quarter, or what it gives for one, as a correction of colours.</summary>
    protected string Correction((int Down, int Across) quarter)
    {
        string name = $"quarter.{(quarter.Down + 1) / 2}{(quarter.Across + 1) / 2}";
        string sum = Outputs(new OnnxView($"{name}.plain", quarter.Down, quarter.Across, false));
        if (!Encoding.IsSingleView)
            sum = Graph.Node($"{name}.both", "Add", [sum, Outputs(new OnnxView($"{name}.turned", quarter.Down, quarter.Across, true))]);
        float share = Encoding.Blend * Shown.Gain * ColorTransform.Of(Network.Design.Colors).Scale / (Encoding.IsSingleView ? 1 : 2);
        return Graph.Node($"{name}.correction", "Mul", [sum, Graph.Constant("share", [share])]);
    }

    private string Outputs(OnnxView view) => OnnxConvolutions.Layers(Graph, Network, view.Name, FirstSums(view));

    /// <summary>The mean of eight views of each pixel, or one view, at the picture's own size.</summary>
    /// <param name="reference">The colours that the network corrects.</param>
    protected string Restored(string reference)
    {
        (int Down, int Across)[] quarters = Encoding.IsSingleView ? [Quarters[^1]] : Quarters;
        string[] painted = [.. quarters.Select((quarter, number) =>
            Graph.Clamp($"painted.{number}", Graph.Node($"sum.{number}", "Add", [reference, Correction(quarter)])))];
        string all = Graph.Node("painted.all", "Sum", painted);
        return Graph.Node("painted", "Mul", [all, Graph.Constant("quarter", [1f / quarters.Length])]);
    }

    /// <summary>A convolution of a plane with the first layer's weights for it: of each feature its own, and of a middle pixel the opposite.</summary>
    /// <param name="view">The view.</param>
    /// <param name="plane">The plane, with its margin.</param>
    /// <param name="kind">Which features are of it.</param>
    /// <param name="step">Pixels between two that are seen.</param>
    /// <param name="numbers">How many numbers of a pixel the plane has.</param>
    /// <param name="isMiddle">Of which components what stands for the middle pixel lies in the middle of this plane.</param>
    /// <param name="biases">Whether to add the layer's biases.</param>
    protected string Convolved(
        OnnxView view, string plane, NeighborhoodPlane kind, int step, int numbers, Func<int, bool> isMiddle, bool biases = false)
    {
        float[] weights = Weights(view, kind, step, numbers, (_, weight) => weight, isMiddle);
        return Convolved($"{view.Name}.{plane}", plane, weights, kind, step, numbers, biases);
    }

    /// <summary>A convolution with weights of the first layer's neurons.</summary>
    protected string Convolved(string name, string plane, float[] weights, NeighborhoodPlane kind, int step, int numbers, bool biases)
    {
        int neurons = Network.Layers[0].OutputCount, side = 2 * Reach(kind, step) + 1;
        string constant = Graph.Constant($"{name}.weights", weights, neurons, numbers, side, side);
        string[] inputs = biases ? [plane, constant, OnnxConvolutions.Biases(Graph, Network, layer: 0)] : [plane, constant];
        return Graph.Node(name, "Conv", inputs, OnnxAttribute.Of("dilations", [(long)step, step]));
    }

    /// <summary>The first layer's weights for a plane, <c>[neuron, number, row, column]</c>, as a view has them.</summary>
    protected float[] Weights(
        OnnxView view, NeighborhoodPlane kind, int step, int numbers, Func<NeighborhoodFeature, float, float> weightOf, Func<int, bool> isMiddle)
    {
        int reach = Reach(kind, step), side = 2 * reach + 1;
        DenseLayer layer = Network.Layers[0];
        var weights = new float[layer.OutputCount * numbers * side * side];
        for (int neuron = 0; neuron < layer.OutputCount; neuron++)
            for (int i = 0; i < Shown.Features.Count; i++)
            {
                NeighborhoodFeature feature = Shown.Features[i];
                int start = (neuron * numbers + Math.Min(feature.Component, numbers - 1)) * side * side;
                float weight = Shown.Scale * layer.Weights[neuron * layer.InputCount + i];
                if (feature.Plane == kind)
                {
                    (int x, int y) = view.Place(feature.Across / step, feature.Down / step);
                    weights[start + (reach + y) * side + reach + x] += weightOf(feature, weight);
                }
                if (isMiddle(feature.Component))
                    weights[start + reach * side + reach] -= weight;
            }
        return weights;
    }

    /// <summary>How far the features of a plane are away, in steps.</summary>
    protected int Reach(NeighborhoodPlane kind, int step) => Shown.Features
        .Where(feature => feature.Plane == kind).Max(feature => Math.Max(Math.Abs(feature.Across), Math.Abs(feature.Down)) / step);

    /// <summary>A plane with the edge's pixels around it, as far as its features are away.</summary>
    protected string Framed(string name, string plane, NeighborhoodPlane kind, int step)
    {
        int margin = Reach(kind, step) * step;
        return Graph.Pad(name, plane, margin, margin);
    }

    /// <summary>The means of 3 x 3 pixels that are so far apart, of each number of a pixel.</summary>
    protected string Means(string name, string values, int numbers, int distance) =>
        OnnxConvolutions.Means(Graph, name, values, numbers, NeighborhoodFeature.MeanSide, distance);

    /// <summary>From channels to components: luma, two differences of colours, alpha.</summary>
    protected string Components(string name, string colors) => Mixed(name, colors, "components.weights", Channels == 1 ? [1] :
    [
        .. Row(1 / 3f, 1 / 3f, 1 / 3f), .. Row(1, 0, -1), .. Row(-0.5f, 1, -0.5f), .. Channels == 4 ? (float[])[0, 0, 0, 1] : [],
    ]);

    /// <summary>From components to channels.</summary>
    protected string Colors(string name, string components) => Mixed(name, components, "colors.weights", Channels == 1 ? [1] :
    [
        .. Row(1, 0.5f, -1 / 3f), .. Row(1, 0, 2 / 3f), .. Row(1, -0.5f, -1 / 3f), .. Channels == 4 ? (float[])[0, 0, 0, 1] : [],
    ]);

    private float[] Row(float first, float second, float third) => Channels == 4 ? [first, second, third, 0] : [first, second, third];

    private string Mixed(string name, string values, string weights, float[] matrix) =>
        Graph.Node(name, "Conv", [values, Graph.Constant(weights, matrix, Channels, Channels, 1, 1)]);

    private float[] ByChannel()
    {
        float[] picture = Network.EncodingTensors[0].Values, planes = new float[picture.Length];
        int pixels = picture.Length / Channels;
        for (int i = 0; i < picture.Length; i++)
            planes[i % Channels * pixels + i / Channels] = picture[i];
        return planes;
    }
}

/// <summary>One of the eight ways in which a network sees a pixel's neighbourhood.</summary>
/// <param name="Name">The beginning of its nodes' names.</param>
/// <param name="Down">The direction in which rows are counted.</param>
/// <param name="Across">The direction in which columns are counted.</param>
/// <param name="IsTurned">Whether rows and columns are exchanged.</param>
internal readonly record struct OnnxView(string Name, int Down, int Across, bool IsTurned)
{
    /// <summary>The column and row of a pixel, from the middle one.</summary>
    public (int X, int Y) Place(int across, int down) => IsTurned ? (Across * down, Down * across) : (Across * across, Down * down);
}
