using MonaLisa.Engine.Numerics;

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

/// <summary>The encodings in operators of ONNX, computed in the order of the encoders.</summary>
internal static class OnnxEncodings
{
    /// <summary>The first layer's inputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The network's two inputs, <c>[pixels, 2]</c>.</param>
    /// <returns><c>[pixels, features]</c>.</returns>
    public static string Apply(OnnxGraph graph, Mlp network, string inputs) => network.Design.Encoding switch
    {
        IdentityEncoding => inputs,
        SinusoidalEncoding encoding => Waves(graph, encoding.Frequencies(network.EncodingTensors), inputs),
        GridEncoding encoding => Grid(graph, encoding, network.EncodingTensors, inputs),
        var encoding => throw new NotSupportedException($"There is no ONNX form of the encoding {encoding.Kind}."),
    };

    /// <summary>Sines, then cosines, of frequencies <c>[count, 2]</c>.</summary>
    private static string Waves(OnnxGraph graph, float[] frequencies, string inputs)
    {
        int count = frequencies.Length / Mlp.InputCount;
        float[] angular = [.. frequencies.Select(frequency => (float)(Math.Tau * frequency))];
        string weights = graph.Constant("encoding.frequencies", angular, count, Mlp.InputCount);
        string phase = graph.Node("encoding.phase", "Gemm",
            graph.Opset >= OnnxOpset.WithOptionalAddend
                ? [inputs, weights] : [inputs, weights, graph.Constant("encoding.no_shift", new float[count], count)],
            OnnxAttribute.Of("transB", 1));
        return graph.Node("encoding.features", "Concat",
            [graph.Node("encoding.sine", "Sin", [phase]), graph.Node("encoding.cosine", "Cos", [phase])], OnnxAttribute.Of("axis", 1));
    }

    private static string Grid(OnnxGraph graph, GridEncoding encoding, IReadOnlyList<EncodingTensor> tables, string inputs)
    {
        string[] levels = [.. encoding.Levels.Select((level, i) =>
            new OnnxGridLevel(graph, $"encoding.levels.{i}", level, encoding.FeaturesPerLevel, tables[i].Values).Apply(inputs))];
        return graph.Node("encoding.features", "Concat", levels, OnnxAttribute.Of("axis", 1));
    }
}

/// <summary>
/// One level of a grid in operators of ONNX: bilinear interpolation in 32-bit numbers, in the order of <see cref="GridKernel"/>,
/// so that a place falls into the same cell here and there.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="name">The level's name, which the new values' names begin with.</param>
/// <param name="level">The level.</param>
/// <param name="features">Features of an entry.</param>
/// <param name="values">The level's table, <c>[entries, features]</c>.</param>
internal sealed class OnnxGridLevel(OnnxGraph graph, string name, GridLevel level, int features, float[] values)
{
    /// <summary>The level's features.</summary>
    /// <param name="places"><c>[pixels, 2]</c> in [0, 1].</param>
    /// <returns><c>[pixels, features]</c>.</returns>
    public string Apply(string places)
    {
        string table = graph.Constant(name, values, level.EntryCount, features);
        string position = Position(places), cell = Cell(position), share = Share(position, cell);
        string right = Column("right", share, 0), down = Column("down", share, 1);
        (string top, string bottom) = LeftVertices(cell);
        string left = Between("left_side", Entry("top_left", table, top), Entry("bottom_left", table, bottom), down);
        string other = Between("right_side",
            Entry("top_right", table, Next("top_next", top)), Entry("bottom_right", table, Next("bottom_next", bottom)), down);
        return Between("features", left, other, right);
    }

    /// <summary>The places among the vertices, <c>[pixels, 2]</c>: column and row.</summary>
    private string Position(string places)
    {
        string size = graph.Constant(Name("size"), [level.Columns, level.Rows], 1, Mlp.InputCount);
        return Node("position", "Sub", Node("scaled", "Mul", places, size), graph.Constant("half", [0.5f]));
    }

    /// <summary>The column and row of the upper left vertex, <c>[pixels, 2]</c>, still as floating-point numbers.</summary>
    /// <remarks>Whole numbers are exact; so the limits are made of Relu, which more programs know than Max and Min.</remarks>
    private string Cell(string position)
    {
        string last = graph.Constant(Name("last_cell"), [level.Columns - 2, level.Rows - 2], 1, Mlp.InputCount);
        string positive = Node("positive", "Relu", Node("floor", "Floor", position));
        return Node("cell", "Sub", last, Node("before_last", "Relu", Node("to_last", "Sub", last, positive)));
    }

    /// <summary>How far a place lies to the right and down in its cell; beyond the outermost vertices their values go on.</summary>
    private string Share(string position, string cell) =>
        graph.Clamp(Name("share"), Node("offset", "Sub", position, cell));

    /// <summary>The entries of the upper and the lower left vertex, <c>[pixels]</c>.</summary>
    private (string Top, string Bottom) LeftVertices(string cell)
    {
        string index = graph.Node(Name("index"), "Cast", [cell], OnnxAttribute.Of("to", OnnxFields.Element.Int64));
        string column = graph.Node(Name("column"), "Gather", [index, graph.Indices("index.0", [0L])], OnnxAttribute.Of("axis", 1));
        string row = graph.Node(Name("row"), "Gather", [index, graph.Indices("index.1", [1L])], OnnxAttribute.Of("axis", 1));
        if (level.IsDense)
        {
            string columns = graph.Indices(Name("columns"), [(long)level.Columns]);
            string start = Node("start", "Mul", row, columns), top = Node("top", "Add", start, column);
            return (top, Node("bottom", "Add", top, columns));
        }
        long[] rowStarts = [.. Enumerable.Range(0, level.Rows).Select(number => (long)level.RowStart(number))];
        string starts = graph.Indices(Name("row_starts"), rowStarts, level.Rows);
        string topStart = Node("top_start", "Gather", starts, row);
        string bottomStart = Node("bottom_start", "Gather", starts, Next("next_row", row));
        return (Node("top", "Add", topStart, column), Node("bottom", "Add", bottomStart, column));
    }

    private string Name(string part) => $"{name}.{part}";

    private string Node(string part, string operation, params ReadOnlySpan<string> inputs) => graph.Node(Name(part), operation, inputs);

    private string Next(string part, string index) => Node(part, "Add", index, graph.Indices("index.1", [1L]));

    private string Entry(string part, string table, string index) => Node(part, "Gather", table, index);

    private string Column(string part, string matrix, int column) => graph.Node(
        Name(part), "Gather", [matrix, graph.Indices($"columns.{column}", [(long)column], 1)], OnnxAttribute.Of("axis", 1));

    /// <summary>from + (to - from) share.</summary>
    private string Between(string part, string from, string to, string share)
    {
        string difference = Node($"{part}.difference", "Sub", to, from);
        return Node(part, "Add", from, Node($"{part}.change", "Mul", difference, share));
    }
}
