namespace MonaLisa.Engine.Tests;

/// <summary>The elementary functions of the kernels.</summary>
public enum VectorFunction
{
    Exp,
    Sigmoid,
    Tanh,
    Sine,
    SineBesideCosine,
    CosineBesideSine,
    Cosine,
    Bell,
    BellDerivative,
    NormalDistribution,
    NormalDensity,
}
