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
