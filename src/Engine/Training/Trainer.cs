using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Storage;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine;

/// <summary>Trains networks to paint pictures.</summary>
public static class Trainer
{
    /// <summary>Trains a copy of a network on a picture, on threads of its own; the calling thread waits and works along.</summary>
    /// <param name="dataset">The picture.</param>
    /// <param name="network">The network to start from; it is not changed.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Told some twenty times a second where the run stands; on the calling thread.</param>
    /// <param name="epochDone">Told after each epoch; on the calling thread.</param>
    /// <param name="checkpoints">Where to keep the run's state, so that it can be resumed; null for nowhere.</param>
    /// <param name="watchers">Who is shown the network on the way; null for nobody.</param>
    /// <param name="cancellationToken">
    /// Ends the run within a tile's time. The run so far is returned, with <see cref="StopReason.Canceled"/> and the figures of its last epoch.
    /// </param>
    /// <returns>The finished run.</returns>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, or the network's outputs are not the picture's channels.
    /// </exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number, or exploded.</exception>
    /// <exception cref="ProviderUnavailableException">The provider asked for is not available here.</exception>
    /// <exception cref="ModelFileException">The checkpoint cannot be written; known before the training begins.</exception>
    public static TrainingRun Train(
        PixelDataset dataset,
        Mlp network,
        TrainingOptions options,
        Action<TrainingProgress>? progress = null,
        Action<EpochRecord>? epochDone = null,
        CheckpointOptions? checkpoints = null,
        IReadOnlyList<ITrainingWatcher>? watchers = null,
        CancellationToken cancellationToken = default)
    {
        options.Validate();
        checkpoints?.Validate();
        if (network.OutputCount != dataset.Channels)
            throw new ArgumentException(
                $"The network has {network.OutputCount} outputs and '{dataset.Name}' has {dataset.Channels} channels; " +
                $"they must be the same. Make the network with {dataset.Channels} outputs.");
        options = WithDefaults(options, network.Design);
        return Run(dataset, network.Clone(), options, progress, epochDone, checkpoints, checkpoint: null, watchers, cancellationToken);
    }

    /// <summary>
    /// Goes on with a run from its checkpoint. A run that epochs end, resumed with the same options, provider and instruction set, gives
    /// the same weights to the last bit as one that was never stopped; of one that time ends, the time until the checkpoint is counted.
    /// A run that had reached its end returns at once; with more epochs or time it goes on, by the schedule of the longer run.
    /// </summary>
    /// <param name="dataset">The picture, the same as before.</param>
    /// <param name="checkpoint">Where the run stood.</param>
    /// <param name="options">
    /// How to train, null for as before, on this machine's threads. Epochs, time, PSNR to reach, measuring, threads and provider may be
    /// others; nothing else may.
    /// </param>
    /// <param name="progress">As in <see cref="Train"/>.</param>
    /// <param name="epochDone">As in <see cref="Train"/>; not told of the epochs before.</param>
    /// <param name="checkpoints">Where to keep the run's state from now on; null for nowhere.</param>
    /// <param name="watchers">As in <see cref="Train"/>.</param>
    /// <param name="cancellationToken">As in <see cref="Train"/>.</param>
    /// <returns>The finished run, the history before the checkpoint included.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or may not be another than before.</exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number, or exploded.</exception>
    /// <exception cref="ProviderUnavailableException">The provider asked for is not available here.</exception>
    /// <exception cref="ModelFileException">It is the checkpoint of another picture, or the new one cannot be written.</exception>
    public static TrainingRun Resume(
        PixelDataset dataset,
        TrainingCheckpoint checkpoint,
        TrainingOptions? options = null,
        Action<TrainingProgress>? progress = null,
        Action<EpochRecord>? epochDone = null,
        CheckpointOptions? checkpoints = null,
        IReadOnlyList<ITrainingWatcher>? watchers = null,
        CancellationToken cancellationToken = default)
    {
        options ??= checkpoint.Options with { ThreadCount = null };
        options.Validate();
        options = WithDefaults(options, checkpoint.Design);
        checkpoints?.Validate();
        checkpoint.RequirePicture(dataset);
        checkpoint.RequireOptions(options);
        Mlp network = checkpoint.State.Learner.Network.Clone();
        return Run(dataset, network, options, progress, epochDone, checkpoints, checkpoint, watchers, cancellationToken);
    }

    /// <summary>The options with every default filled in for a network.</summary>
    internal static TrainingOptions WithDefaults(TrainingOptions options, MlpDesign design)
    {
        var values = OptimizerValues.Of(options);
        return options with
        {
            MaxTime = options.MaxTime ?? (options.Epochs is null ? TrainingOptions.DefaultMaxTime : null),
            LearningRate = options.LearningRate ?? LearningRates.DefaultStart(options.Optimizer, design, options.BatchSize),
            Beta1 = values.Beta1,
            Beta2 = values.Beta2,
            Epsilon = values.Epsilon,
            Momentum = values.Momentum,
            WeightDecay = values.WeightDecay,
            HuberDelta = options.HuberDelta ?? (options.Loss == LossFunction.Huber ? TrainingOptions.DefaultHuberDelta : null),
            ThreadCount = options.ThreadCount ?? Math.Min(Environment.ProcessorCount, TrainingOptions.MaxThreadCount),
        };
    }

    private static TrainingRun Run(
        PixelDataset dataset, Mlp network, TrainingOptions options, Action<TrainingProgress>? progress, Action<EpochRecord>? epochDone,
        CheckpointOptions? checkpoints, TrainingCheckpoint? checkpoint, IReadOnlyList<ITrainingWatcher>? watchers,
        CancellationToken cancellationToken)
    {
        using ProcessorShare.Turn turn = ProcessorShare.OfProcess.Join();
        using IPixelLearner learner = PixelLearners.Create(dataset, network, options);
        using CheckpointWriter? writer = checkpoints is null ? null : new CheckpointWriter(
            checkpoints, checkpoints.Overwrite || IsSameFile(checkpoints.Path, checkpoint?.Path),
            LearnerSnapshot.For(network, options, dataset.TrainingPixelCount));
        if (checkpoint is not null && checkpoint.Provider != learner.Provider)
            checkpoints?.Warning?.Invoke(
                $"The run of '{checkpoint.Path}' was computed by {checkpoint.Provider} and goes on with {learner.Provider}, which rounds " +
                "differently: its weights will not be those of a run without a break, bit by bit.");
        TrainingWatch? watch = watchers is [_, ..] ? new TrainingWatch(watchers, learner, network) : null;
        return new TrainingLoop(dataset, network, options, learner, progress, epochDone, writer, checkpoint?.State, watch)
            .Run(cancellationToken);
    }

    private static bool IsSameFile(string path, string? other) => other is not null && Path.GetFullPath(path) == Path.GetFullPath(other);
}
