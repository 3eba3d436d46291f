namespace MonaLisa.Engine.Training;

/// <summary>The learning rate at every moment of a run.</summary>
internal static class LearningRates
{
    /// <summary>What an exponential schedule ends at, as a share of its start.</summary>
    private const double ExponentialEnd = 0.1;

    /// <summary>The rate at a point of the run.</summary>
    /// <param name="schedule">How it falls.</param>
    /// <param name="start">The rate at the start.</param>
    /// <param name="progress">Share of the run that is done, 0 to 1.</param>
    public static double At(LearningRateSchedule schedule, double start, double progress) => schedule switch
    {
        LearningRateSchedule.Constant => start,
        LearningRateSchedule.Cosine => start * 0.5 * (1 + Math.Cos(Math.PI * progress)),
        LearningRateSchedule.Exponential => start * Math.Pow(ExponentialEnd, progress),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "There is no such schedule."),
    };

    /// <summary>A start that suits the optimizer, the network and the batch.</summary>
    /// <remarks>
    /// With Adam, rectifiers, tanh, sigmoid and GELU take 1e-3 at any shape tried, Gaussian twice that. A sine network may take the less
    /// the higher its frequency, the wider and deeper it is and the smaller the batch; above that it learns fast at first and is lost
    /// later, in a long run more surely than in a short one. The rule is what held in the runs of docs/quality.md. FINER, a sine whose
    /// frequency grows, follows it from the 5e-4 of its paper, and so does WIRE: its paper's 5e-3 is for whole pictures in a step and for
    /// complex numbers; in batches it learns best at a tenth of it.
    /// </remarks>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="design">The network.</param>
    /// <param name="batchSize">Pixels in a step.</param>
    public static double DefaultStart(Optimizer optimizer, MlpDesign design, int batchSize)
    {
        if (optimizer == Optimizer.Sgd)
            return 0.1;
        const double UsualRate = 1e-3, GaussianRate = 2e-3;
        if (!ActivationFacts.UsesOmega(design.Activation))
            return design.Activation == Activation.Gaussian ? GaussianRate : UsualRate;
        // The frequency up to which a network of three layers takes the usual rate.
        double usualFrequency = design.Activation switch { Activation.FINER => 15, Activation.WIRE => 10, _ => 18 };
        double width = Math.Sqrt(256.0 / design.HiddenLayers.Max()), depth = Math.Pow(3.0 / design.HiddenLayers.Count, 2);
        double batch = Math.Sqrt(batchSize / 1024.0), frequency = usualFrequency / design.Omega;
        return UsualRate * Math.Min(1, frequency) * Math.Min(1, width) * Math.Min(1, depth) * Math.Min(1, batch);
    }
}
