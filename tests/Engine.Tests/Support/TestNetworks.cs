namespace MonaLisa.Engine.Tests;

/// <summary>Networks and pixels to test with.</summary>
internal static class TestNetworks
{
    /// <summary>The activations that a hidden layer can have.</summary>
    public static readonly Activation[] HiddenActivations =
        [Activation.ReLU, Activation.LeakyReLU, Activation.Tanh, Activation.Sigmoid, Activation.Sine];

    /// <summary>Every activation by its name, for theories.</summary>
    public static TheoryData<Activation> Activations => [.. HiddenActivations];

    /// <summary>A network whose biases are random too, so that a mistake with them shows.</summary>
    public static Mlp Create(
        Activation activation, IReadOnlyList<int> widths, int seed = 1, ColorRange colors = ColorRange.Symmetric,
        float omega = MlpDesign.DefaultOmega, int outputs = 3)
    {
        var network = new Mlp(new MlpDesign
        {
            HiddenLayers = widths,
            OutputCount = outputs,
            Activation = activation,
            Seed = seed,
            Colors = colors,
            Omega = omega,
        });
        var random = new Random(seed);
        foreach (DenseLayer layer in network.Layers)
            for (int i = 0; i < layer.Biases.Length; i++)
                layer.Biases[i] += 0.2f * random.NextSingle() - 0.1f;
        return network;
    }

    /// <summary>Random pixels at which no rectifier is so near its kink that rounding could bring it to the other side.</summary>
    public static ReferencePixel[] Pixels(Mlp network, int count, int seed = 2)
    {
        const double SafeDistance = 1e-5;
        var random = new Random(seed);
        var reference = new ReferenceNetwork(network);
        bool hasKink = network.Activation is Activation.ReLU or Activation.LeakyReLU;
        var pixels = new List<ReferencePixel>();
        while (pixels.Count < count)
        {
            float first = 2 * random.NextSingle() - 1, second = 2 * random.NextSingle() - 1;
            if (!hasKink || reference.DistanceToKink(first, second) > SafeDistance)
                pixels.Add(new ReferencePixel(
                    first, second, [.. Enumerable.Range(0, network.OutputCount).Select(_ => random.NextSingle())]));
        }
        return [.. pixels];
    }
}
