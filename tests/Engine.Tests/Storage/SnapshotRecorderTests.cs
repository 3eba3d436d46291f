using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

/// <summary>What a run keeps, and what becomes of a file that it cannot write.</summary>
public sealed class SnapshotRecorderTests : IDisposable
{
    private static readonly SnapshotSchedule EveryEpoch = SnapshotSchedule.EveryEpochs(1);

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("run.snapshots");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_the_last_and_each_epoch_s_network_are_kept_and_the_run_is_as_without()
    {
        TrainingRun run = RecordedRun.Train(Path, EveryEpoch);
        Assert.Equal(
            TrainingSupport.Weights(TrainingSupport.Train(RecordedRun.Picture, RecordedRun.Network, RecordedRun.Options).Network),
            TrainingSupport.Weights(run.Network));
        var snapshots = TrainingSnapshots.Open(Path);
        Assert.Equal([(0, 0L), (1, 3), (2, 6), (3, 9), (4, 12)], RecordedRun.Moments(Path));
        Assert.Null(snapshots.Snapshots[0].Psnr);
        // The last is of the run, not of its last epoch.
        Assert.Equal(run.Psnr, snapshots.Snapshots[^1].Psnr);
        Assert.Equal(run.History[1].Psnr, snapshots.Snapshots[2].Psnr);
        Assert.Equal(run.Elapsed, snapshots.Snapshots[^1].Elapsed);
        Assert.Equal(RecordedRun.Rounded(RecordedRun.Network), TrainingSupport.Weights(snapshots.Load(0)));
        Assert.Equal(RecordedRun.Rounded(run.Network), TrainingSupport.Weights(snapshots.Load(4)));
        Assert.Equal(
            RecordedRun.Rounded(
                TrainingSupport.Train(RecordedRun.Picture, RecordedRun.Network, RecordedRun.Options with { Epochs = 2 }).Network),
            TrainingSupport.Weights(snapshots.Load(2)));
        Assert.Equal(("sunset", 20, 15), (snapshots.PictureName, snapshots.PictureWidth, snapshots.PictureHeight));
        Assert.Equal(["run.snapshots"], _folder.FileNames());
    }

    [Fact]
    public void A_logarithmic_schedule_keeps_steps_within_epochs()
    {
        RecordedRun.Train(Path, SnapshotSchedule.Logarithmic);
        Assert.Equal(Enumerable.Range(0, 13).Select(step => ((step + 2) / 3, (long)step)), RecordedRun.Moments(Path));
    }

    [Fact]
    public void Every_encoding_comes_back()
    {
        foreach (InputEncoding encoding in TestNetworks.Encodings)
        {
            string path = _folder.File($"{Guid.NewGuid():N}");
            TrainingRun run = RecordedRun.Train(path, EveryEpoch, TestNetworks.Create(encoding, Activation.ReLU, [9]));
            Mlp last = TrainingSnapshots.Open(path).Load(4);
            Assert.Equal(run.Network.Design, last.Design);
            Assert.Equal(RecordedRun.Rounded(run.Network), TrainingSupport.Weights(last));
            foreach ((EncodingTensor expected, EncodingTensor actual) in run.Network.EncodingTensors.Zip(last.EncodingTensors))
                Assert.Equal(encoding.IsTrained ? expected.Values.Select(value => (float)(Half)value) : expected.Values, actual.Values);
        }
    }

    [Fact]
    public void A_run_that_goes_on_goes_on_in_its_file()
    {
        string checkpoint = _folder.File("run.checkpoint");
        TrainingRun first = Resumable(checkpoint, null, RecordedRun.Options with { Epochs = 2 }, goesOn: false);
        Assert.Equal([(0, 0L), (1, 3), (2, 6)], RecordedRun.Moments(Path));
        byte[] old = File.ReadAllBytes(Path);
        TrainingRun second = Resumable(checkpoint, TrainingCheckpoint.Load(checkpoint), RecordedRun.Options, goesOn: true);
        Assert.Equal([(0, 0L), (1, 3), (2, 6), (3, 9), (4, 12)], RecordedRun.Moments(Path));
        Assert.Equal(RecordedRun.Rounded(first.Network), TrainingSupport.Weights(TrainingSnapshots.Open(Path).Load(2)));
        Assert.Equal(RecordedRun.Rounded(second.Network), TrainingSupport.Weights(TrainingSnapshots.Open(Path).Load(4)));
        Assert.Equal(old, File.ReadAllBytes(Path)[..old.Length]);
        // A finished run adds nothing.
        Resumable(checkpoint, TrainingCheckpoint.Load(checkpoint), RecordedRun.Options, goesOn: true);
        Assert.Equal(5, TrainingSnapshots.Open(Path).Snapshots.Count);
    }

    [Fact]
    public void What_a_killed_run_kept_after_its_checkpoint_comes_anew()
    {
        string checkpoint = _folder.File("run.checkpoint");
        Resumable(checkpoint, null, RecordedRun.Options with { Epochs = 2 }, goesOn: false);
        byte[] atCheckpoint = File.ReadAllBytes(checkpoint);
        Resumable(checkpoint, TrainingCheckpoint.Load(checkpoint), RecordedRun.Options, goesOn: true);
        // As if the run had been killed in its fourth epoch, and torn its last frame.
        File.WriteAllBytes(checkpoint, atCheckpoint);
        File.WriteAllBytes(Path, File.ReadAllBytes(Path)[..^10]);
        TrainingRun run = Resumable(checkpoint, TrainingCheckpoint.Load(checkpoint), RecordedRun.Options, goesOn: true);
        Assert.Equal([(0, 0L), (1, 3), (2, 6), (3, 9), (4, 12)], RecordedRun.Moments(Path));
        Assert.Equal(RecordedRun.Rounded(run.Network), TrainingSupport.Weights(TrainingSnapshots.Open(Path).Load(4)));
    }

    [Fact]
    public void What_cannot_be_written_is_known_before_the_training()
    {
        File.WriteAllText(Path, "old");
        AssertProblem(ModelFileProblem.FileExists, Path);
        AssertProblem(ModelFileProblem.IsFolder, _folder.Path);
        AssertProblem(ModelFileProblem.FolderMissing, _folder.File(System.IO.Path.Combine("nowhere", "run")));
        Assert.Equal("old", File.ReadAllText(Path));
        // A file that is no file of snapshots is not gone on in.
        AssertProblem(ModelFileProblem.NotSnapshots, Path, goesOn: true);
        Assert.Equal(["run.snapshots"], _folder.FileNames());
        if (OperatingSystem.IsLinux())
            AssertProblem(ModelFileProblem.AccessDenied, "/proc/self/run.snapshots");
    }

    [Fact]
    public void Another_picture_or_network_does_not_go_on_in_the_file()
    {
        RecordedRun.Train(Path, EveryEpoch);
        byte[] old = File.ReadAllBytes(Path);
        Assert.Equal(ModelFileProblem.OtherPicture, GoOn(TestPictures.Create(15, 20), RecordedRun.Network).Problem);
        Assert.Equal(ModelFileProblem.InvalidDescription, GoOn(RecordedRun.Picture, TestNetworks.Create(Activation.Tanh, [16])).Problem);
        Assert.Equal(old, File.ReadAllBytes(Path));

        ModelFileException GoOn(PixelDataset picture, Mlp network)
        {
            using var recorder = new SnapshotRecorder(new SnapshotOptions { Path = Path, Continue = true }, picture);
            return Assert.Throws<ModelFileException>(() => Trainer.Train(
                picture, network, RecordedRun.Options, watchers: [recorder], cancellationToken: TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void Two_runs_do_not_write_one_file()
    {
        using var recorder = new SnapshotRecorder(new SnapshotOptions { Path = Path }, RecordedRun.Picture);
        AssertProblem(ModelFileProblem.InUse, Path);
    }

    [Fact]
    public void A_file_is_replaced_when_asked()
    {
        File.WriteAllText(Path, "old");
        using (var recorder = new SnapshotRecorder(
            new SnapshotOptions { Path = Path, Schedule = EveryEpoch, Overwrite = true }, RecordedRun.Picture))
            Trainer.Train(RecordedRun.Picture, RecordedRun.Network, RecordedRun.Options, watchers: [recorder],
                cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(5, TrainingSnapshots.Open(Path).Snapshots.Count);
        Assert.Throws<ArgumentException>(() => new SnapshotRecorder(
            new SnapshotOptions { Path = Path, Overwrite = true, Continue = true }, RecordedRun.Picture));
    }

    [Fact]
    public void A_frame_that_cannot_be_written_is_left_out_and_told_of()
    {
        RecordedRun.Train(Path, EveryEpoch);
        byte[] old = File.ReadAllBytes(Path);
        var snapshots = TrainingSnapshots.Open(Path);
        var writer = new FrameWriter(Path, File.OpenHandle(Path, FileMode.Open, FileAccess.Read), snapshots.Layout, snapshots.Snapshots);
        for (int step = 20; step < 23; step++)
        {
            byte[] frame = writer.Rent(TestContext.Current.CancellationToken);
            SnapshotLayout.WriteHead(frame, new TrainingSnapshot(5, step, TimeSpan.FromSeconds(1), null));
            writer.Add(frame);
        }
        writer.Dispose();
        Assert.True(writer.Failure is IOException or UnauthorizedAccessException, $"{writer.Failure}");
        Assert.Equal(old, File.ReadAllBytes(Path));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_frame_that_is_half_written_is_cut_off_also_where_it_was_to_replace_another(bool replaces)
    {
        RecordedRun.Train(Path, EveryEpoch);
        var snapshots = TrainingSnapshots.Open(Path);
        int before = snapshots.Snapshots.Count;
        long last = snapshots.Snapshots[^1].Step, failing = replaces ? last : last + 1;
        bool fails = true;
        void WriteAt(Microsoft.Win32.SafeHandles.SafeFileHandle file, byte[] bytes, long start)
        {
            RandomAccess.Write(file, fails ? bytes.AsSpan(0, bytes.Length / 2) : bytes, start);
            if (fails)
                throw new IOException("The disk is full");
        }
        using (var writer = new FrameWriter(
            Path, File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite), snapshots.Layout, snapshots.Snapshots, WriteAt))
        {
            Add(writer, failing);
            // A frame that was handed over is written before the next is waited for.
            while (writer.Failure is null)
                Thread.Yield();
            while (new FileInfo(Path).Length != snapshots.Layout.FrameAt(replaces ? before - 1 : before))
                Thread.Yield();
            fails = false;
            Add(writer, last + 2);
            Add(writer, last + 2);
            Add(writer, last + 3);
        }
        var after = TrainingSnapshots.Open(Path);
        Assert.Equal(
            [.. snapshots.Snapshots.Take(replaces ? before - 1 : before).Select(snapshot => snapshot.Step), last + 2, last + 3],
            after.Snapshots.Select(snapshot => snapshot.Step));
        for (int i = 0; i < after.Snapshots.Count; i++)
            _ = after.Load(i);

        static void Add(FrameWriter writer, long step)
        {
            byte[] frame = writer.Rent(TestContext.Current.CancellationToken);
            SnapshotLayout.WriteFrame(RecordedRun.Network, new TrainingSnapshot(5, step, TimeSpan.FromDays(1), null), frame);
            writer.Add(frame);
        }
    }

    [Fact]
    public void Any_failure_to_write_a_frame_is_kept_and_ends_nothing_else()
    {
        RecordedRun.Train(Path, EveryEpoch);
        var snapshots = TrainingSnapshots.Open(Path);
        Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite);
        var writer = new FrameWriter(Path, file, snapshots.Layout, snapshots.Snapshots);
        file.Dispose();
        byte[] frame = writer.Rent(TestContext.Current.CancellationToken);
        SnapshotLayout.WriteHead(frame, new TrainingSnapshot(5, 20, TimeSpan.FromSeconds(1), null));
        writer.Add(frame);
        writer.Dispose();
        Assert.False(writer.Failure is null or IOException or UnauthorizedAccessException, $"{writer.Failure}");
    }

    [Fact]
    public void An_animation_can_be_made_while_the_run_goes_on()
    {
        var counts = new List<int>();
        using var recorder = new SnapshotRecorder(new SnapshotOptions { Path = Path, Schedule = EveryEpoch }, RecordedRun.Picture);
        Trainer.Train(
            RecordedRun.Picture, RecordedRun.Network, RecordedRun.Options with { Epochs = 200 }, watchers: [recorder],
            epochDone: epoch => Count(epoch.Epoch), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(counts.Order(), counts);
        Assert.InRange(counts[^1], 1, 200);

        void Count(int epoch)
        {
            // What the other thread has not written yet is not there, and what it is writing is not whole.
            if (epoch % 20 == 0)
                counts.Add(TrainingSnapshots.Open(Path).Snapshots.Count);
        }
    }

    private TrainingRun Resumable(string checkpoint, TrainingCheckpoint? earlier, TrainingOptions options, bool goesOn)
    {
        using var recorder = new SnapshotRecorder(
            new SnapshotOptions { Path = Path, Schedule = EveryEpoch, Continue = goesOn }, RecordedRun.Picture);
        var checkpoints = new CheckpointOptions { Path = checkpoint, Every = TimeSpan.FromDays(1) };
        CancellationToken token = TestContext.Current.CancellationToken;
        return earlier is null
            ? ResumableTraining.Train(RecordedRun.Picture, RecordedRun.Network, options, checkpoints, null, null, [recorder], cancellationToken: token)
            : ResumableTraining.Resume(RecordedRun.Picture, earlier, options, checkpoints, null, null, [recorder], token);
    }

    private static void AssertProblem(ModelFileProblem problem, string path, bool goesOn = false) =>
        Assert.Equal(problem, Assert.Throws<ModelFileException>(() =>
        {
            using var recorder = new SnapshotRecorder(new SnapshotOptions { Path = path, Continue = goesOn }, RecordedRun.Picture);
            recorder.Look(RecordedRun.Network, default);
        }).Problem);
}
