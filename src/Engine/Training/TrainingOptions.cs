namespace MonaLisa.Engine;

/// <summary>How to train. Whichever of <see cref="Epochs"/>, <see cref="MaxTime"/> and <see cref="TargetPsnr"/> comes first ends the run.</summary>
public sealed record TrainingOptions
{
    /// <summary>The time a run takes where neither epochs nor a time are asked for.</summary>
    public static readonly TimeSpan DefaultMaxTime = TimeSpan.FromSeconds(20);

    /// <summary>Pixels in a step where none are asked for.</summary>
    public const int DefaultBatchSize = 1024;

    /// <summary>The largest batch, in pixels.</summary>
    public const int MaxBatchSize = 1 << 22;

    /// <summary>The most threads a run may have.</summary>
    public const int MaxThreadCount = 1024;

    /// <summary>Passes over the training pixels, or null for no limit.</summary>
    public int? Epochs { get; init; }

    /// <summary>Training time, or null for no limit; <see cref="DefaultMaxTime"/> where <see cref="Epochs"/> is null too.</summary>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>PSNR in dB over the training pixels that is good enough, or null.</summary>
    public double? TargetPsnr { get; init; }

    /// <summary>The most pixels in a step; an epoch is cut into steps of equal size.</summary>
    public int BatchSize { get; init; } = DefaultBatchSize;

    /// <summary>The learning rate at the start, or null for the default of the optimizer and activation.</summary>
    public double? LearningRate { get; init; }

    /// <summary>How the gradient changes the weights.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.Adam;

    /// <summary>The momentum of <see cref="Optimizer.Sgd"/>, in [0, 1).</summary>
    public double Momentum { get; init; }

    /// <summary>How the learning rate falls.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Cosine;

    /// <summary>Whether each layer's learning rate is divided by sqrt(fan-in + 1), as in the 2012 program.</summary>
    public bool ScaleRateByFanIn { get; init; }

    /// <summary>What is made small.</summary>
    public LossFunction Loss { get; init; } = LossFunction.MeanSquaredError;

    /// <summary>
    /// Whether PSNR and MAE are measured after each epoch, over the training pixels and over the held-out ones. Otherwise an epoch's
    /// are the means of what each step saw before it learned from it, which costs nothing and lags a little. The run's final figures
    /// are always measured.
    /// </summary>
    public bool MeasureEachEpoch { get; init; }

    /// <summary>Seed of the shuffling.</summary>
    public int Seed { get; init; } = MlpDesign.DefaultSeed;

    /// <summary>Threads, or null for one a processor core.</summary>
    public int? ThreadCount { get; init; }

    /// <summary>Who computes the matrix products.</summary>
    public ComputeProvider Provider { get; init; } = ComputeProvider.Auto;

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

    /// <summary>The loss's derivative by a pixel's colour, as a multiple of its error.</summary>
    /// <param name="outputCount">Outputs of the network.</param>
    internal float ErrorFactor(int outputCount) => Loss == LossFunction.MeanSquaredError ? 2f / outputCount : 1;

    /// <summary>Throws unless every value is in its range.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it and gives the range.</exception>
    public void Validate()
    {
        Require(Epochs is null or >= 1, "Epoch", Epochs, "at least 1");
        Require(MaxTime is null || MaxTime > TimeSpan.Zero, "MaxTime", MaxTime, "above zero");
        Require(TargetPsnr is null or (> 0 and <= 200), "TargetPsnr", TargetPsnr, "above 0 dB and at most 200 dB");
        Require(BatchSize is >= 1 and <= MaxBatchSize, "BatchSize", BatchSize, $"1 to {MaxBatchSize} pixels");
        Require(LearningRate is null or (> 0 and <= 1000), "LearningRate", LearningRate, "above 0 and at most 1000");
        Require(Momentum is >= 0 and < 1, "Momentum", Momentum, "at least 0 and below 1");
        Require(ThreadCount is null or (>= 1 and <= MaxThreadCount), "ThreadCount", ThreadCount, $"1 to {MaxThreadCount}");
        RequireDefined(Optimizer);
        RequireDefined(Schedule);
        RequireDefined(Loss);
        RequireDefined(Provider);
    }

    private static void RequireDefined<TEnum>(TEnum value) where TEnum : struct, Enum =>
        Require(Enum.IsDefined(value), typeof(TEnum).Name, value, $"one of {string.Join(", ", Enum.GetNames<TEnum>())}");

    private static void Require(bool holds, string name, object? value, string range)
    {
        if (!holds)
            throw new ArgumentException($"{name} must be {range}, not {value}.");
    }
}
