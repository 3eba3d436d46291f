using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>How the weights of a new network are drawn.</summary>
public enum WeightInitialization
{
    /// <summary>
    /// By the activation: SIREN for sine, FINER's for FINER, by fan-in for Gaussian and WIRE, Xavier for tanh and sigmoid, He for the
    /// rectifiers and GELU.
    /// </summary>
    [Description("what suits the activation; the default")]
    Auto,

    /// <summary>Normal, variance 2 / ((1 + slope²) fan-in); biases zero. He et al. 2015 (arXiv 1502.01852).</summary>
    [Description("normal, by the inputs: for ReLU, LeakyReLU and GELU")]
    He,

    /// <summary>Uniform ±sqrt(6 / (fan-in + fan-out)); biases zero. Glorot and Bengio 2010.</summary>
    [Description("uniform, by inputs and outputs: for Tanh and Sigmoid")]
    Xavier,

    /// <summary>
    /// First layer uniform ±1 / fan-in, later ones ±sqrt(6 / fan-in) / omega; biases uniform ±1 / sqrt(fan-in).
    /// Sitzmann et al. 2020 (arXiv 2006.09661) and its code.
    /// </summary>
    [Description("uniform, by inputs and omega: for Sine")]
    Siren,

    /// <summary>
    /// Weights and biases normal with deviation 0.3 / sqrt(fan-in + 1): the 2012 program (evolvingstuff/MonaLisa).
    /// </summary>
    [Description("the 2012 program's normal weights and biases")]
    MonaLisa2012,

    /// <summary>
    /// As <see cref="Siren"/>, but the first layer's biases are uniform ±k, so that its neurons work at different frequencies.
    /// Liu et al. 2024 (arXiv 2312.02434); k is 5 here.
    /// </summary>
    [Description("Siren with wide biases in the first layer: for FINER")]
    Finer,

    /// <summary>
    /// Weights and biases uniform ±1 / sqrt(fan-in): what PyTorch gives a linear layer, and the code of WIRE and of the Gaussian
    /// activation leaves as it is (vishwa91/wire).
    /// </summary>
    [Description("uniform, by the inputs, as PyTorch does: for Gaussian and WIRE")]
    FanIn,
}

/// <summary>Draws a new network's weights by the rule of its <see cref="WeightInitialization"/>.</summary>
internal static class WeightInitializer
{
    /// <summary>
    /// FINER's k. The paper tunes it to the signal, and its code leaves the biases as PyTorch draws them, ±0.7, where it is not given.
    /// Twelve epochs of a picture of 300 x 429 ended at 31.4, 31.7, 33.4, 34.4 and 35.3 dB with 0.7, 1, 3, 5 and 10; at 10 the
    /// fastest of the first waves are shorter than three of its pixels.
    /// </summary>
    public const double FinerFirstBias = 5;

    /// <summary>Fills every layer; the numbers depend on the design and its seed alone.</summary>
    public static void Draw(Mlp network)
    {
        MlpDesign design = network.Design;
        WeightInitialization rule = design.Initialization == WeightInitialization.Auto
            ? ActivationFacts.Of(design.Activation).Initialization : design.Initialization;
        var random = new RandomSource(RandomSource.Mix((ulong)design.Seed));
        for (int i = 0; i < network.Layers.Count; i++)
            Draw(network.Layers[i], isFirst: i == 0, rule, design, ref random);
        design.Encoding.Draw(network.EncodingTensors, ref random);
        if (design.Encoding is LatentEncoding latents)
            latents.Start.CopyTo(network);
        else if (NeighborhoodStart.IsFor(design))
            NeighborhoodStart.CopyTo(network);
    }

    private static void Draw(DenseLayer layer, bool isFirst, WeightInitialization rule, MlpDesign design, ref RandomSource random)
    {
        double fanIn = layer.InputCount;
        switch (rule)
        {
            case WeightInitialization.He:
                double slope = layer.Activation == Activation.LeakyReLU ? MlpDesign.LeakySlope : 0;
                // The linear output layer passes on all of its input's variance, a rectifier half of it.
                double gain = layer.Activation == Activation.Identity ? 1 : 2 / (1 + slope * slope);
                FillNormal(layer.Weights, Math.Sqrt(gain / fanIn), ref random);
                break;
            case WeightInitialization.Xavier:
                FillUniform(layer.Weights, Math.Sqrt(6 / (fanIn + layer.OutputCount)), ref random);
                break;
            case WeightInitialization.Siren or WeightInitialization.Finer:
                FillUniform(layer.Weights, isFirst ? 1 / fanIn : Math.Sqrt(6 / fanIn) / design.Omega, ref random);
                bool isFinersFirst = isFirst && rule == WeightInitialization.Finer;
                FillUniform(layer.Biases, isFinersFirst ? FinerFirstBias : 1 / Math.Sqrt(fanIn), ref random);
                break;
            case WeightInitialization.FanIn:
                FillUniform(layer.Weights, 1 / Math.Sqrt(fanIn), ref random);
                FillUniform(layer.Biases, 1 / Math.Sqrt(fanIn), ref random);
                break;
            case WeightInitialization.MonaLisa2012:
                FillNormal(layer.Weights, 0.3 / Math.Sqrt(fanIn + 1), ref random);
                FillNormal(layer.Biases, 0.3 / Math.Sqrt(fanIn + 1), ref random);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(rule), rule, "There is no such initialisation.");
        }
    }

    private static void FillUniform(Span<float> values, double limit, ref RandomSource random)
    {
        foreach (ref float value in values)
            value = random.NextUniform(limit);
    }

    private static void FillNormal(Span<float> values, double deviation, ref RandomSource random)
    {
        foreach (ref float value in values)
            value = random.NextNormal(deviation);
    }
}
