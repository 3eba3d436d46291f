namespace MonaLisa.Engine.Training;

/// <summary>The learning rate at every moment of a run.</summary>
internal static class LearningRates
{
    /// <summary>What an exponential schedule ends at, as a share of its start.</summary>
    private const double ExponentialEnd = 0.1;

    /// <summary>What a step schedule multiplies by, and when.</summary>
    private const double StepFactor = 0.1, FirstStep = 0.5, SecondStep = 0.75;

    /// <summary>Where one cycle begins, as a share of its peak, and where the peak is.</summary>
    private const double CycleStart = 1 / 25.0, CyclePeak = 0.3;

    /// <summary>
    /// The rate at a point of a run that may have a warm-up: a straight line from zero, then the schedule over what is left.
    /// </summary>
    /// <param name="schedule">How it goes after the warm-up.</param>
    /// <param name="start">The rate after the warm-up; for <see cref="LearningRateSchedule.OneCycle"/> the peak.</param>
    /// <param name="warmUp">Share of the run that is the warm-up, 0 to 1.</param>
    /// <param name="progress">Share of the run that is done, 0 to 1.</param>
    public static double At(LearningRateSchedule schedule, double start, double warmUp, double progress) => progress < warmUp
        ? At(schedule, start, 0) * (progress / warmUp)
        : At(schedule, start, warmUp < 1 ? (progress - warmUp) / (1 - warmUp) : 0);

    /// <summary>The rate at a point of the run.</summary>
    /// <param name="schedule">How it goes.</param>
    /// <param name="start">The rate at the start; for <see cref="LearningRateSchedule.OneCycle"/> the peak.</param>
    /// <param name="progress">Share of the run that is done, 0 to 1.</param>
    public static double At(LearningRateSchedule schedule, double start, double progress) => schedule switch
    {
        LearningRateSchedule.Constant => start,
        LearningRateSchedule.Cosine => start * Falling(progress),
        LearningRateSchedule.Exponential => start * Math.Pow(ExponentialEnd, progress),
        LearningRateSchedule.Step => start * (progress < FirstStep ? 1 : progress < SecondStep ? StepFactor : StepFactor * StepFactor),
        LearningRateSchedule.OneCycle => start * (progress < CyclePeak
            ? 1 - (1 - CycleStart) * Falling(progress / CyclePeak)
            : Falling((progress - CyclePeak) / (1 - CyclePeak))),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "There is no such schedule."),
    };

    /// <summary>Half a cosine, from 1 to 0.</summary>
    private static double Falling(double progress) => 0.5 * (1 + Math.Cos(Math.PI * progress));

    /// <summary>A start that suits the optimizer, the network and the batch.</summary>
    /// <remarks>
    /// With Adam, AdamW and RMSProp, rectifiers, tanh, sigmoid and GELU take 1e-3 at any shape tried, Gaussian twice that; with Muon ten
    /// times as much. A sine network may take the less the higher its frequency, the wider and deeper it is and the smaller the batch;
    /// above that it learns fast at first and is lost later, in a long run more surely than in a short one; with Muon likewise. FINER, a
    /// sine whose frequency grows, follows the rule from the 5e-4 of its paper, and so does WIRE: its paper's 5e-3 is for whole pictures
    /// in a step and for complex numbers; in batches it learns best at a tenth of it. Plain gradient descent takes 0.1, and a tenth of it
    /// with Nesterov's momentum of 0.9, which makes steps ten times as long. The rules are what held in the runs of docs/quality.md.
    /// </remarks>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="design">The network.</param>
    /// <param name="batchSize">Pixels in a step.</param>
    public static double DefaultStart(Optimizer optimizer, MlpDesign design, int batchSize)
    {
        const double DescentRate = 0.1, NesterovRate = 0.01, UsualRate = 1e-3, GaussianRate = 2e-3, MuonShare = 10, GridRate = 1e-2;
        if (optimizer == Optimizer.Sgd)
            return DescentRate;
        if (optimizer == Optimizer.Nesterov)
            return NesterovRate;
        if (design.Encoding.IsTrained)
            return GridRate;
        if (!ActivationFacts.UsesOmega(design.Activation))
            return (design.Activation == Activation.Gaussian ? GaussianRate : UsualRate) * (optimizer == Optimizer.Muon ? MuonShare : 1);
        // The frequency up to which a network of three layers takes the usual rate.
        double usualFrequency = design.Activation switch { Activation.FINER => 15, Activation.WIRE => 10, _ => 18 };
        double width = Math.Sqrt(256.0 / design.HiddenLayers.Max()), depth = Math.Pow(3.0 / design.HiddenLayers.Count, 2);
        double batch = Math.Sqrt(batchSize / 1024.0), frequency = usualFrequency / design.Omega;
        return UsualRate * Math.Min(1, frequency) * Math.Min(1, width) * Math.Min(1, depth) * Math.Min(1, batch);
    }
}
