using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Output;

/// <summary>A network as an ONNX model.</summary>
internal static class OnnxModel
{
    /// <summary>The name of the input, <c>[pixels, 2]</c>.</summary>
    public const string InputName = "coordinates";

    /// <summary>The name of the output, <c>[pixels, outputs]</c>.</summary>
    public const string OutputName = "colors";

    private const string Rows = "pixels";

    /// <summary>The model's message.</summary>
    /// <param name="network">
    /// The network; with <see cref="Mlp.Training"/> where its coordinates are <see cref="CoordinateConvention.RowColumnCorner"/>.
    /// </param>
    /// <param name="opset">The version of the operators, <see cref="OnnxOpset.Oldest"/> to <see cref="OnnxOpset.Newest"/>.</param>
    public static ProtobufMessage Of(Mlp network, int opset = OnnxOpset.Default)
    {
        ProtobufMessage model = new ProtobufMessage()
            .Add(OnnxFields.Model.IrVersion, OnnxOpset.FileVersion(opset))
            .Add(OnnxFields.Model.ProducerName, ModelDescription.ProgramName)
            .Add(OnnxFields.Model.ProducerVersion, ModelDescription.ProgramVersion)
            .Add(OnnxFields.Model.Documentation, network.Design.Encoding switch
            {
                NeighborhoodEncoding neighborhood => OnnxNeighborhood.Describe(neighborhood.Task),
                LatentEncoding => "A picture.",
                _ => "A picture: from the centre of a pixel to its colour.",
            })
            .Add(OnnxFields.Model.Graph, Graph(network, opset))
            .Add(OnnxFields.Model.OpsetImport, new ProtobufMessage()
                .Add(OnnxFields.OperatorSet.Domain, "")
                .Add(OnnxFields.OperatorSet.Version, opset));
        foreach ((string key, string value) in ModelDescription.Of(network.Design, network.Training).ToMetadata())
            model.Add(OnnxFields.Model.Metadata, new ProtobufMessage()
                .Add(OnnxFields.Entry.Key, key)
                .Add(OnnxFields.Entry.Value, value));
        return model;
    }

    private static ProtobufMessage Graph(Mlp network, int opset)
    {
        var graph = new OnnxGraph("network", opset);
        if (network.Encoding == EncodingKind.Neighborhood)
        {
            OnnxNeighborhood.Apply(graph, network);
            return graph.Message;
        }
        if (network.Encoding == EncodingKind.Latent)
        {
            new OnnxLatents(graph, network).Apply();
            return graph.Message;
        }
        string centers = graph.Input(
            InputName, "Centres of pixels, ((x + 0.5) / width, (y + 0.5) / height) for the pixel in column x and row y, both from 0.",
            Rows, Mlp.InputCount);
        string values = OnnxEncodings.Apply(graph, network, OnnxCoordinates.Apply(graph, network, centers));
        for (int i = 0; i < network.Layers.Count; i++)
            values = Layer(graph, network, i, values);
        Colors(graph, network.Design.Colors, values);
        graph.Output(OutputName, "Colours in sRGB, 0 to 1: grey; red, green and blue; or those and alpha.", Rows, network.OutputCount);
        return graph.Message;
    }

    private static string Layer(OnnxGraph graph, Mlp network, int number, string inputs)
    {
        DenseLayer layer = network.Layers[number];
        string name = $"layers.{number}";
        string weights = graph.Constant(NetworkTensor.WeightName(number), layer.Weights, layer.OutputCount, layer.InputCount);
        string biases = graph.Constant(NetworkTensor.BiasName(number), layer.Biases, layer.OutputCount);
        string sums = graph.Node($"{name}.sum", "Gemm", [inputs, weights, biases], OnnxAttribute.Of("transB", 1));
        return layer.Activation == Activation.Identity ? sums : OnnxActivations.Apply(graph, network.Design, name, sums);
    }

    private static void Colors(OnnxGraph graph, ColorRange range, string outputs)
    {
        ColorTransform transform = ColorTransform.Of(range);
        string scaled = graph.Node("colors.scaled", "Mul", [outputs, graph.Constant("colors.scale", [transform.Scale])]);
        string moved = graph.Node("colors.moved", "Add", [scaled, graph.Constant("colors.offset", [transform.Offset])]);
        graph.Clamp(OutputName, moved);
    }
}
