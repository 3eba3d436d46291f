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
}
