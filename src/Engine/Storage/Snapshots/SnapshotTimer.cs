namespace MonaLisa.Engine.Storage;

/// <summary>Tells the moments of a run that a schedule wants kept.</summary>
/// <param name="schedule">The schedule.</param>
internal sealed class SnapshotTimer(SnapshotSchedule schedule)
{
    private static readonly double Growth = Math.Pow(2, 1.0 / SnapshotSchedule.SnapshotsPerDoubling);

    private long _dueStep;
    private TimeSpan _dueTime;

    /// <summary>Begins after a state that is kept.</summary>
    public void Start(TrainingState state) => SetDue(state);

    /// <summary>Whether a state is to be kept; where it is, the next is reckoned from it.</summary>
    public bool IsDue(TrainingState state)
    {
        bool isDue = schedule switch
        {
            { Epochs: int epochs } => state.EndsEpoch && state.Epoch % epochs == 0,
            { Time: not null } => state.Elapsed >= _dueTime,
            _ => state.Step >= _dueStep,
        };
        if (isDue)
            SetDue(state);
        return isDue;
    }

    private void SetDue(TrainingState state)
    {
        if (schedule.Time is TimeSpan time)
            _dueTime = state.Elapsed + time;
        _dueStep = Math.Max(state.Step + 1, (long)Math.Ceiling(state.Step * Growth));
    }
}
