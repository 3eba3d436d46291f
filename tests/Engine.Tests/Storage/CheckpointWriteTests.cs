using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

/// <summary>A checkpoint that cannot be written does no harm: neither to the run nor to the checkpoint before it.</summary>
public sealed class CheckpointWriteTests : IDisposable
{
    private static readonly PixelDataset Picture = TestPictures.Create(37, 29);
    private static readonly Mlp Network = TestNetworks.Create(Activation.Tanh, [12]);
    private static readonly TrainingOptions Options = new() { Epochs = 3, BatchSize = 100, ThreadCount = 1 };

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("run.checkpoint");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_cannot_be_written_is_known_before_the_training()
    {
        File.WriteAllText(Path, "old");
        AssertProblem(ModelFileProblem.FileExists, Path);
        AssertProblem(ModelFileProblem.IsFolder, _folder.Path);
        AssertProblem(ModelFileProblem.FolderMissing, _folder.File(System.IO.Path.Combine("nowhere", "run")));
        Assert.Equal("old", File.ReadAllText(Path));
        Assert.Equal(["run.checkpoint"], _folder.FileNames());
    }

    [Fact]
    public void A_folder_where_nobody_may_write_is_known_before_the_training()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux has a folder where not even root may write.");
        AssertProblem(ModelFileProblem.AccessDenied, "/proc/self/run.checkpoint");
    }

    [Fact]
    public void A_checkpoint_is_replaced_when_asked()
    {
        File.WriteAllText(Path, "old");
        Train(new CheckpointOptions { Path = Path, Overwrite = true });
        Assert.Equal(4, TrainingCheckpoint.Load(Path).Epoch);
        Assert.Equal(["run.checkpoint"], _folder.FileNames());
    }

    [Fact]
    public void Two_runs_do_not_write_one_checkpoint()
    {
        TrainingRun first = ResumableTraining.Train(
            Picture, Network, Options with { Epochs = 1 }, new CheckpointOptions { Path = Path, Overwrite = true },
            epochDone: _ => AssertProblem(ModelFileProblem.InUse, Path), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Null(first.CheckpointFailure);
        File.Delete(Path);
        Train(new CheckpointOptions { Path = Path });
        Assert.Equal(["run.checkpoint"], _folder.FileNames());
    }

    [Fact]
    public void What_a_killed_run_left_is_cleared_away()
    {
        using (FileStream left = TemporaryName.Create(Path))
            left.Write("half a checkpoint"u8);
        File.WriteAllText(Path + WriterLock.Extension, "");
        Train(new CheckpointOptions { Path = Path });
        Assert.Equal(["run.checkpoint"], _folder.FileNames());
    }

    [Fact]
    public void A_run_outlives_checkpoints_that_cannot_be_written_and_tries_again()
    {
        List<string> warnings = [];
        bool isBlocked = false;
        using var stop = new CancellationTokenSource();
        TrainingRun run = ResumableTraining.Train(
            Picture, Network, Options with { Epochs = 1_000_000 },
            epochDone: epoch =>
            {
                if (epoch.Epoch == 2)
                    isBlocked = Block();
                // Written once more: the obstacle is gone, and so is the warning.
                if (!isBlocked && warnings.Count > 0 && TrainingCheckpoint.Load(Path).Epoch > 3)
                    stop.Cancel();
            },
            cancellationToken: stop.Token,
            checkpoints: new CheckpointOptions
            {
                Path = Path,
                Every = TimeSpan.Zero,
                Warning = warning =>
                {
                    warnings.Add(warning);
                    Assert.True(TrainingCheckpoint.Load(Kept).Epoch >= 1);
                    isBlocked = Unblock();
                },
            });
        Assert.NotEmpty(warnings);
        Assert.Contains(Path, warnings[0]);
        Assert.Null(run.CheckpointFailure);
        Assert.Equal(run.Epochs + 1, TrainingCheckpoint.Load(Path).Epoch);
        Assert.Equal(["run.checkpoint"], _folder.FileNames());
    }

    [Fact]
    public void A_run_whose_last_checkpoint_cannot_be_written_is_not_lost()
    {
        TrainingRun run = ResumableTraining.Train(
            Picture, Network, Options, epochDone: epoch => Block(),
            checkpoints: new CheckpointOptions { Path = Path, Every = TimeSpan.FromDays(1) },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Path, Assert.IsType<ModelFileException>(run.CheckpointFailure).Path);
        Assert.Equal(SampleNetworks.Bits(TrainingSupport.Train(Picture, Network, Options).Network), SampleNetworks.Bits(run.Network));
        Assert.Equal(0, TrainingCheckpoint.Load(Kept).Steps);
    }

    [Fact]
    public void A_users_file_in_the_place_of_the_lock_is_spared()
    {
        string lockFile = Path + WriterLock.Extension;
        File.WriteAllText(lockFile, "mine");
        var error = Assert.Throws<ModelFileException>(() => Train(new CheckpointOptions { Path = Path }));
        Assert.Equal(ModelFileProblem.FileExists, error.Problem);
        Assert.Contains($"'{lockFile}'", error.Message);
        Assert.Equal("mine", File.ReadAllText(lockFile));
    }

    [Fact]
    public void Files_of_other_programs_beside_it_are_none_of_ours()
    {
        string[] theirs = [Path + ".part", Path + ".lock", Path + ".tmp"];
        foreach (string file in theirs)
            File.WriteAllText(file, "theirs");
        Train(new CheckpointOptions { Path = Path });
        Assert.All(theirs, file => Assert.Equal("theirs", File.ReadAllText(file)));
    }

    [Fact]
    public void A_checkpoint_that_is_removed_during_the_run_is_written_again_and_told_of()
    {
        var warnings = new List<string>();
        TrainingRun run = ResumableTraining.Train(
            Picture, Network, Options, new CheckpointOptions { Path = Path, Every = TimeSpan.MaxValue, Warning = warnings.Add },
            epochDone: epoch => File.Delete(Path), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Null(run.CheckpointFailure);
        Assert.Contains("was removed during the training", Assert.Single(warnings));
        Assert.Equal(4, TrainingCheckpoint.Load(Path).Epoch);
    }

    [Fact]
    public void A_file_that_is_put_in_its_place_during_the_run_is_spared()
    {
        TrainingRun run = ResumableTraining.Train(
            Picture, Network, Options, new CheckpointOptions { Path = Path, Every = TimeSpan.MaxValue },
            epochDone: epoch => File.WriteAllText(Path, "mine"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("another file was put in its place", Assert.IsType<ModelFileException>(run.CheckpointFailure).Message);
        Assert.Equal("mine", File.ReadAllText(Path));
        Assert.Equal(["run.checkpoint"], _folder.FileNames());
    }

    [Fact]
    public void A_run_does_not_go_on_from_a_checkpoint_that_another_has_written_since()
    {
        StoppedRuns.Stop(Picture, Network, Options, Path, calls: 5);
        TrainingCheckpoint read = TrainingCheckpoint.Load(Path);
        StoppedRuns.Stop(Picture, Network, Options, Path, calls: 9);
        var error = Assert.Throws<ModelFileException>(() => ResumableTraining.Resume(
            Picture, read, checkpoints: new CheckpointOptions { Path = Path }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(ModelFileProblem.InUse, error.Problem);
        Assert.Equal(9, TrainingCheckpoint.Load(Path).Steps);
    }

    [Fact]
    public void A_network_that_is_lost_does_not_replace_one_that_is_not()
    {
        StoppedRuns.Stop(Picture, Network, Options, Path, calls: 5);
        Mlp broken = Network.Clone();
        broken.Layers[0].Weights[0] = float.NaN;
        var error = Assert.Throws<ModelFileException>(() => StoppedRuns.Stop(Picture, broken, Options, Path, calls: 5));
        Assert.Equal(ModelFileProblem.NotFinite, error.Problem);
        Assert.Equal(5, TrainingCheckpoint.Load(Path).Steps);
    }

    [Fact]
    public void Checkpoints_are_never_more_often_than_time_before_time() =>
        Assert.Throws<ArgumentException>(() => Train(new CheckpointOptions { Path = Path, Every = TimeSpan.FromSeconds(-1) }));

    private string Kept => Path + ".kept";

    /// <summary>A folder in the checkpoint's place: the next cannot be written, as on a full disk, wherever the tests run.</summary>
    private bool Block()
    {
        while (!Directory.Exists(Path))
            try
            {
                File.Move(Path, Kept, overwrite: true);
                Directory.CreateDirectory(Path);
            }
            catch (IOException)
            {
                // A checkpoint is being put there this very moment.
            }
        return true;
    }

    private bool Unblock()
    {
        Directory.Delete(Path);
        File.Move(Kept, Path);
        return false;
    }

    private static TrainingRun Train(CheckpointOptions checkpoints) =>
        ResumableTraining.Train(Picture, Network, Options, checkpoints, cancellationToken: TestContext.Current.CancellationToken);

    private static void AssertProblem(ModelFileProblem problem, string path)
    {
        var error = Assert.Throws<ModelFileException>(() => Train(new CheckpointOptions { Path = path }));
        Assert.Equal((problem, path), (error.Problem, error.Path));
        Assert.Contains(path, error.Message);
        Assert.EndsWith(".", error.Message);
    }
}
