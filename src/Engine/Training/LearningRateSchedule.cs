using System.ComponentModel;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine;

/// <summary>
/// The learning rate from the start of the run, or the end of its warm-up (progress 0), to its planned end (progress 1).
/// </summary>
public enum LearningRateSchedule
{
    /// <summary>From the start value to zero along half a cosine (Loshchilov and Hutter 2016, arXiv 1608.03983).</summary>
    [Description("along half a cosine to zero; the default")]
    Cosine,

    /// <summary>From the start value to a tenth of it by equal ratios.</summary>
    [Description("by equal ratios to a tenth")]
    Exponential,

    /// <summary>The start value throughout.</summary>
    [Description("the same throughout")]
    Constant,

    /// <summary>The start value, a tenth of it from 1/2 on, a hundredth from 3/4 on (He et al. 2015, arXiv 1512.03385).</summary>
    [Description("a tenth from the half of the run on, a hundredth from three quarters on")]
    Step,

    /// <summary>
    /// From a 25th of the given value along half a cosine up to it at 0.3, and along half a cosine down to zero (Smith and Topin 2017,
    /// arXiv 1708.07120).
    /// </summary>
    [Description("up in the first 30 percent, then down to zero: for short runs")]
    OneCycle,
}

/// <summary>The learning rate over a run, and where it starts.</summary>
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
    /// <param name="schedule">The schedule after the warm-up.</param>
    /// <param name="start">The rate after the warm-up; for <see cref="LearningRateSchedule.OneCycle"/> the peak.</param>
    /// <param name="warmUp">Share of the run that is the warm-up, 0 to 1.</param>
    /// <param name="progress">Share of the run that is done, 0 to 1.</param>
    public static double At(LearningRateSchedule schedule, double start, double warmUp, double progress) => progress < warmUp
        ? At(schedule, start, 0) * (progress / warmUp)
        : At(schedule, start, warmUp < 1 ? (progress - warmUp) / (1 - warmUp) : 0);

    /// <summary>The rate at a point of the run.</summary>
    /// <param name="schedule">The schedule.</param>
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

    /// <summary>The default start for an optimizer, a network and a batch.</summary>
    public static double DefaultStart(Optimizer optimizer, MlpDesign design, int batchSize) =>
        Optimizers.Of(optimizer).DefaultRate(design, batchSize);

    /// <summary>A start for optimizers that find a step size for each weight, such as Adam.</summary>
    /// <remarks>
    /// Grids take 1e-2. Rectifiers, tanh, sigmoid and GELU take 1e-3 at any shape tried, Gaussian twice that. A sine network must start
    /// lower the higher its frequency, the wider and deeper it is and the smaller the batch; above that it learns fast at first and is
    /// lost later, more often in a long run than in a short one. FINER, a sine whose frequency grows, follows the rule from the 5e-4 of
    /// its paper, and so does WIRE: its paper's 5e-3 is for whole pictures in a step and for complex numbers; in batches it learns best
    /// at a tenth of it. The rules are what held in the runs of docs/quality.md.
    /// </remarks>
    /// <param name="design">The network.</param>
    /// <param name="batchSize">Pixels in a step.</param>
    public static double AdaptiveStart(MlpDesign design, int batchSize)
    {
        const double GridRate = 1e-2;
        ActivationFacts activation = ActivationFacts.Of(design.Activation);
        if (design.Encoding.IsTrained)
            return GridRate;
        if (!activation.UsesOmega)
            return activation.LearningRate;
        double width = Math.Sqrt(256.0 / design.HiddenLayers.Max()), depth = Math.Pow(3.0 / design.HiddenLayers.Count, 2);
        double batch = Math.Sqrt(batchSize / 1024.0), frequency = activation.UsualFrequency / design.Omega;
        return activation.LearningRate * Math.Min(1, frequency) * Math.Min(1, width) * Math.Min(1, depth) * Math.Min(1, batch);
    }
}
