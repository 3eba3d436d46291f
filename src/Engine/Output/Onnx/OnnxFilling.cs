using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Output;

/// <summary>
/// A network that fills gaps, in operators of ONNX: a picture with gaps becomes the whole picture. A hidden pixel has -1 less what is guessed of
/// it in the input.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="network">The network.</param>
internal sealed class OnnxFilling(OnnxGraph graph, Mlp network) : OnnxNeighborhood(graph, network)
{
    private const int Near = 1, Far = NeighborhoodFeature.MeanSide;

    private string _pixels = "", _known = "", _flags = "", _means = "", _anyKnown = "";
    private string[] _references = [];

    /// <inheritdoc/>
    protected override string InputDescription =>
        "The picture: a number for each sample, 0 to 1, in sRGB; of a hidden pixel -1 less what is guessed of it; the learned picture where none is given.";

    /// <inheritdoc/>
    protected override void AddOutput()
    {
        string zero = Graph.Constant("none", [0f]);
        string isHidden = Graph.Node("hidden", "Less", [InputName, zero]);
        string guess = Graph.Node("guess", "Sub", [Graph.Constant("minus", [-1f]), InputName]);
        string shown = Graph.Node("shown", "Where", [isHidden, guess, InputName]);
        string components = Components("components", shown);
        // Red, or grey, tells of the pixel: alpha may be known where they are not.
        string known = Graph.Node("known", "Sub",
            [Graph.Constant("all", [1f]), Graph.Number("hidden.number", Graph.Slice("hidden.first", isHidden, axis: 1, 0, 1))]);
        string ofKnown = Graph.Node("components.known", "Mul", [components, known]);
        string sums = Means("means.sums", Graph.Concat("components.all", [ofKnown, known]), Channels + 1, distance: 1);
        string share = Graph.Slice("means.share", sums, axis: 1, Channels, Channels + 1);
        string isAny = Graph.Node("means.any", "Greater", [share, Graph.Constant("means.least", [FillingView.LeastKnown])]);
        string divisor = Graph.Node("means.divisor", "Where", [isAny, share, Graph.Constant("means.one", [1f])]);
        string any = Graph.Number("means.known", isAny);
        string quotients = Graph.Node("means.quotients", "Div", [Graph.Slice("means.components", sums, axis: 1, 0, Channels), divisor]);
        _pixels = Framed("seen", ofKnown, NeighborhoodPlane.Pixel, Near);
        _known = Framed("seen.known", known, NeighborhoodPlane.Pixel, Near);
        _flags = Framed("seen.flags", known, NeighborhoodPlane.Known, Near);
        _means = Framed("seen.means", Graph.Node("means", "Mul", [quotients, any]), NeighborhoodPlane.Mean, Far);
        _anyKnown = Framed("seen.any", any, NeighborhoodPlane.Mean, Far);
        _references = [.. Enumerable.Range(0, Channels).Select(component => Graph.Slice($"middle.{component}", components, axis: 1, component, component + 1))];
        Graph.Node(RestoredName, "Where", [isHidden, Restored(shown), InputName]);
        Graph.Output(RestoredName, "The whole picture.", 1, Channels, "height", "width");
    }

    /// <inheritdoc/>
    protected override string FirstSums(OnnxView view)
    {
        string sum = Graph.Node($"{view.Name}.sum", "Sum",
        [
            Convolved(view, _pixels, NeighborhoodPlane.Pixel, Near, Channels, isMiddle: _ => false, biases: true),
            Convolved(
                $"{view.Name}.{_flags}", _flags,
                Weights(view, NeighborhoodPlane.Known, Near, 1, (_, weight) => weight * FillingView.Flag, isMiddle: _ => false),
                NeighborhoodPlane.Known, Near, 1, biases: false),
            Convolved(view, _means, NeighborhoodPlane.Mean, Far, Channels, isMiddle: _ => false),
        ]);
        // What stands for the middle pixel is taken from what is known alone.
        for (int component = 0; component < Channels; component++)
        {
            string name = $"{view.Name}.middle.{component}";
            string shares = Graph.Node($"{name}.shares", "Add",
                [Shares(view, name, _known, NeighborhoodPlane.Pixel, Near, component), Shares(view, name, _anyKnown, NeighborhoodPlane.Mean, Far, component)]);
            sum = Graph.Node($"{name}.rest", "Sub", [sum, Graph.Node(name, "Mul", [shares, _references[component]])]);
        }
        return sum;
    }

    /// <summary>The sum of the weights of a component of those pixels of a plane that are known.</summary>
    private string Shares(OnnxView view, string name, string known, NeighborhoodPlane kind, int step, int component) => Convolved(
        $"{name}.{known}", known,
        Weights(view, kind, step, 1, (feature, weight) => feature.Component == component ? weight : 0, isMiddle: _ => false), kind, step, 1, biases: false);
}
