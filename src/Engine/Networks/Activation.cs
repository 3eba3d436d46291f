namespace MonaLisa.Engine;

/// <summary>The nonlinearity of a layer, applied to each neuron's weighted sum z.</summary>
public enum Activation
{
    /// <summary>z itself; the output layer's activation.</summary>
    Identity,

    /// <summary>max(0, z).</summary>
    ReLU,

    /// <summary>z for z &gt;= 0, slope * z below; the slope is 0.01 as in the 2012 program.</summary>
    LeakyReLU,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + exp(-z)).</summary>
    Sigmoid,

    /// <summary>sin(omega * z), as in SIREN (Sitzmann et al. 2020, arXiv 2006.09661).</summary>
    Sine,

    /// <summary>exp(-(sigma * z)²) (Ramasinghe and Lucey 2022, arXiv 2111.15135).</summary>
    Gaussian,

    /// <summary>
    /// sin(omega * (|z| + 1) * z), FINER (Liu et al. 2024, arXiv 2312.02434). The derivative takes the factor (|z| + 1) for a constant, as
    /// the paper's code does.
    /// </summary>
    FINER,

    /// <summary>cos(omega * z) * exp(-(sigma * z)²), the real form of WIRE (Saragadam et al. 2023, arXiv 2301.05187).</summary>
    WIRE,

    /// <summary>z * Phi(z), Phi the normal distribution function (Hendrycks and Gimpel 2016, arXiv 1606.08415).</summary>
    GELU,
}
