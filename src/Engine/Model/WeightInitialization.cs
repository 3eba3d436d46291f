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
