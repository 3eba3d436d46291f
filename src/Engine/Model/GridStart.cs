namespace MonaLisa.Engine;

/// <summary>
/// What the layers of a network with a grid begin with where its tables begin with the picture: neurons that learned from photographs what
/// such tables mean. See docs/quality.md.
/// </summary>
internal static class GridStart
{
    /// <summary>The file of the numbers.</summary>
    public const string Resource = "grid-start.bin";

    /// <summary>Of the picture whose grid the network that learned has; pictures of other sizes have as many levels.</summary>
    private const int Side = 512;

    /// <summary>
    /// The network that learned. It is narrow, so that most of a network's neurons are still drawn at random: with all 64 learned,
    /// long runs end 0.2 dB lower.
    /// </summary>
    public static MlpDesign Design { get; } = new MlpDesign { HiddenLayers = [16], Activation = Activation.ReLU }.With(GridEncoding.For(Side, Side));

    private static readonly Lazy<DenseLayer[]> Learned = new(static () =>
    {
        DenseLayer[] layers = Design.CreateLayers();
        DenseLayer.Fill(layers, StartFile.ReadHalves(Resource));
        return layers;
    });

    /// <summary>Whether a design's layers can begin so.</summary>
    public static bool IsFor(MlpDesign design) =>
        design is { HiddenLayers: [int neurons], Encoding: GridEncoding grid } && neurons >= Design.HiddenLayers[0] &&
        (grid.FeaturesPerLevel, grid.FeatureCount) == (((GridEncoding)Design.Encoding).FeaturesPerLevel, Design.Encoding.FeatureCount) &&
        (design.Activation, design.Initialization, design.Colors) == (Design.Activation, Design.Initialization, Design.Colors);

    /// <summary>
    /// Fills in the first neurons of a network of which <see cref="IsFor"/> holds. The others keep their inputs, and do nothing at first.
    /// Alpha is opaque at first.
    /// </summary>
    public static void CopyTo(Mlp network)
    {
        DenseLayer output = network.Layers[^1];
        Array.Clear(output.Weights);
        Array.Fill(output.Biases, 1);
        for (int i = 0; i < network.Layers.Count; i++)
            Learned.Value[i].CopyTo(network.Layers[i]);
    }
}
