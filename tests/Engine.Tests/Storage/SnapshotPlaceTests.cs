using MonaLisa.Engine.Storage;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>What becomes of a file of snapshots that somebody removes or replaces during the run, and of one of a run that was stopped.</summary>
public sealed class SnapshotPlaceTests : IDisposable
{
    private static readonly SnapshotSchedule EveryEpoch = SnapshotSchedule.EveryEpochs(1);

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    private string Path => _folder.File("run.snapshots");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_is_removed_is_written_again_and_told_of()
    {
        Assert.True(TrainAndDo(() => File.Delete(Path)));
        Assert.Equal([(0, 0L), (1, 3), (2, 6), (3, 9), (4, 12)], RecordedRun.Moments(Path));
        Assert.Contains("was removed during the training, and was written again", Assert.Single(_warnings));
        Assert.Equal(["run.snapshots"], _folder.FileNames());
    }

    [Fact]
    public void A_file_that_is_removed_twice_is_told_of_twice()
    {
        Assert.True(TrainAndDo(() => File.Delete(Path), epochs: [2, 3]));
        Assert.Equal([(0, 0L), (1, 3), (2, 6), (3, 9), (4, 12)], RecordedRun.Moments(Path));
        Assert.Equal(2, _warnings.Count);
    }

    [Fact]
    public void A_file_in_its_place_is_spared_and_told_of()
    {
        Assert.False(TrainAndDo(() =>
        {
            File.Move(Path, _folder.File("kept"));
            File.WriteAllText(Path, "mine");
        }));
        Assert.Equal("mine", File.ReadAllText(Path));
        Assert.Contains("Another file was put in the place of", Assert.Single(_warnings));
        // Those until then are with the file that was moved.
        Assert.True(TrainingSnapshots.Open(_folder.File("kept")).Snapshots.Count >= 2);
    }

    [Fact]
    public void A_folder_that_is_removed_is_told_of()
    {
        string folder = _folder.File("gone");
        Directory.CreateDirectory(folder);
        string path = System.IO.Path.Combine(folder, "run.snapshots");
        TrainAndDo(() => Directory.Delete(folder, recursive: true), path);
        Assert.Contains($"'{folder}' does not exist", Assert.Single(_warnings));
    }

    [Fact]
    public void A_run_that_was_stopped_anywhere_ends_with_the_snapshots_of_one_that_was_not()
    {
        foreach (SnapshotSchedule schedule in (SnapshotSchedule[])[SnapshotSchedule.Logarithmic, SnapshotSchedule.EveryEpochs(2), EveryEpoch])
        {
            string whole = _folder.File($"{Guid.NewGuid():N}");
            RecordedRun.Train(whole, schedule, options: Long);
            (int, long)[] expected = [.. RecordedRun.Moments(whole)];
            foreach (int step in (int[])[1, 25, 29, 31, 42, 59])
            {
                string path = _folder.File($"{Guid.NewGuid():N}"), checkpoint = path + ".checkpoint";
                Stop(path, checkpoint, schedule, step, goesOn: false);
                // The last is of the moment where it was stopped.
                Assert.Equal(step, RecordedRun.Moments(path).Last().Step);
                Stop(path, checkpoint, schedule, Math.Max(step, 40), goesOn: true);
                Stop(path, checkpoint, schedule, long.MaxValue, goesOn: true);
                Assert.Equal(expected, RecordedRun.Moments(path));
            }
        }
    }

    [Fact]
    public void By_time_the_next_snapshot_follows_the_last_of_the_schedule()
    {
        var timer = new SnapshotTimer(SnapshotSchedule.EveryTime(TimeSpan.FromSeconds(10)));
        timer.GoOn(new TrainingSnapshot(1, 5, TimeSpan.FromSeconds(21), null), step: 8);
        Assert.False(timer.IsDue(new TrainingState(1, 9, TimeSpan.FromSeconds(30), null, false, false)));
        Assert.True(timer.IsDue(new TrainingState(1, 10, TimeSpan.FromSeconds(31), null, false, false)));
        var never = new SnapshotTimer(SnapshotSchedule.EveryTime(TimeSpan.MaxValue));
        never.Start(new TrainingState(1, 5, TimeSpan.FromSeconds(1), null, false, false));
        Assert.False(never.IsDue(new TrainingState(1, 9, TimeSpan.FromDays(1), null, false, false)));
    }

    /// <summary>Three steps an epoch, sixty in all.</summary>
    private static TrainingOptions Long => RecordedRun.Options with { Epochs = 20 };

    private bool TrainAndDo(Action inTheMiddle, string? path = null, params int[] epochs)
    {
        using var recorder = new SnapshotRecorder(
            new SnapshotOptions { Path = path ?? Path, Schedule = EveryEpoch, Warning = _warnings.Add }, RecordedRun.Picture);
        Trainer.Train(
            RecordedRun.Picture, RecordedRun.Network, RecordedRun.Options, watchers: [recorder],
            epochDone: epoch =>
            {
                if (!(epochs is [] ? [3] : epochs).Contains(epoch.Epoch))
                    return;
                // What was handed to the writing thread is written by then.
                while (!File.Exists(path ?? Path) || TrainingSnapshots.Open(path ?? Path).Snapshots.Count < epoch.Epoch)
                    Thread.Yield();
                inTheMiddle();
            },
            cancellationToken: TestContext.Current.CancellationToken);
        recorder.Dispose();
        return recorder.IsKept;
    }

    private static void Stop(string path, string checkpoint, SnapshotSchedule schedule, long step, bool goesOn)
    {
        using var source = new CancellationTokenSource();
        using var recorder = new SnapshotRecorder(
            new SnapshotOptions { Path = path, Schedule = schedule, Continue = goesOn }, RecordedRun.Picture);
        var checkpoints = new CheckpointOptions { Path = checkpoint, Every = TimeSpan.MaxValue };
        ITrainingWatcher[] watchers = [recorder, new Stopper(step, source)];
        TrainingOptions options = Long;
        if (goesOn)
            ResumableTraining.Resume(
                RecordedRun.Picture, TrainingCheckpoint.Load(checkpoint), options, checkpoints, null, null, watchers, source.Token);
        else
            ResumableTraining.Train(RecordedRun.Picture, RecordedRun.Network, options, checkpoints, null, null, watchers, cancellationToken: source.Token);
    }

    private sealed class Stopper(long step, CancellationTokenSource source) : ITrainingWatcher
    {
        public bool IsDue(TrainingState state)
        {
            if (state.Step >= step)
                source.Cancel();
            return false;
        }

        public void Look(Mlp network, TrainingState state)
        {
        }
    }
}
