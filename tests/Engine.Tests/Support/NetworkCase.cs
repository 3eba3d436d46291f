using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>A network, pixels for it to learn, and what the reference makes of them; reckoned once for all widths and providers.</summary>
internal sealed class NetworkCase
{
    private readonly Lazy<double[][]> _outputs;
    private readonly Lazy<double[]> _gradient;

    /// <summary>Makes a case.</summary>
    public NetworkCase(
        Activation activation, IReadOnlyList<int> widths, int rows, ColorRange colors, LossFunction loss, int seed = 1, int outputs = 3)
        : this(TestNetworks.Create(activation, widths, seed, colors, outputs: outputs), rows, loss, seed)
    {
    }

    /// <summary>Makes a case of a network.</summary>
    public NetworkCase(Mlp network, int rows, LossFunction loss, int seed = 1)
    {
        (Network, Loss, Rows) = (network, loss, rows);
        Pixels = TestNetworks.Pixels(Network, rows, seed + 1);
        Reference = new ReferenceNetwork(Network);
        _outputs = new(() => [.. Pixels.Select(pixel => Reference.Outputs(pixel.First, pixel.Second))]);
        _gradient = new(() => Reference.Gradient(Pixels, Loss));
    }

    public Mlp Network { get; }

    public ReferencePixel[] Pixels { get; }

    public ReferenceNetwork Reference { get; }

    public LossFunction Loss { get; }

    public int Rows { get; }

    /// <summary>The network's own outputs, <c>[rows][outputs]</c>.</summary>
    public double[][] Outputs => _outputs.Value;

    /// <summary>The gradient in the reference's order.</summary>
    public double[] Gradient => _gradient.Value;

    /// <summary>The loss's derivative by an output, but for the error itself.</summary>
    public float GradientScale =>
        (Network.Design.Colors == ColorRange.Symmetric ? 0.5f : 1) * LossFactor / Rows;

    /// <summary>The loss as the kernels take it.</summary>
    public PixelLoss PixelLoss => new(Loss, (float)ReferenceLoss.HuberDelta);

    private float LossFactor => Loss switch
    {
        LossFunction.MeanSquaredError => 2f / Network.OutputCount,
        LossFunction.HalfSquaredError => 1,
        _ => 1f / Network.OutputCount,
    };

    public override string ToString() => $"{Network.Shape} {Network.Activation}, {Network.Design.Encoding}, {Rows} rows, {Network.Design.Colors}, {Loss}";
}
