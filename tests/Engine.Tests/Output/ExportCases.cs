namespace MonaLisa.Engine.Tests;

/// <summary>Small networks with everything that an exported one can have, by names for theories.</summary>
internal static class ExportCases
{
    /// <summary>The picture that they learned: it fits a canvas of twice its size with a margin.</summary>
    public const int PictureWidth = 30, PictureHeight = 22;

    private static readonly Dictionary<string, Func<Mlp>> ByName = All().ToDictionary(one => one.Name, one => one.Make);

    /// <summary>Their names.</summary>
    public static TheoryData<string> Names => [.. ByName.Keys];

    /// <summary>One of them.</summary>
    public static Mlp Get(string name) => ByName[name]();

    /// <summary>What is told of the picture.</summary>
    public static TrainingFacts Facts(int width = PictureWidth, int height = PictureHeight, string name = "test") => new()
    {
        PictureName = name, PictureWidth = width, PictureHeight = height, Psnr = 34.56, Epochs = 7, Optimizer = Optimizer.Adam,
        Seed = 1, Provider = "Managed",
    };

    private static IEnumerable<(string Name, Func<Mlp> Make)> All()
    {
        foreach (Activation activation in TestNetworks.HiddenActivations)
        {
            float? omega = activation == Activation.Sine ? 9 : null;
            yield return ($"{activation}", () => Told(TestNetworks.Create(activation, [16, 16], omega: omega)));
        }
        yield return ("SteepSine", () => Told(new Mlp(new MlpDesign { HiddenLayers = [24, 24], Omega = 60 })));
        yield return ("OneHiddenLayer", () => Told(TestNetworks.Create(Activation.Tanh, [37], colors: ColorRange.Unit)));
        yield return ("Ragged", () => Told(TestNetworks.Create(Activation.Sine, [17, 64, 3, 9, 1, 6], omega: 8)));
        for (int i = 0; i < TestNetworks.Encodings.Length; i++)
        {
            InputEncoding encoding = TestNetworks.Encodings[i];
            yield return ($"{encoding.Kind}{i}", () => Told(TestNetworks.Create(encoding, Activation.ReLU, [16, 8])));
        }
        foreach (CoordinateConvention convention in Enum.GetValues<CoordinateConvention>())
        {
            var design = new MlpDesign { HiddenLayers = [12, 12], Omega = 9, Coordinates = convention };
            yield return ($"{convention}", () => Told(new Mlp(design)));
        }
        yield return ("Unit", () => Told(TestNetworks.Create(Activation.Gaussian, [16, 16], colors: ColorRange.Unit)));
        yield return ("Grey", () => Told(TestNetworks.Create(Activation.Sine, [16, 16], outputs: 1, omega: 9)));
        yield return ("Transparent", () => Told(TestNetworks.Create(Activation.Sine, [16, 16], outputs: 4, omega: 9)));
    }

    /// <summary>The network with the picture's size, its colours strong enough that a mistake shows.</summary>
    public static Mlp Told(Mlp network)
    {
        const float Strength = 5;
        foreach (ref float weight in network.Layers[^1].Weights.AsSpan())
            weight *= Strength;
        return network.WithTraining(Facts());
    }
}
