using MonaLisa.Engine;

namespace MonaLisa.Benchmarks;

/// <summary>A network whose speed is measured.</summary>
/// <param name="Hidden">Neurons in each hidden layer.</param>
/// <param name="Activation">Their activation.</param>
/// <param name="Grid">The grid before them, or null.</param>
internal sealed record NetworkCase(int[] Hidden, Activation Activation = Activation.ReLU, GridEncoding? Grid = null)
{
    /// <summary>The networks of the main table.</summary>
    public static IReadOnlyList<NetworkCase> All { get; } =
        [Equal(3, 64), Equal(3, 256), Equal(6, 300), Equal(3, 1024), Equal(1, 6000), Equal(3, 256, Activation.Sine)];

    /// <summary>The network of ConvNetJS's image regression demo.</summary>
    public static NetworkCase ConvNetJSDemo { get; } = Equal(7, 20);

    /// <summary>
    /// A multiresolution grid before two layers: 8 levels of 2 features from 16 to 256 cells across, at most 2^15 entries a level.
    /// </summary>
    public static NetworkCase MultiresolutionGrid { get; } = new([64, 64], Grid: GridEncoding.For(
        SyntheticPicture.Side, SyntheticPicture.Side, levelCount: 8, coarsest: 16, finest: 256, maxEntryCount: 1 << 15));

    /// <summary>Depth and width; the activation where it is not ReLU.</summary>
    public string Name =>
        $"{(Grid is null ? "" : "grid, ")}{Hidden.Length} x {Hidden[0]}" +
        (Activation == Activation.ReLU ? "" : $" {Activation.ToString().ToLowerInvariant()}");

    /// <summary>What it is made from; the same for both ranges, so that only the activation differs.</summary>
    public MlpDesign Design => DesignOf(Hidden, Activation, Grid);

    /// <summary>Weights of the layers, by which work is counted; biases and a grid's values are not.</summary>
    public long WeightCount { get; } = new Mlp(DesignOf(Hidden, Activation, Grid)).LayerWeightCount;

    /// <summary>A network of equal layers.</summary>
    public static NetworkCase Equal(int depth, int width, Activation activation = Activation.ReLU) =>
        new(Enumerable.Repeat(width, depth).ToArray(), activation);

    /// <summary>Whether the name contains the text; blanks do not matter.</summary>
    public bool Matches(string filter) =>
        Name.Replace(" ", "").Contains(filter.Replace(" ", ""), StringComparison.OrdinalIgnoreCase);

    private static MlpDesign DesignOf(int[] hidden, Activation activation, GridEncoding? grid)
    {
        var layers = new MlpDesign { HiddenLayers = hidden, Activation = activation };
        return grid is null ? layers : layers.With(grid);
    }
}
