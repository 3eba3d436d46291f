namespace MonaLisa.Engine.Storage;

/// <summary>Tells the moments of a run that a schedule wants kept.</summary>
/// <param name="schedule">The schedule.</param>
internal sealed class SnapshotTimer(SnapshotSchedule schedule)
{
    private static readonly double Growth = Math.Pow(2, 1.0 / SnapshotSchedule.SnapshotsPerDoubling);

    private long _dueStep;
    private TimeSpan _dueTime;

    /// <summary>Begins after a moment that is kept.</summary>
    public void Start(TrainingMoment moment) => SetDue(moment);

    /// <summary>Whether a moment is to be kept; where it is, the next is reckoned from it.</summary>
    public bool IsDue(TrainingMoment moment)
    {
        bool isDue = schedule switch
        {
            { Epochs: int epochs } => moment.EndsEpoch && moment.Epoch % epochs == 0,
            { Time: not null } => moment.Elapsed >= _dueTime,
            _ => moment.Step >= _dueStep,
        };
        if (isDue)
            SetDue(moment);
        return isDue;
    }

    private void SetDue(TrainingMoment moment)
    {
        if (schedule.Time is TimeSpan time)
            _dueTime = moment.Elapsed + time;
        _dueStep = Math.Max(moment.Step + 1, (long)Math.Ceiling(moment.Step * Growth));
    }
}
