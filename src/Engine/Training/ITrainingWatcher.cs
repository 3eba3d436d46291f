using MonaLisa.Engine.Training;

namespace MonaLisa.Engine;

/// <summary>Sees the network of a run under way, to keep it or to show what it paints.</summary>
internal interface ITrainingWatcher
{
    /// <summary>
    /// Whether it needs the network now. Called on the training's calling thread before the first step, after each, after each epoch and at
    /// the end, so it must be quick: the workers wait.
    /// </summary>
    /// <param name="state">Where the run stands.</param>
    bool IsDue(TrainingState state);

    /// <summary>Is shown the network, on the training's calling thread; the workers wait, and the time does not count.</summary>
    /// <param name="network">The network that the run would return if it ended here: a copy, which the next look overwrites.</param>
    /// <param name="state">Where the run stands.</param>
    void Look(Mlp network, TrainingState state);
}

/// <summary>Where a run stands, between two steps.</summary>
/// <param name="Epoch">The epoch under way or just completed, from 1; 0 before the first step.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Elapsed">Training time so far, without measuring and watching.</param>
/// <param name="Psnr">PSNR in dB, as far as it is known: of the latest step's pixels, of the epoch or of the run; null before the first step.</param>
/// <param name="EndsEpoch">Whether the epoch was just completed.</param>
/// <param name="EndsRun">Whether the run is at its end.</param>
internal readonly record struct TrainingState(int Epoch, long Step, TimeSpan Elapsed, double? Psnr, bool EndsEpoch, bool EndsRun);

/// <summary>Shows a run's network to those that watch it, and copies it only when one of them is due.</summary>
/// <param name="watchers">The watchers.</param>
/// <param name="learner">Holds the weights.</param>
/// <param name="network">The run's network, for the shape of the copy.</param>
internal sealed class TrainingWatch(IReadOnlyList<ITrainingWatcher> watchers, IPixelLearner learner, Mlp network)
{
    private readonly Mlp _copy = network.Clone();

    /// <summary>Asks every watcher, and shows the network to those that need it.</summary>
    public void Ask(TrainingState state)
    {
        bool isSaved = false;
        foreach (ITrainingWatcher watcher in watchers)
        {
            if (!watcher.IsDue(state))
                continue;
            if (!isSaved)
                learner.Save(_copy);
            isSaved = true;
            watcher.Look(_copy, state);
        }
    }
}
