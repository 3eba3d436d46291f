using System.Globalization;

namespace MonaLisa.Engine;

/// <summary>
/// When a run's network is kept during the training. Whatever the schedule, it is also kept before the first step and at the end of the run.
/// </summary>
public sealed record SnapshotSchedule
{
    /// <summary>The name of <see cref="Logarithmic"/> in texts.</summary>
    public const string LogarithmicName = "Log";

    /// <summary>Snapshots of a logarithmic schedule each time that the steps double.</summary>
    public const int SnapshotsPerDoubling = 16;

    private SnapshotSchedule()
    {
    }

    /// <summary>
    /// After steps whose numbers grow by a constant factor, <see cref="SnapshotsPerDoubling"/> each time that they double: many at the
    /// beginning, where most happens, and some 200 in a run of any length.
    /// </summary>
    public static SnapshotSchedule Logarithmic { get; } = new();

    /// <summary>The epochs between snapshots; null where it does not count epochs.</summary>
    public int? Epochs { get; private init; }

    /// <summary>The training time between snapshots; null where it does not measure time.</summary>
    public TimeSpan? Time { get; private init; }

    /// <summary>At the end of every so many epochs.</summary>
    /// <exception cref="ArgumentException">The number is below 1.</exception>
    public static SnapshotSchedule EveryEpochs(int epochs) => epochs >= 1
        ? new SnapshotSchedule { Epochs = epochs }
        : throw new ArgumentException($"A snapshot is kept every 1 or more epochs, not every {epochs}.");

    /// <summary>After the first step that ends so much training time after the snapshot before.</summary>
    /// <exception cref="ArgumentException">The time is not above zero.</exception>
    public static SnapshotSchedule EveryTime(TimeSpan time) => time > TimeSpan.Zero
        ? new SnapshotSchedule { Time = time }
        : throw new ArgumentException($"The time between snapshots must be above zero, not {time}.");

    /// <inheritdoc/>
    public override string ToString() =>
        Epochs is int epochs ? string.Create(CultureInfo.InvariantCulture, $"every {(epochs == 1 ? "epoch" : $"{epochs} epochs")}")
        : Time is TimeSpan time ? string.Create(CultureInfo.InvariantCulture, $"every {time.TotalSeconds} s")
        : LogarithmicName;
}

/// <summary>Decides which states of a run are kept.</summary>
/// <param name="schedule">The schedule.</param>
internal sealed class SnapshotTimer(SnapshotSchedule schedule)
{
    private static readonly double Growth = Math.Pow(2, 1.0 / SnapshotSchedule.SnapshotsPerDoubling);

    private long _dueStep;
    private TimeSpan _lastTime;

    /// <summary>Begins after a state that is kept.</summary>
    public void Start(TrainingState state) => Pass(state.Step, state.Elapsed);

    /// <summary>Goes on as if the run had not been stopped.</summary>
    /// <param name="last">The last snapshot of the schedule that is kept.</param>
    /// <param name="step">Steps done, at least the snapshot's.</param>
    public void GoOn(TrainingSnapshot last, long step) => Pass(step, last.Elapsed);

    /// <summary>Whether a state is to be kept; where it is, the next is computed from it.</summary>
    public bool IsDue(TrainingState state)
    {
        bool isDue = schedule switch
        {
            { Epochs: int epochs } => state.EndsEpoch && state.Epoch % epochs == 0,
            // To the longest time there is nothing can be added.
            { Time: TimeSpan time } => state.Elapsed - _lastTime >= time,
            _ => state.Step >= _dueStep,
        };
        if (isDue)
            Pass(state.Step, state.Elapsed);
        return isDue;
    }

    // The steps of a logarithmic schedule are the same wherever a run was stopped between them.
    private void Pass(long step, TimeSpan time)
    {
        _lastTime = time;
        while (_dueStep <= step)
            _dueStep = Math.Max(_dueStep + 1, (long)Math.Ceiling(_dueStep * Growth));
    }
}
