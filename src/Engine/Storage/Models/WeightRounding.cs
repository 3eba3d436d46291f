using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Storage;

/// <summary>The number types of a network's tensors under a <see cref="ModelPrecision"/>, and what becomes of the weights.</summary>
internal static class WeightRounding
{
    /// <summary>
    /// The number type of a tensor. Weights have that of the precision, but 16 bits at least in the first layer. Trained numbers of an
    /// encoding are halved at most; random frequencies and biases stay as they are.
    /// </summary>
    public static TensorType TypeOf(NetworkTensor tensor, MlpDesign design, ModelPrecision precision) => tensor.Role switch
    {
        _ when precision == ModelPrecision.Single => TensorType.F32,
        TensorRole.Weight => precision == ModelPrecision.Int8 && tensor.Layer > 0 ? TensorType.I8 : TensorType.F16,
        TensorRole.Encoding when design.Encoding.IsTrained => TensorType.F16,
        _ => TensorType.F32,
    };

    /// <summary>The network as it comes back out of a file of this precision.</summary>
    public static Mlp Round(Mlp network, ModelPrecision precision)
    {
        Mlp rounded = network.Clone();
        foreach ((NetworkTensor tensor, float[] values) in NetworkTensor.Of(network.Design).Zip(NetworkTensor.ValuesOf(rounded)))
        {
            TensorType type = TypeOf(tensor, network.Design, precision);
            for (int row = 0; type != TensorType.F32 && row < tensor.Rows; row++)
                Round(values.AsSpan(row * tensor.Columns, tensor.Columns), type);
        }
        return rounded;
    }

    /// <summary>
    /// The dB of PSNR by which a rounded network is further from the training pixels; null where that is no finite number.
    /// </summary>
    public static double? PsnrLost(
        Mlp network, Mlp rounded, PixelDataset dataset, ComputeProvider provider, CancellationToken cancellationToken) =>
        Decibels.Lost(Psnr(network, dataset, provider, cancellationToken), Psnr(rounded, dataset, provider, cancellationToken));

    private static void Round(Span<float> weights, TensorType type)
    {
        float scale = RowScale.Of(weights);
        foreach (ref float weight in weights)
            weight = type == TensorType.F16 ? (float)(Half)weight : RowScale.Quantize(weight, scale) * scale;
    }

    private static double Psnr(Mlp network, PixelDataset dataset, ComputeProvider provider, CancellationToken cancellationToken)
    {
        using var renderer = new ImageRenderer(network, provider, cancellationToken: cancellationToken);
        // The training pixels' figures, or the whole picture's, come first.
        return QualityMeter.Measure(
            dataset, network.OutputCount,
            (firstRow, rowCount, colors) => renderer.Render(dataset.Width, dataset.Height, firstRow, rowCount, colors, cancellationToken),
            cancellationToken)[0].Psnr;
    }
}

/// <summary>
/// 8-bit weights: a neuron's are whole numbers from -127 to 127 times one scale, its largest weight's magnitude / 127, so that zero
/// stays zero and the rounding error is at most half the scale.
/// </summary>
internal static class RowScale
{
    private const float Steps = 127;

    /// <summary>The scale of a neuron's weights.</summary>
    public static float Of(ReadOnlySpan<float> weights)
    {
        float largest = 0;
        foreach (float weight in weights)
            largest = Math.Max(largest, Math.Abs(weight));
        return largest / Steps;
    }

    /// <summary>The scales of the rows of a matrix.</summary>
    public static float[] OfRows(float[] weights, int columns) =>
        [.. Enumerable.Range(0, weights.Length / columns).Select(row => Of(weights.AsSpan(row * columns, columns)))];

    /// <summary>The whole number that times the scale comes nearest to a weight.</summary>
    public static sbyte Quantize(float weight, float scale) =>
        // The smallest weights have a scale that is no longer above zero.
        scale == 0 ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round(weight / scale), -Steps, Steps);
}
