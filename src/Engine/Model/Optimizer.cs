using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>
/// How a gradient g changes the weights w. A weight decay d is added to the gradient, <c>g + d w</c>, except where it is called decoupled:
/// there the weights shrink beside the step, <c>w -= rate d w</c>.
/// </summary>
public enum Optimizer
{
    /// <summary>Adam (Kingma and Ba 2014, arXiv 1412.6980).</summary>
    [Description("a step size for each weight, by its gradients' mean and variance; the default")]
    Adam,

    /// <summary>Stochastic gradient descent with momentum (Polyak 1964): <c>v = momentum v + g; w -= rate v</c>.</summary>
    [Description("stochastic gradient descent, with momentum where it is given")]
    Sgd,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2017, arXiv 1711.05101).</summary>
    [Description("Adam with decoupled weight decay")]
    AdamW,

    /// <summary>
    /// Stochastic gradient descent with Nesterov's momentum, in the form of Sutskever et al. 2013 that takes the gradient at the weights
    /// themselves: <c>v = momentum v + g; w -= rate (g + momentum v)</c>.
    /// </summary>
    [Description("gradient descent with Nesterov's momentum")]
    Nesterov,

    /// <summary>
    /// RMSProp (Tieleman and Hinton 2012): <c>s = beta2 s + (1 - beta2) g²; v = momentum v + g / (sqrt(s) + epsilon); w -= rate v</c>.
    /// </summary>
    [Description("a step size for each weight, by its gradients' mean square")]
    RMSProp,

    /// <summary>
    /// Muon (Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks"; decoupled weight decay) for the matrices
    /// between hidden layers: the momentum's step, Nesterov's, is replaced by one near the nearest orthogonal matrix, times
    /// <c>0.2 sqrt(max(inputs, outputs))</c>, which gives it the size of Adam's steps (Liu et al. 2025, arXiv 2502.16982). The first
    /// layer, the output layer and all biases learn by AdamW.
    /// </summary>
    [Description("orthogonal steps for the matrices between hidden layers: gains most with ReLU and large batches")]
    Muon,
}
