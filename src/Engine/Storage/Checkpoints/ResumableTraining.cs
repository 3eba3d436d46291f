using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine;

/// <summary>Where and how often a training run keeps its state.</summary>
internal sealed record CheckpointOptions
{
    /// <summary>The default time between checkpoints.</summary>
    public static readonly TimeSpan DefaultEvery = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The file; taken literally, whatever characters it has. During a run, the file beside it with <c>.monalisa-lock</c> after its name
    /// belongs to it.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>
    /// The time from the beginning of one checkpoint to that of the next, at least zero; with zero each follows the last as soon as that
    /// is written.
    /// </summary>
    public TimeSpan Every { get; init; } = DefaultEvery;

    /// <summary>
    /// Whether a new run may replace a checkpoint that is there. A resumed run always replaces the one that it continues from.
    /// </summary>
    public bool Overwrite { get; init; }

    /// <summary>Called on the trainer's calling thread if a checkpoint cannot be written; the run continues.</summary>
    public Action<string>? Warning { get; init; }

    /// <summary>Throws unless every value is in its range.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it and gives the range.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Path);
        if (Every < TimeSpan.Zero)
            throw new ArgumentException($"CheckpointEvery must be at least zero, not {Every}.");
    }
}

/// <summary>Trains networks as <see cref="Trainer"/> does, and keeps the state of the runs in files, so that they can be resumed.</summary>
internal static class ResumableTraining
{
    /// <summary>Trains as <see cref="Trainer.Train"/> does, and keeps the run's state.</summary>
    /// <param name="dataset">The picture.</param>
    /// <param name="network">The network to start from.</param>
    /// <param name="options">How to train.</param>
    /// <param name="checkpoints">Where and how often to keep the run's state.</param>
    /// <param name="progress">As in <see cref="Trainer.Train"/>.</param>
    /// <param name="epochDone">As in <see cref="Trainer.Train"/>.</param>
    /// <param name="watchers">As in <see cref="Trainer.Train"/>.</param>
    /// <param name="isOwn">As in <see cref="Trainer.Train"/>.</param>
    /// <param name="cancellationToken">As in <see cref="Trainer.Train"/>.</param>
    /// <returns>The finished run.</returns>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, or the network's outputs are not the picture's channels.
    /// </exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number, or exploded.</exception>
    /// <exception cref="ProviderUnavailableException">The requested provider is not available here.</exception>
    /// <exception cref="ModelFileException">The checkpoint cannot be written; known before the first step.</exception>
    public static TrainingRun Train(
        PixelDataset dataset,
        Mlp network,
        TrainingOptions options,
        CheckpointOptions checkpoints,
        Action<TrainingProgress>? progress = null,
        Action<EpochRecord>? epochDone = null,
        IReadOnlyList<ITrainingWatcher>? watchers = null,
        bool isOwn = false,
        CancellationToken cancellationToken = default)
    {
        options.Validate();
        checkpoints.Validate();
        using var writer = new CheckpointWriter(checkpoints);
        return Trainer.Run(dataset, network, options, state: null, writer, progress, epochDone, watchers, isOwn, cancellationToken);
    }

    /// <summary>
    /// Continues a run from its checkpoint. A run that epochs end, resumed with the same options, provider and instruction set, gives
    /// the same weights to the last bit as one that was never stopped; of one that time ends, the time until the checkpoint is counted.
    /// A run that had reached its end returns at once; with more epochs or time it continues, by the schedule of the longer run.
    /// </summary>
    /// <param name="dataset">The picture, the same as before.</param>
    /// <param name="checkpoint">Where the run stood.</param>
    /// <param name="options">
    /// How to train, null for as before, on this machine's threads. Epochs, time, PSNR to reach, measuring, threads and provider may be
    /// others; nothing else may.
    /// </param>
    /// <param name="checkpoints">Where and how often to keep the run's state from now on; null for nowhere.</param>
    /// <param name="progress">As in <see cref="Trainer.Train"/>.</param>
    /// <param name="epochDone">As in <see cref="Trainer.Train"/>; only for the epochs from now on.</param>
    /// <param name="watchers">As in <see cref="Trainer.Train"/>.</param>
    /// <param name="cancellationToken">As in <see cref="Trainer.Train"/>.</param>
    /// <returns>The finished run, the history before the checkpoint included.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or may not be another than before.</exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number, or exploded.</exception>
    /// <exception cref="ProviderUnavailableException">The requested provider is not available here.</exception>
    /// <exception cref="ModelFileException">It is the checkpoint of another picture, or the new one cannot be written.</exception>
    public static TrainingRun Resume(
        PixelDataset dataset,
        TrainingCheckpoint checkpoint,
        TrainingOptions? options = null,
        CheckpointOptions? checkpoints = null,
        Action<TrainingProgress>? progress = null,
        Action<EpochRecord>? epochDone = null,
        IReadOnlyList<ITrainingWatcher>? watchers = null,
        CancellationToken cancellationToken = default)
    {
        options ??= checkpoint.Options with { ThreadCount = null };
        options.Validate();
        checkpoints?.Validate();
        checkpoint.RequirePicture(dataset);
        checkpoint.RequireOptions(options.WithDefaults(checkpoint.Design));
        using CheckpointWriter? writer = checkpoints is null ? null : new CheckpointWriter(checkpoints, checkpoint);
        return Trainer.Run(
            dataset, checkpoint.State.Learner.Network, options, checkpoint.State, writer, progress, epochDone, watchers,
            isOwn: false, cancellationToken);
    }
}
