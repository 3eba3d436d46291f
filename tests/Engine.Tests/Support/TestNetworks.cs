namespace MonaLisa.Engine.Tests;

/// <summary>Networks and pixels to test with.</summary>
internal static class TestNetworks
{
    /// <summary>The activations that a hidden layer can have.</summary>
    public static readonly Activation[] HiddenActivations = [.. Enum.GetValues<Activation>().Except([Activation.Identity])];

    /// <summary>Every activation by its name, for theories.</summary>
    public static TheoryData<Activation> Activations => [.. HiddenActivations];

    /// <summary>
    /// A network whose biases are random too, so that a mistake with them shows. Its activation is not so steep that a deep network
    /// would make of a last bit an error that proves nothing.
    /// </summary>
    public static Mlp Create(
        Activation activation, IReadOnlyList<int> widths, int seed = 1, ColorRange colors = ColorRange.Symmetric, float? omega = null, int outputs = 3)
    {
        var design = new MlpDesign { HiddenLayers = widths, OutputCount = outputs, Activation = activation, Seed = seed, Colors = colors };
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

    /// <summary>One of each encoding, small, with what goes wrong easily: ragged counts, shared entries, several features.</summary>
    public static readonly InputEncoding[] Encodings =
    [
        new FrequencyEncoding { Octaves = 5 },
        new FourierEncoding { Count = 16, Sigma = 3 },
        new FourierEncoding { Count = 37, Sigma = 2 },
        new GridEncoding { Levels = [new(3, 4, 12), new(9, 7, 63), new(17, 30, 100)] },
        new GridEncoding { Levels = [new(2, 2, 4), new(11, 13, 143), new(40, 25, 41), new(25, 60, 400), new(70, 70, 1000)], FeaturesPerLevel = 4 },
        new GridEncoding { Levels = [.. Enumerable.Range(3, 5).Select(side => new GridLevel(side, side + 1, side * (side + 1)))], FeaturesPerLevel = 8 },
    ];

    /// <summary>A network with an encoding, whose tables are as large as trained ones.</summary>
    public static Mlp Create(InputEncoding encoding, Activation activation, IReadOnlyList<int> widths, int seed = 1, ColorRange colors = ColorRange.Symmetric)
    {
        Mlp plain = Create(activation, widths, seed, colors, omega: 3);
        var network = new Mlp(plain.Design.With(encoding));
        var random = new Random(seed);
        foreach (EncodingTensor tensor in encoding.IsTrained ? network.EncodingTensors : [])
            for (int i = 0; i < tensor.Values.Length; i++)
                tensor.Values[i] = 2 * random.NextSingle() - 1;
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
            if (network.Design.Coordinates == CoordinateConvention.PixelCenter)
                (first, second) = ((first + 1) / 2, (second + 1) / 2);
            if (!hasKink || reference.DistanceToKink(first, second) > SafeDistance)
                pixels.Add(new ReferencePixel(
                    first, second, [.. Enumerable.Range(0, network.OutputCount).Select(_ => random.NextSingle())]));
        }
        return [.. pixels];
    }
}
