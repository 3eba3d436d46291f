namespace MonaLisa.Engine.Tests;

public class SnapshotTimerTests
{
    [Fact]
    public void By_epochs_it_takes_the_ends_of_every_so_many()
    {
        IEnumerable<TrainingState> moments = Enumerable.Range(1, 12).Select(
            step => new TrainingState((step + 1) / 2, step, TimeSpan.Zero, null, EndsEpoch: step % 2 == 0, EndsRun: false));
        Assert.Equal([6L, 12], Due(SnapshotSchedule.EveryEpochs(3), moments).Select(state => state.Step));
    }

    [Fact]
    public void By_time_it_takes_the_first_step_after_each_interval()
    {
        IEnumerable<TrainingState> moments = Enumerable.Range(1, 10).Select(
            step => new TrainingState(1, step, TimeSpan.FromSeconds(0.4 * step), null, false, false));
        Assert.Equal([3L, 6, 9], Due(SnapshotSchedule.EveryTime(TimeSpan.FromSeconds(1)), moments).Select(state => state.Step));
    }

    [Fact]
    public void Logarithmic_snapshots_are_dense_at_first_and_few_in_any_run()
    {
        long[] steps = [.. Due(SnapshotSchedule.Logarithmic, Enumerable.Range(1, 1_000_000).Select(
            step => new TrainingState(1, step, TimeSpan.Zero, null, false, false))).Select(state => state.Step)];
        Assert.Equal(Enumerable.Range(1, 20).Select(step => (long)step), steps.Take(20));
        Assert.InRange(steps.Length, 200, 300);
        Assert.InRange(steps.Count(step => step is > 65_536 and <= 131_072), 15, 17);
        Assert.InRange(steps.Count(step => step is > 500_000), 15, 17);
    }

    [Fact]
    public void What_is_no_schedule_is_an_error()
    {
        Assert.Contains("not every 0", Assert.Throws<ArgumentException>(() => SnapshotSchedule.EveryEpochs(0)).Message);
        Assert.Throws<ArgumentException>(() => SnapshotSchedule.EveryTime(TimeSpan.Zero));
        Assert.Equal(
            ["every epoch", "every 3 epochs", "every 0.5 s", "Log"],
            new[]
            {
                SnapshotSchedule.EveryEpochs(1), SnapshotSchedule.EveryEpochs(3), SnapshotSchedule.EveryTime(TimeSpan.FromSeconds(0.5)),
                SnapshotSchedule.Logarithmic,
            }.Select(schedule => schedule.ToString()));
    }

    private static List<TrainingState> Due(SnapshotSchedule schedule, IEnumerable<TrainingState> moments)
    {
        var timer = new SnapshotTimer(schedule);
        timer.Start(default);
        return [.. moments.Where(timer.IsDue)];
    }
}
