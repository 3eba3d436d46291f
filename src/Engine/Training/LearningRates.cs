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

    /// <summary>A start that suits the optimizer and the network's activation; see FIELD figures in docs/performance.md.</summary>
    public static double DefaultStart(Optimizer optimizer, Activation activation) => (optimizer, activation) switch
    {
        (Optimizer.Sgd, _) => 0.1,
        (_, Activation.Sine) => 1e-3,
        _ => 1e-3,
    };
}
