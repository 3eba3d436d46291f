using System.Diagnostics;
using MonaLisa.Engine;

namespace MonaLisa.Benchmarks;

/// <summary>
/// Lets a recorder keep every epoch for some epochs, and none for as many, over and over, and times them. Of each turn the first epoch is
/// not counted: in it the snapshots of the turn before may still be written.
/// </summary>
/// <param name="recorder">Keeps the snapshots.</param>
/// <param name="epochsPerTurn">Epochs of a turn, at least 2.</param>
internal sealed class TurnsOfSnapshots(SnapshotRecorder recorder, int epochsPerTurn) : ITrainingWatcher
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<double> _with = [], _without = [];
    private int _epochs;
    private bool _isWith;

    /// <summary>By what share of the time without them each pair of turns was slower with them.</summary>
    public IEnumerable<double> SlowDowns => _with.Zip(_without, (with, without) => with / without - 1);

    /// <summary>Seconds an epoch without snapshots, the median of the turns.</summary>
    public double SecondsWithout => Statistics.Median(_without) / (epochsPerTurn - 1);

    public bool IsDue(TrainingState state)
    {
        if (state.Step == 0)
            return recorder.IsDue(state);
        if (_isWith && recorder.IsDue(state))
            return true;
        Count(state);
        return false;
    }

    public void Look(Mlp network, TrainingState state)
    {
        recorder.Look(network, state);
        Count(state);
    }

    private void Count(TrainingState state)
    {
        if (!state.EndsEpoch || state.EndsRun)
            return;
        int epoch = _epochs++ % epochsPerTurn;
        if (epoch == 0)
            _clock.Restart();
        if (epoch != epochsPerTurn - 1)
            return;
        (_isWith ? _with : _without).Add(_clock.Elapsed.TotalSeconds);
        _isWith = !_isWith;
    }
}
