using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>The nonlinearity of a layer, applied to each neuron's weighted sum z.</summary>
public enum Activation
{
    /// <summary>z itself; the output layer's activation.</summary>
    Identity,

    /// <summary>max(0, z).</summary>
    [Description("max(0, z): fast, and smooth between the pixels; learns fine detail only with an encoding")]
    ReLU,

    /// <summary>z for z &gt;= 0, slope * z below; the slope is 0.01 as in the 2012 program.</summary>
    [Description("ReLU that lets a hundredth through below zero: the 2012 program's")]
    LeakyReLU,

    /// <summary>The hyperbolic tangent.</summary>
    [Description("the hyperbolic tangent: smooth, learns fine detail slowly")]
    Tanh,

    /// <summary>1 / (1 + exp(-z)).</summary>
    [Description("from 0 to 1: smooth, learns fine detail slowly")]
    Sigmoid,

    /// <summary>sin(omega * z), as in SIREN (Sitzmann et al. 2020, arXiv 2006.09661).</summary>
    [Description("SIREN: fine detail from bare coordinates; without an encoding the default")]
    Sine,

    /// <summary>exp(-(sigma * z)²) (Ramasinghe and Lucey 2022, arXiv 2111.15135).</summary>
    [Description("a bell: fine detail from bare coordinates")]
    Gaussian,

    /// <summary>
    /// sin(omega * (|z| + 1) * z), FINER (Liu et al. 2024, arXiv 2312.02434). The derivative takes the factor (|z| + 1) for a constant, as
    /// the paper's code does.
    /// </summary>
    [Description("a sine whose frequency grows with its input: learns fastest in short runs")]
    FINER,

    /// <summary>cos(omega * z) * exp(-(sigma * z)²), the real form of WIRE (Saragadam et al. 2023, arXiv 2301.05187).</summary>
    [Description("a wave under a bell: fine detail, in two to four layers")]
    WIRE,

    /// <summary>z * Phi(z), Phi the normal distribution function (Hendrycks and Gimpel 2016, arXiv 1606.08415).</summary>
    [Description("a smooth ReLU")]
    GELU,
}

/// <summary>What belongs to an activation besides its kernel: its parameters, how weights are drawn for it and how fast it learns.</summary>
/// <param name="Initialization">How the weights are drawn where the design says <see cref="WeightInitialization.Auto"/>.</param>
/// <param name="Omega">The default of its omega, for coordinates in [-1, 1] and wide layers; null where it has none.</param>
/// <param name="UsesSigma">Whether it has a sigma.</param>
/// <param name="LearningRate">Adam's default learning rate; with an omega the largest one.</param>
/// <param name="UsualFrequency">The omega up to which a network of three layers starts at that rate.</param>
internal sealed record ActivationFacts(
    WeightInitialization Initialization, float? Omega = null, bool UsesSigma = false, double LearningRate = 1e-3, double UsualFrequency = 0)
{
    // From this width on a network has neurons enough for waves of the default omega.
    private const double WideLayer = 128;

    /// <summary>
    /// The facts of an activation. FINER's omega of 30 and WIRE's 20 are those of FINER's code for pictures (liuzhen0212/FINER,
    /// <c>run_finer.sh</c> and <c>run_wire.sh</c>).
    /// </summary>
    public static ActivationFacts Of(Activation activation) => activation switch
    {
        Activation.Tanh or Activation.Sigmoid => new(WeightInitialization.Xavier),
        Activation.Sine => new(WeightInitialization.Siren, MlpDesign.DefaultOmega, UsualFrequency: 18),
        Activation.Gaussian => new(WeightInitialization.FanIn, UsesSigma: true, LearningRate: 2e-3),
        Activation.FINER => new(WeightInitialization.Finer, Omega: 30, UsualFrequency: 15),
        Activation.WIRE => new(WeightInitialization.FanIn, Omega: 20, UsesSigma: true, UsualFrequency: 10),
        _ => new(WeightInitialization.He),
    };

    /// <summary>Whether it has an omega.</summary>
    public bool UsesOmega => Omega is not null;

    /// <summary>
    /// Omega where none is given; for an activation without one it is sine's. A network whose widest layer has fewer than 128 neurons
    /// cannot combine such short waves to a picture, and has less, by the root of its width, rounded (docs/quality.md).
    /// </summary>
    /// <param name="width">Neurons in the widest hidden layer.</param>
    public float DefaultOmega(int width)
    {
        float omega = Omega ?? MlpDesign.DefaultOmega;
        return width < WideLayer ? (float)Math.Max(1, Math.Round(omega * Math.Sqrt(width / WideLayer))) : omega;
    }
}

/// <summary>The numbers that an activation uses; each ignores those it has not.</summary>
/// <param name="Parameter">The leaky rectifier's slope, or omega.</param>
/// <param name="Sigma">Sigma.</param>
internal readonly record struct ActivationParameters(float Parameter, float Sigma);
