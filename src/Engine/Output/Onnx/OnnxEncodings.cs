namespace MonaLisa.Engine.Output;

/// <summary>The encodings in operators of ONNX, reckoned in the order in which the encoders do.</summary>
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
        string phase = graph.Node("encoding.phase", "Gemm", [inputs, weights], OnnxAttribute.Of("transB", 1));
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
