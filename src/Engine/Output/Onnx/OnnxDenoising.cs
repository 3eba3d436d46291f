using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Output;

/// <summary>A network that removes noise, in operators of ONNX: a picture becomes the picture without it.</summary>
/// <param name="graph">The graph.</param>
/// <param name="network">The network.</param>
internal sealed class OnnxDenoising(OnnxGraph graph, Mlp network) : OnnxNeighborhood(graph, network)
{
    private const int Near = 1, Far = NeighborhoodFeature.MeanSide, Farther = NeighborhoodFeature.WideMeanSide;

    private string _pixels = "", _means = "", _wideMeans = "";

    /// <inheritdoc/>
    protected override string InputDescription =>
        "The picture with noise: a number for each sample, 0 to 1, in sRGB; the learned picture where none is given.";

    /// <inheritdoc/>
    protected override void AddOutput()
    {
        string components = Components("components", InputName);
        string means = Means("means", components, Channels, distance: 1), wideMeans = Means("wide", means, Channels, Far);
        _pixels = Framed("seen", components, NeighborhoodPlane.Pixel, Near);
        _means = Framed("seen.means", means, NeighborhoodPlane.Mean, Far);
        _wideMeans = Framed("seen.wide", wideMeans, NeighborhoodPlane.WideMean, Farther);
        string painted = Restored(Colors("reference", WithAlpha("middle", means, components)));
        if (Encoding.Noise > 0)
            painted = WithoutClipping(painted);
        string restored = WithAlpha(RestoredName, painted, InputName);
        if (restored != RestoredName)
            Graph.Node(RestoredName, "Identity", [restored]);
        Graph.Output(RestoredName, "The picture without its noise.", 1, Channels, "height", "width");
    }

    /// <inheritdoc/>
    protected override string FirstSums(OnnxView view) => Graph.Node($"{view.Name}.sum", "Sum",
    [
        Convolved(view, _pixels, NeighborhoodPlane.Pixel, Near, Channels, component => component == NeighborhoodFeature.Alpha, biases: true),
        Convolved(view, _means, NeighborhoodPlane.Mean, Far, Channels, component => component != NeighborhoodFeature.Alpha),
        Convolved(view, _wideMeans, NeighborhoodPlane.WideMean, Farther, Channels, isMiddle: _ => false),
    ]);

    /// <summary>Colours or components of one value, and the alpha of another, if there is one.</summary>
    private string WithAlpha(string name, string colors, string alpha) => Channels <= NeighborhoodFeature.Alpha ? colors
        : Graph.Concat(name,
        [
            Graph.Slice($"{name}.colors", colors, axis: 1, 0, NeighborhoodFeature.Alpha),
            Graph.Slice($"{name}.alpha", alpha, axis: 1, NeighborhoodFeature.Alpha, Channels),
        ]);

    /// <summary>The samples whose means, with noise that is clipped, are those: from a table, with linear interpolation.</summary>
    private string WithoutClipping(string means)
    {
        const int Steps = 4096;
        var noise = new ClippedNoise(Encoding.Noise);
        float least = noise.MeanOf(0), step = (noise.MeanOf(1) - least) / Steps;
        string table = Graph.Constant("samples", [.. Enumerable.Range(0, Steps + 2).Select(i => noise.SampleOf(least + i * step))], Steps + 2);
        string moved = Graph.Node("place.moved", "Sub", [means, Graph.Constant("place.least", [least])]);
        string within = Graph.Clamp("place.within", Graph.Node("place.share", "Mul", [moved, Graph.Constant("place.scale", [1 / (Steps * step)])]));
        string place = Graph.Node("place", "Mul", [within, Graph.Constant("place.steps", [(float)Steps])]);
        string first = Graph.Node("place.first", "Floor", [place]);
        string low = Graph.Node("sample.low", "Gather", [table, Graph.Whole("place.low", first)]);
        string high = Graph.Node("sample.high", "Gather",
            [table, Graph.Whole("place.high", Graph.Node("place.next", "Add", [first, Graph.Constant("place.one", [1f])]))]);
        string rise = Graph.Node("sample.rise", "Mul",
            [Graph.Node("sample.step", "Sub", [high, low]), Graph.Node("place.rest", "Sub", [place, first])]);
        return Graph.Node("sample", "Add", [low, rise]);
    }
}
