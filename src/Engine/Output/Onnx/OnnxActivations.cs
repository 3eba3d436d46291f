namespace MonaLisa.Engine.Output;

/// <summary>The activations in operators of ONNX, computed in the order of the kernels.</summary>
internal static class OnnxActivations
{
    /// <summary>Applies the hidden layers' activation.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="design">The network.</param>
    /// <param name="layer">The layer's name, which the new values' names begin with.</param>
    /// <param name="z">The layer's weighted sums.</param>
    /// <returns>The activations.</returns>
    public static string Apply(OnnxGraph graph, MlpDesign design, string layer, string z)
    {
        string result = $"{layer}.activation";
        ActivationParameters parameters = design.ActivationParameters;
        return design.Activation switch
        {
            Activation.ReLU => graph.Node(result, "Relu", [z]),
            Activation.LeakyReLU => graph.Node(result, "LeakyRelu", [z], OnnxAttribute.Of("alpha", parameters.Parameter)),
            Activation.Tanh => graph.Node(result, "Tanh", [z]),
            Activation.Sigmoid => graph.Node(result, "Sigmoid", [z]),
            Activation.Sine => graph.Node(result, "Sin", [Phase(graph, parameters, layer, z)]),
            Activation.Gaussian => Bell(graph, parameters, layer, z, result),
            Activation.FINER => graph.Node(result, "Sin", [GrowingPhase(graph, parameters, layer, z)]),
            Activation.WIRE => Wavelet(graph, parameters, layer, z, result),
            Activation.GELU => Gelu(graph, layer, z, result),
            _ => throw new NotSupportedException($"There is no ONNX form of the activation {design.Activation}."),
        };
    }

    private static string Omega(OnnxGraph graph, ActivationParameters parameters) => graph.Constant("omega", [parameters.Parameter]);

    private static string Phase(OnnxGraph graph, ActivationParameters parameters, string layer, string z) =>
        graph.Node($"{layer}.phase", "Mul", [z, Omega(graph, parameters)]);

    /// <summary>omega (|z| + 1) z.</summary>
    private static string GrowingPhase(OnnxGraph graph, ActivationParameters parameters, string layer, string z)
    {
        string omega = Omega(graph, parameters), magnitude = graph.Node($"{layer}.magnitude", "Abs", [z]);
        string growth = graph.Node($"{layer}.growth", "Mul", [magnitude, omega]);
        string frequency = graph.Node($"{layer}.frequency", "Add", [growth, omega]);
        return graph.Node($"{layer}.phase", "Mul", [frequency, z]);
    }

    /// <summary>exp(-(sigma z)²).</summary>
    private static string Bell(OnnxGraph graph, ActivationParameters parameters, string layer, string z, string result)
    {
        string scaled = graph.Node($"{layer}.scaled", "Mul", [z, graph.Constant("sigma", [parameters.Sigma])]);
        string square = graph.Node($"{layer}.square", "Mul", [scaled, scaled]);
        return graph.Node(result, "Exp", [graph.Node($"{layer}.exponent", "Neg", [square])]);
    }

    /// <summary>cos(omega z) exp(-(sigma z)²).</summary>
    private static string Wavelet(OnnxGraph graph, ActivationParameters parameters, string layer, string z, string result)
    {
        string cosine = graph.Node($"{layer}.cosine", "Cos", [Phase(graph, parameters, layer, z)]);
        return graph.Node(result, "Mul", [cosine, Bell(graph, parameters, layer, z, $"{layer}.bell")]);
    }

    /// <summary>
    /// z Phi(z), Phi(z) = (1 + erf(z / √2)) / 2. Without the operator of opset 20 it has the form that programs look for to compute all
    /// of it in one pass: ONNX Runtime finds the division, and not a multiplication by √½.
    /// </summary>
    private static string Gelu(OnnxGraph graph, string layer, string z, string result)
    {
        if (graph.Opset >= OnnxOpset.WithGelu)
            return graph.Node(result, "Gelu", [z]);
        string scaled = graph.Node($"{layer}.scaled", "Div", [z, graph.Constant("sqrt_2", [(float)Math.Sqrt(2)])]);
        string error = graph.Node($"{layer}.error_function", "Erf", [scaled]);
        string doubled = graph.Node($"{layer}.doubled", "Add", [error, graph.Constant("one", [1f])]);
        string product = graph.Node($"{layer}.product", "Mul", [z, doubled]);
        return graph.Node(result, "Mul", [product, graph.Constant("half", [0.5f])]);
    }
}
