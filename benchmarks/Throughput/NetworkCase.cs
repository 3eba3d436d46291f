using MonaLisa.Engine;

namespace MonaLisa.Benchmarks;

/// <summary>A network whose speed is measured.</summary>
/// <param name="Hidden">Neurons in each hidden layer.</param>
/// <param name="Activation">Their activation.</param>
internal sealed record NetworkCase(int[] Hidden, Activation Activation = Activation.ReLU)
{
    /// <summary>The networks of the main table.</summary>
    public static IReadOnlyList<NetworkCase> All { get; } =
        [Equal(3, 64), Equal(3, 256), Equal(6, 300), Equal(3, 1024), Equal(1, 6000), Equal(3, 256, Activation.Sine)];

    /// <summary>The network of ConvNetJS's image regression demo.</summary>
    public static NetworkCase ConvNetJSDemo { get; } = Equal(7, 20);

    /// <summary>Depth and width; the activation where it is not ReLU.</summary>
    public string Name => $"{Hidden.Length} x {Hidden[0]}{(Activation == Activation.ReLU ? "" : $" {Activation.ToString().ToLowerInvariant()}")}";

    /// <summary>What it is made from; the same for both ranges, so that only the activation differs.</summary>
    public MlpDesign Design => new() { HiddenLayers = Hidden, Activation = Activation };

    /// <summary>Weights, biases not counted.</summary>
    public long WeightCount { get; } = new Mlp(new() { HiddenLayers = Hidden, Activation = Activation }).WeightCount;

    /// <summary>A network of equal layers.</summary>
    public static NetworkCase Equal(int depth, int width, Activation activation = Activation.ReLU) =>
        new(Enumerable.Repeat(width, depth).ToArray(), activation);

    /// <summary>Whether the name contains the text; blanks do not matter.</summary>
    public bool Matches(string filter) =>
        Name.Replace(" ", "").Contains(filter.Replace(" ", ""), StringComparison.OrdinalIgnoreCase);
}
