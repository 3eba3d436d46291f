using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine;

/// <summary>Trains networks to paint pictures.</summary>
internal static class Trainer
{
    /// <summary>Trains a network on a picture, on several threads; the calling thread is one of them.</summary>
    /// <param name="dataset">The picture.</param>
    /// <param name="network">The network to start from.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Called some twenty times a second with the run's state, on the calling thread.</param>
    /// <param name="epochDone">Called after each epoch, on the calling thread.</param>
    /// <param name="watchers">See the network now and then; null for none.</param>
    /// <param name="isOwn">
    /// Whether the run may change the network and return it; else a copy is trained, which takes the memory of another network.
    /// </param>
    /// <param name="cancellationToken">
    /// Ends the run within a tile's time. The run so far is returned, with <see cref="StopReason.Canceled"/> and the figures of its last epoch.
    /// </param>
    /// <returns>The finished run.</returns>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, or the network's outputs are not the picture's channels.
    /// </exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number, or exploded.</exception>
    /// <exception cref="ProviderUnavailableException">The requested provider is not available here.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled while a network that sees neighbourhoods was prepared: there is no run yet.</exception>
    public static TrainingRun Train(
        PixelDataset dataset,
        Mlp network,
        TrainingOptions options,
        Action<TrainingProgress>? progress = null,
        Action<EpochRecord>? epochDone = null,
        IReadOnlyList<ITrainingWatcher>? watchers = null,
        bool isOwn = false,
        CancellationToken cancellationToken = default) =>
        Run(dataset, network, options, state: null, keeper: null, progress, epochDone, watchers, isOwn, cancellationToken);

    /// <summary>Trains, from the beginning or from where a run was stopped.</summary>
    /// <param name="dataset">The picture.</param>
    /// <param name="network">The network to start from; for a continued run only its design counts.</param>
    /// <param name="options">How to train.</param>
    /// <param name="state">Where to continue, or null for the beginning.</param>
    /// <param name="keeper">Keeps the run's state, or null.</param>
    /// <param name="progress">As in <see cref="Train"/>.</param>
    /// <param name="epochDone">As in <see cref="Train"/>.</param>
    /// <param name="watchers">As in <see cref="Train"/>.</param>
    /// <param name="isOwn">As in <see cref="Train"/>.</param>
    /// <param name="cancellationToken">As in <see cref="Train"/>.</param>
    internal static TrainingRun Run(
        PixelDataset dataset, Mlp network, TrainingOptions options, RunState? state, IRunKeeper? keeper,
        Action<TrainingProgress>? progress, Action<EpochRecord>? epochDone, IReadOnlyList<ITrainingWatcher>? watchers,
        bool isOwn, CancellationToken cancellationToken)
    {
        options.Validate();
        if (network.OutputCount != dataset.Channels)
            throw new ArgumentException(
                $"The network has {Counted.Text(network.OutputCount, "output")} and '{dataset.Name}' has {Counted.Text(dataset.Channels, "channel")}; " +
                $"they must be the same. Make the network with {Counted.Text(dataset.Channels, "output")}.");
        if (network.Encoding == EncodingKind.Neighborhood && options.Sampling != PixelSampling.Uniform)
            throw new ArgumentException(
                $"A network with the encoding {EncodingKind.Neighborhood} learns all pixels of its picture's copies equally often, so Sampling " +
                $"must be {PixelSampling.Uniform}, not {options.Sampling}. Leave out -Sampling.");
        options = options.WithDefaults(network.Design);
        if (network.Encoding == EncodingKind.Latent)
        {
            using ProcessorShare.Lease share = ProcessorShare.OfProcess.Join();
            using var training = new LatentTraining(dataset, network, options, progress, epochDone, watchers, keeper, state);
            return training.Run(cancellationToken);
        }
        if (network.Design.Encoding.IsTrained)
            options = options with
            {
                TableOptimizer = state is null ? options.TableOptimizer ?? TableOptimizers.For(dataset, clips: options.GradientClip is not null) : state.Options.TableOptimizer,
            };
        (network, NeighborhoodLesson? lesson) = Prepare(dataset, network, options, isOwn, cancellationToken);
        using ProcessorShare.Lease lease = ProcessorShare.OfProcess.Join();
        using IPixelLearner learner = PixelLearner.Create(lesson?.Pixels ?? dataset, lesson?.Network ?? network, options);
        TrainingWatch? watch = watchers is [_, ..] ? new TrainingWatch(watchers, learner, network) : null;
        return new TrainingLoop(dataset, network, options, learner, progress, epochDone, keeper, state, watch, lesson).Run(cancellationToken);
    }

    /// <summary>The network that a run returns, and what is learned in the picture's place, if it is not the picture.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static (Mlp Network, NeighborhoodLesson? Lesson) Prepare(
        PixelDataset dataset, Mlp network, TrainingOptions options, bool isOwn = false, CancellationToken cancellationToken = default)
    {
        if (network.Design.Encoding is not NeighborhoodEncoding encoding)
            return (isOwn ? network : network.Clone(), null);
        NeighborhoodPicture.RequireTask(network, dataset);
        dataset = ColorlessPixels.Filled(dataset, cancellationToken);
        NeighborhoodEncoding resolved = NeighborhoodChoice.For(encoding, dataset, cancellationToken);
        // Before it learns its first picture, a network whose start depends on the kernel has no layers of its own.
        if (resolved.Kernel != encoding.Kernel && NeighborhoodStart.IsFor(network.Design))
            (network, isOwn) = (new Mlp(network.Design.With(resolved)), true);
        Mlp own = NeighborhoodPicture.Into(network, resolved, dataset, isOwn, cancellationToken);
        return (own, NeighborhoodLesson.Of(dataset, own, options.Provider, options.ThreadCount, cancellationToken));
    }
}
