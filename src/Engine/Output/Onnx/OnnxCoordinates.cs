namespace MonaLisa.Engine.Output;

/// <summary>From pixels' centres in [0, 1] to what the network's coordinate convention makes of them, in operators of ONNX.</summary>
internal static class OnnxCoordinates
{
    /// <summary>The network's two inputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="network">The network.</param>
    /// <param name="centers">Pixels' centres, x then y, <c>[pixels, 2]</c>.</param>
    /// <returns><c>[pixels, 2]</c>.</returns>
    public static string Apply(OnnxGraph graph, Mlp network, string centers) => network.Design.Coordinates switch
    {
        CoordinateConvention.PixelCenter => centers,
        CoordinateConvention.SymmetricPixelCenter => Stretched(graph, centers),
        CoordinateConvention.RowColumnCorner when network.Training is TrainingFacts facts =>
            Corner(graph, centers, facts.PictureWidth, facts.PictureHeight),
        var convention => throw new NotSupportedException($"There is no ONNX form of the coordinates {convention} of this network."),
    };

    /// <summary>2 p - 1.</summary>
    private static string Stretched(OnnxGraph graph, string centers)
    {
        string doubled = graph.Node("coordinates.doubled", "Mul", [centers, graph.Constant("two", [2f])]);
        return graph.Node("coordinates.symmetric", "Sub", [doubled, graph.Constant("one", [1f])]);
    }

    /// <summary>y / (height - 1), then x / (width - 1), of the learned picture's pixel numbers; 0 for a side of one pixel.</summary>
    private static string Corner(OnnxGraph graph, string centers, int width, int height)
    {
        string swapped = graph.Node("coordinates.row_first", "Gather",
            [centers, graph.Indices("coordinates.order", [1L, 0L], Mlp.InputCount)], OnnxAttribute.Of("axis", 1));
        string scaled = graph.Node("coordinates.scaled", "Mul",
            [swapped, graph.Constant("picture.size", [height, width], 1, Mlp.InputCount)]);
        string number = graph.Node("coordinates.number", "Sub", [scaled, graph.Constant("half", [0.5f])]);
        float[] scale = [Scale(height), Scale(width)];
        return graph.Node("coordinates.corner", "Mul", [number, graph.Constant("picture.scale", scale, 1, Mlp.InputCount)]);
    }

    private static float Scale(int count) => (float)CoordinateAxis.Of(CoordinateConvention.RowColumnCorner, count).Scale;
}
