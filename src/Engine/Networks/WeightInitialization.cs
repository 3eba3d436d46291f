namespace MonaLisa.Engine;

/// <summary>How the weights of a new network are drawn.</summary>
public enum WeightInitialization
{
    /// <summary>
    /// By the activation: SIREN for sine, FINER's for FINER, by fan-in for Gaussian and WIRE, Xavier for tanh and sigmoid, He for the
    /// rectifiers and GELU.
    /// </summary>
    Auto,

    /// <summary>Normal, variance 2 / ((1 + slope²) fan-in); biases zero. He et al. 2015 (arXiv 1502.01852).</summary>
    He,

    /// <summary>Uniform ±sqrt(6 / (fan-in + fan-out)); biases zero. Glorot and Bengio 2010.</summary>
    Xavier,

    /// <summary>
    /// First layer uniform ±1 / fan-in, later ones ±sqrt(6 / fan-in) / omega; biases uniform ±1 / sqrt(fan-in).
    /// Sitzmann et al. 2020 (arXiv 2006.09661) and its code.
    /// </summary>
    Siren,

    /// <summary>
    /// Weights and biases normal with deviation 0.3 / sqrt(fan-in + 1): the 2012 program (evolvingstuff/MonaLisa).
    /// </summary>
    MonaLisa2012,

    /// <summary>
    /// As <see cref="Siren"/>, but the first layer's biases are uniform ±k, so that its neurons work at different frequencies.
    /// Liu et al. 2024 (arXiv 2312.02434); k is 5 here.
    /// </summary>
    Finer,

    /// <summary>
    /// Weights and biases uniform ±1 / sqrt(fan-in): what PyTorch gives a linear layer, and the code of WIRE and of the Gaussian
    /// activation leaves as it is (vishwa91/wire).
    /// </summary>
    FanIn,
}
