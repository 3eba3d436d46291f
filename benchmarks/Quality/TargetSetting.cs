using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>A kind of network, whose size goes by the weights that it may have, and how it is trained in a given time.</summary>
internal sealed record TargetSetting
{
    /// <summary>What the table calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Neurons in each hidden layer.</summary>
    public required IReadOnlyList<int> HiddenLayers { get; init; }

    public required Activation Activation { get; init; }

    /// <summary>Sine's and FINER's frequency; null for the activation's own.</summary>
    public float? Omega { get; init; }

    /// <summary>The encoding; a grid takes what the layers leave of the weights.</summary>
    public EncodingKind Encoding { get; init; } = EncodingKind.None;

    /// <summary>Levels of a grid.</summary>
    public int Levels { get; init; } = 8;

    /// <summary>Features of a grid's level: 2, 4 or 8.</summary>
    public int Features { get; init; } = 2;

    /// <summary>Vertices along the picture's shorter side on a grid's coarsest level.</summary>
    public double Coarsest { get; init; } = 16;

    /// <summary>Vertices along the shorter side on a grid's finest level, for each pixel of that side.</summary>
    public double Finest { get; init; } = 1;

    /// <summary>Pixels in a step.</summary>
    public int Batch { get; init; } = TrainingOptions.DefaultBatchSize;

    /// <summary>The rate at the start; null for the default of optimizer and network.</summary>
    public double? LearningRate { get; init; }

    public Optimizer Optimizer { get; init; } = Optimizer.Adam;

    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Cosine;

    public PixelSampling Sampling { get; init; } = PixelSampling.ErrorWeighted;

    public double? Beta2 { get; init; }

    public double? Epsilon { get; init; }

    public double? AverageDecay { get; init; }

    /// <summary>The network for a picture and its training.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="seconds">Training time.</param>
    /// <param name="maxWeights">The most weights and biases, or null for no limit.</param>
    /// <param name="options">Seed and threads.</param>
    /// <exception cref="ArgumentException">The layers alone have more weights, or a grid has no limit to fill.</exception>
    public Setting For(PixelDataset picture, double seconds, long? maxWeights, QualityOptions options)
    {
        var layers = new MlpDesign
        {
            HiddenLayers = HiddenLayers, OutputCount = picture.Channels, Activation = Activation, Seed = options.Seed,
        };
        if (Omega is { } omega)
            layers = layers with { Omega = omega };
        MlpDesign design = Encoding switch
        {
            EncodingKind.None => layers,
            EncodingKind.Grid => layers.With(GridFor(layers, picture, maxWeights)),
            _ => layers.With(TrainingDefaults.Encoding(Encoding, picture.Width, picture.Height)),
        };
        long weights = ParameterBudget.CountParameters(design);
        if (weights > maxWeights)
            throw new ArgumentException(
                $"{Name} has {weights:N0} weights and biases for {picture.Name}; at most {maxWeights:N0} are allowed.");
        return new Setting($"{Name}, {seconds} s", design, new TrainingOptions
        {
            MaxTime = TimeSpan.FromSeconds(seconds), BatchSize = Batch, LearningRate = LearningRate, Optimizer = Optimizer, Beta2 = Beta2,
            Epsilon = Epsilon, Schedule = Schedule, Sampling = Sampling, AverageDecay = AverageDecay, Seed = options.Seed, ThreadCount = options.Threads,
        });
    }

    private GridEncoding GridFor(MlpDesign layers, PixelDataset picture, long? maxWeights)
    {
        if (maxWeights is not { } limit)
            throw new ArgumentException($"{Name} needs a number of weights.");
        double finest = Math.Max(1, Finest * Math.Min(picture.Width, picture.Height)), coarsest = Math.Min(Coarsest, finest);
        GridEncoding Grid(long values) =>
            GridEncoding.Within(values, picture.Width, picture.Height, Levels, coarsest, finest, Features);
        GridEncoding smallest = Grid(1);
        return Grid(limit - (ParameterBudget.CountParameters(layers.With(smallest)) - smallest.ParameterCount));
    }
}
