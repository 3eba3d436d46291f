namespace MonaLisa.Engine;

/// <summary>Looks at the network of a run under way, to keep it or to show what it paints by then.</summary>
public interface ITrainingWatcher
{
    /// <summary>
    /// Whether to be shown the network now. Asked on the training's calling thread before the first step, after each, after each epoch and at
    /// the end, so it must be quick: the workers wait.
    /// </summary>
    /// <param name="state">Where the run stands.</param>
    bool IsDue(TrainingState state);

    /// <summary>Is shown the network, on the training's calling thread; the workers wait, and the training's clock stands.</summary>
    /// <param name="network">The network that the run would return if it ended here: a copy, which the next look overwrites.</param>
    /// <param name="state">Where the run stands.</param>
    void Look(Mlp network, TrainingState state);
}
