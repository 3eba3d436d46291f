namespace MonaLisa.Engine.Tests;

/// <summary>Networks and pixels to test with.</summary>
internal static class TestNetworks
{
    /// <summary>The activations that a hidden layer can have.</summary>
    public static readonly Activation[] HiddenActivations =
    [
        Activation.ReLU, Activation.LeakyReLU, Activation.Tanh, Activation.Sigmoid, Activation.Sine,
        Activation.Gaussian, Activation.FINER, Activation.WIRE, Activation.GELU,
    ];

    /// <summary>Every activation by its name, for theories.</summary>
    public static TheoryData<Activation> Activations => [.. HiddenActivations];

    /// <summary>
    /// A network whose biases are random too, so that a mistake with them shows. Its activation is not so steep that a deep network
    /// would make of a last bit an error that proves nothing.
    /// </summary>
    public static Mlp Create(
        Activation activation, IReadOnlyList<int> widths, int seed = 1, ColorRange colors = ColorRange.Symmetric, float? omega = null)
    {
        var design = new MlpDesign { HiddenLayers = widths, Activation = activation, Seed = seed, Colors = colors };
        var network = new Mlp(activation switch
        {
            Activation.FINER => design with { Omega = omega ?? 5, Initialization = WeightInitialization.Siren },
            Activation.WIRE => design with { Omega = omega ?? 3, Sigma = 1.5f },
            Activation.Gaussian => design with { Sigma = 1.5f },
            _ => design with { Omega = omega ?? design.Omega },
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
                pixels.Add(new ReferencePixel(first, second, [random.NextSingle(), random.NextSingle(), random.NextSingle()]));
        }
        return [.. pixels];
    }
}
