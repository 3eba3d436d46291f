namespace MonaLisa.Engine;

/// <summary>How a gradient changes the weights.</summary>
public enum Optimizer
{
    /// <summary>Adam with beta1 0.9, beta2 0.999, epsilon 1e-8 (Kingma and Ba 2014, arXiv 1412.6980).</summary>
    Adam,

    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,
}
