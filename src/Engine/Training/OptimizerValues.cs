namespace MonaLisa.Engine.Training;

/// <summary>An optimizer's own parameters; null is one that it does not have.</summary>
/// <param name="Beta1">The share of the gradients' mean that each step keeps.</param>
/// <param name="Beta2">The share of the gradients' mean square that each step keeps.</param>
/// <param name="Epsilon">What keeps a division by that mean square's root from exploding.</param>
/// <param name="Momentum">The share of the velocity that each step keeps.</param>
/// <param name="WeightDecay">What the weights lose; see <see cref="Optimizer"/>.</param>
internal sealed record OptimizerValues(double? Beta1, double? Beta2, double? Epsilon, double? Momentum, double WeightDecay)
{
    /// <summary>What an optimizer has where nothing is asked for: the values of its paper, or else of PyTorch.</summary>
    public static OptimizerValues DefaultsOf(Optimizer optimizer) => optimizer switch
    {
        Optimizer.Adam => new(0.9, 0.999, 1e-8, null, 0),
        Optimizer.AdamW => new(0.9, 0.999, 1e-8, null, 0.01),
        Optimizer.Sgd => new(null, null, null, 0, 0),
        Optimizer.Nesterov => new(null, null, null, 0.9, 0),
        Optimizer.RMSProp => new(null, 0.99, 1e-8, 0, 0),
        Optimizer.Muon => new(0.9, 0.999, 1e-8, 0.95, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(optimizer), optimizer, "There is no such optimizer."),
    };

    /// <summary>What a run's options ask for, and the defaults for the rest.</summary>
    public static OptimizerValues Of(TrainingOptions options)
    {
        OptimizerValues defaults = DefaultsOf(options.Optimizer);
        return new OptimizerValues(
            options.Beta1 ?? defaults.Beta1,
            options.Beta2 ?? defaults.Beta2,
            options.Epsilon ?? defaults.Epsilon,
            options.Momentum ?? defaults.Momentum,
            options.WeightDecay ?? defaults.WeightDecay);
    }
}
