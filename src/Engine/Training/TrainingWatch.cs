namespace MonaLisa.Engine.Training;

/// <summary>Shows a run's network to those that watch it, and copies it only for those that want to look.</summary>
/// <param name="watchers">Who watches.</param>
/// <param name="learner">Holds the weights.</param>
/// <param name="network">The run's network, for the shape of the copy.</param>
internal sealed class TrainingWatch(IReadOnlyList<ITrainingWatcher> watchers, IPixelLearner learner, Mlp network)
{
    private readonly Mlp _copy = network.Clone();

    /// <summary>Asks every watcher, and shows the network to those that want to look.</summary>
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
