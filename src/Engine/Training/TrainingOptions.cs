using System.Text.Json.Serialization;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine;

/// <summary>
/// How to train. The run ends at the first of <see cref="Epochs"/>, <see cref="MaxTime"/> and <see cref="TargetPsnr"/> that it reaches.
/// </summary>
/// <remarks>Checkpoints store all of them by their names, in the order of this file.</remarks>
public sealed record TrainingOptions
{
    /// <summary>The time a run takes where neither epochs nor a time are asked for.</summary>
    public static readonly TimeSpan DefaultMaxTime = TimeSpan.FromSeconds(20);

    /// <summary>The longest training time of a run that is read from a file or an object, 285 years: up to here a double has every tick.</summary>
    internal static readonly TimeSpan LongestElapsed = TimeSpan.FromTicks((1L << 53) - 1);

    /// <summary>Pixels in a step where none are asked for.</summary>
    public const int DefaultBatchSize = 1024;

    /// <summary>The largest batch, in pixels.</summary>
    public const int MaxBatchSize = 1 << 22;

    /// <summary>Huber's delta where none is asked for: a tenth of the range of colours.</summary>
    public const double DefaultHuberDelta = 0.1;

    /// <summary>Betas are floats in the kernels, and must be below 1 there too.</summary>
    private const double LargestBeta = 0.999999;

    /// <summary>The highest learning rate.</summary>
    public const double MaxLearningRate = 1000;

    /// <summary>The largest <see cref="HuberDelta"/>.</summary>
    public const double MaxHuberDelta = 1000;

    /// <summary>The most threads a run may have.</summary>
    public const int MaxThreadCount = 1024;

    /// <summary>Passes over the training pixels, or null for no limit.</summary>
    public int? Epochs { get; internal init; }

    /// <summary>Training time, or null for no limit; <see cref="DefaultMaxTime"/> where <see cref="Epochs"/> is null too.</summary>
    public TimeSpan? MaxTime { get; internal init; }

    /// <summary>PSNR in dB over the training pixels that is good enough, or null.</summary>
    public double? TargetPsnr { get; internal init; }

    /// <summary>The most bits a pixel that a compressed file of a network with latents may take, or null.</summary>
    public double? TargetBitsPerPixel { get; internal init; }

    /// <summary>The most bytes of such a file, or null.</summary>
    public long? TargetSize { get; internal init; }

    /// <summary>The SSIM that such a network must reach in as few bytes as it can, or null.</summary>
    public double? TargetSsim { get; internal init; }

    /// <summary>The most pixels in a step; an epoch is cut into steps of equal size.</summary>
    public int BatchSize { get; internal init; } = DefaultBatchSize;

    /// <summary>
    /// The learning rate at the start (with <see cref="LearningRateSchedule.OneCycle"/> at its peak), or null for the default of the
    /// optimizer and activation. A run of a network with latents has null: its training has rates, batches and a loss of its own.
    /// </summary>
    public double? LearningRate { get; internal init; }

    /// <summary>How the gradient changes the weights.</summary>
    public Optimizer Optimizer { get; internal init; } = Optimizer.Adam;

    /// <summary>How the tables of an encoding are trained, or null for the picture's choice; in a stopped run null is Adam.</summary>
    [JsonInclude]
    internal TableOptimizer? TableOptimizer { get; init; }

    /// <summary>
    /// The momentum of <see cref="Optimizer.Sgd"/> and <see cref="Optimizer.RMSProp"/> (null is 0),
    /// <see cref="Optimizer.Nesterov"/> (0.9) and <see cref="Optimizer.Muon"/> (0.95), in [0, 1); the others have none.
    /// </summary>
    public double? Momentum { get; internal init; }

    /// <summary>
    /// The share of the gradients' mean that a step of <see cref="Optimizer.Adam"/>, <see cref="Optimizer.AdamW"/> or
    /// <see cref="Optimizer.Muon"/>'s Adam keeps, 0 to 0.999999; null is 0.9.
    /// </summary>
    public double? Beta1 { get; internal init; }

    /// <summary>
    /// The share of the gradients' mean square that a step of those or of <see cref="Optimizer.RMSProp"/> keeps, 0 to 0.999999; null is
    /// 0.999, for RMSProp 0.99.
    /// </summary>
    public double? Beta2 { get; internal init; }

    /// <summary>What these add to the mean square's root, 1e-30 to 1; null is 1e-8.</summary>
    public double? Epsilon { get; internal init; }

    /// <summary>
    /// What the weights lose, 0 to 1: see <see cref="Optimizer"/>; null is 0.01 for <see cref="Optimizer.AdamW"/> and 0 for the others.
    /// </summary>
    public double? WeightDecay { get; internal init; }

    /// <summary>Which pixels an epoch learns from.</summary>
    public PixelSampling Sampling { get; internal init; } = PixelSampling.Uniform;

    /// <summary>The learning rate over the run.</summary>
    public LearningRateSchedule Schedule { get; internal init; } = LearningRateSchedule.Cosine;

    /// <summary>
    /// The share of the run, 0 to 1, over which the learning rate rises in a straight line from zero; the schedule has the rest.
    /// </summary>
    public double WarmUp { get; internal init; }

    /// <summary>
    /// The longest a step's gradient may be (its Euclidean norm, over all parameters); a longer one is shortened. Null is no limit.
    /// </summary>
    public double? GradientClip { get; internal init; }

    /// <summary>
    /// The share that a step keeps of an average of the weights, in [0, 1), such as 0.999; null is no average. The average is what
    /// is measured and returned, while training goes on from the weights themselves. At first it keeps less, <c>1 - 10 / (step + 9)</c>,
    /// so that the weights a run starts from do not linger in it.
    /// </summary>
    public double? AverageDecay { get; internal init; }

    /// <summary>Whether each layer's learning rate is divided by sqrt(fan-in + 1), as in the 2012 program.</summary>
    public bool ScaleRateByFanIn { get; internal init; }

    /// <summary>What is minimized.</summary>
    public LossFunction Loss { get; internal init; } = LossFunction.MeanSquaredError;

    /// <summary>
    /// The error, of a colour in [0, 1], from which on <see cref="LossFunction.Huber"/> grows in a straight line, 1e-6 to 1000; null
    /// is 0.1.
    /// </summary>
    public double? HuberDelta { get; internal init; }

    /// <summary>
    /// Whether PSNR and MAE are measured after each epoch, over the training pixels and over the held-out ones. Otherwise an epoch's
    /// are the means of what each step saw before it learned from it, which costs nothing and lags a little. The run's final figures
    /// are always measured.
    /// </summary>
    public bool MeasureEachEpoch { get; internal init; }

    /// <summary>Seed of the shuffling.</summary>
    public int Seed { get; internal init; } = MlpDesign.DefaultSeed;

    /// <summary>Threads, or null for one a processor core.</summary>
    public int? ThreadCount { get; internal init; }

    /// <summary>Who computes the matrix products.</summary>
    public ComputeProvider Provider { get; internal init; } = ComputeProvider.Auto;

    /// <summary>The 2012 program's training: one pixel at a time, plain gradient descent at 0.1 / sqrt(fan-in + 1), its MAE after every epoch.</summary>
    public static TrainingOptions MonaLisa2012 { get; } = new()
    {
        BatchSize = 1,
        LearningRate = 0.1,
        Optimizer = Optimizer.Sgd,
        Schedule = LearningRateSchedule.Constant,
        ScaleRateByFanIn = true,
        Loss = LossFunction.HalfSquaredError,
        MeasureEachEpoch = true,
    };

    /// <summary>The loss as the kernels take it.</summary>
    internal PixelLoss PixelLoss => new(Loss, (float)(HuberDelta ?? 0));

    /// <summary>These options with every default filled in that is the network's: the one place that does so.</summary>
    internal TrainingOptions WithDefaults(MlpDesign design)
    {
        TrainingOptions limited = this with
        {
            MaxTime = MaxTime ?? (Epochs is null ? DefaultMaxTime : null),
            ThreadCount = ThreadCount ?? Math.Min(Environment.ProcessorCount, MaxThreadCount),
        };
        if (design.Encoding.Kind == EncodingKind.Latent)
            return limited;
        OptimizerValues defaults = Optimizers.Of(Optimizer).Defaults;
        return limited with
        {
            LearningRate = LearningRate ?? LearningRates.DefaultStart(Optimizer, design, BatchSize),
            Beta1 = Beta1 ?? defaults.Beta1,
            Beta2 = Beta2 ?? defaults.Beta2,
            Epsilon = Epsilon ?? defaults.Epsilon,
            Momentum = Momentum ?? defaults.Momentum,
            WeightDecay = WeightDecay ?? defaults.WeightDecay,
            HuberDelta = HuberDelta ?? (Loss == LossFunction.Huber ? DefaultHuberDelta : null),
        };
    }

    /// <summary>Throws unless every value is in its range.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it and gives the range.</exception>
    public void Validate()
    {
        Require(Epochs is null or >= 1, "Epoch", Epochs, "at least 1");
        Require(MaxTime is null || MaxTime > TimeSpan.Zero, "MaxTime", MaxTime, "above zero");
        Require(TargetPsnr is null or (> 0 and <= Decibels.MostTarget), "TargetPsnr", TargetPsnr, $"above 0 dB and at most {Decibels.MostTarget} dB");
        Require(
            TargetBitsPerPixel is null or (> 0 and <= 64), "TargetBitsPerPixel", TargetBitsPerPixel, "above 0 and at most 64 bits");
        Require(TargetSize is null or >= 1, "TargetSize", TargetSize, "at least 1 byte");
        Require(TargetSsim is null or (> 0 and < 1), "TargetSsim", TargetSsim, "above 0 and below 1");
        Require(BatchSize is >= 1 and <= MaxBatchSize, "BatchSize", BatchSize, $"1 to {MaxBatchSize} pixels");
        Require(LearningRate is null or (> 0 and <= MaxLearningRate), "LearningRate", LearningRate,
            FormattableString.Invariant($"above 0 and at most {MaxLearningRate}"));
        Require(WarmUp is >= 0 and <= 1, "WarmUp", WarmUp, "a share of the run, 0 to 1");
        Require(GradientClip is null or (> 0 and < double.PositiveInfinity), "GradientClip", GradientClip, "a number above 0");
        Require(AverageDecay is null or (>= 0 and < 1), "AverageDecay", AverageDecay, "at least 0 and below 1");
        Require(HuberDelta is null or (>= 1e-6 and <= MaxHuberDelta), "HuberDelta", HuberDelta,
            FormattableString.Invariant($"0.000001 to {MaxHuberDelta}"));
        Require(ThreadCount is null or (>= 1 and <= MaxThreadCount), "ThreadCount", ThreadCount, $"1 to {MaxThreadCount}");
        RequireDefined(Optimizer);
        RequireDefined(Schedule);
        RequireDefined(Sampling);
        RequireDefined(Loss);
        RequireDefined(Provider);
        ValidateOptimizer();
        RequireUsed(HuberDelta, "HuberDelta", Loss == LossFunction.Huber, "the Huber loss", $"the loss is {Loss}");
    }

    private void ValidateOptimizer()
    {
        Require(Momentum is null or (>= 0 and < 1), "Momentum", Momentum, "at least 0 and below 1");
        string betas = FormattableString.Invariant($"0 to {LargestBeta}");
        Require(Beta1 is null or (>= 0 and <= LargestBeta), "Beta1", Beta1, betas);
        Require(Beta2 is null or (>= 0 and <= LargestBeta), "Beta2", Beta2, betas);
        Require(Epsilon is null or (>= 1e-30 and <= 1), "Epsilon", Epsilon, "1e-30 to 1");
        Require(WeightDecay is null or (>= 0 and <= 1), "WeightDecay", WeightDecay, "0 to 1");
        RequireOptimizer(Momentum, "Momentum", values => values.Momentum);
        RequireOptimizer(Beta1, "Beta1", values => values.Beta1);
        RequireOptimizer(Beta2, "Beta2", values => values.Beta2);
        RequireOptimizer(Epsilon, "Epsilon", values => values.Epsilon);
    }

    /// <inheritdoc/>
    public override string ToString() => LearningRate is double rate
        ? FormattableString.Invariant(
            $"{Optimizer}, {Loss} loss, batches of {BatchSize}, learning rate {rate:G4}, {Schedule} schedule, {Sampling} sampling, seed {Seed}")
        : FormattableString.Invariant($"a training of its own, seed {Seed}");

    private void RequireOptimizer(double? value, string name, Func<OptimizerValues, double?> choose)
    {
        Optimizer[] users =
            [.. Enum.GetValues<Optimizer>().Where(optimizer => choose(Optimizers.Of(optimizer).Defaults) is not null)];
        RequireUsed(value, name, users.Contains(Optimizer), string.Join(", ", users), $"the optimizer is {Optimizer}");
    }

    private static void RequireUsed(double? value, string name, bool isUsed, string users, string choice)
    {
        if (value is not null && !isUsed)
            throw new ArgumentException($"{name} is for {users}; {choice}. Leave {name} out, or choose another.");
    }

    private static void RequireDefined<TEnum>(TEnum value) where TEnum : struct, Enum =>
        Require(Enum.IsDefined(value), typeof(TEnum).Name, value, $"one of {string.Join(", ", Enum.GetNames<TEnum>())}");

    private static void Require(bool holds, string name, object? value, string range)
    {
        if (!holds)
            throw new ArgumentException(FormattableString.Invariant($"{name} must be {range}, not {value}."));
    }
}
