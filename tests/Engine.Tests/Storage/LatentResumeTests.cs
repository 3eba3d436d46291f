using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Storage;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>A run with latents that was stopped and resumed ends in the same bits as one that was not.</summary>
public sealed class LatentResumeTests : IDisposable
{
    private const int Width = 61, Height = 45;

    private static readonly TrainingOptions Short = new() { Epochs = 6, ThreadCount = 2 };

    private static readonly Dictionary<string, TrainingOptions> Targets = new()
    {
        ["none"] = Short,
        ["bits"] = Short with { TargetBitsPerPixel = 1 },
        ["size"] = Short with { TargetSize = 900 },
        ["SSIM"] = Short with { TargetSsim = 0.9 },
    };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    private string Path => _folder.File("run.checkpoint");

    public static TheoryData<string> TargetNames => [.. Targets.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(TargetNames))]
    public void It_comes_to_the_same_end_for_every_target(string target) => AssertResumes(TestPictures.Create(Width, Height), Targets[target]);

    [Theory, InlineData(1), InlineData(4)]
    public void It_comes_to_the_same_end_for_other_channels(int channels) => AssertResumes(TestPictures.Create(Width, Height, channels), Short);

    [Fact]
    public void It_comes_to_the_same_end_with_gaps() =>
        AssertResumes(TestPictures.Create(Width, Height).WithHoldOut(new HoldOut { Fraction = 0.3 }), Targets["bits"]);

    [Fact]
    public void It_comes_to_the_same_end_with_a_start_whose_file_is_gone() =>
        AssertResumes(TestPictures.Create(Width, Height), Targets["bits"], LatentSamples.Start);

    [Fact]
    public void It_can_be_stopped_again_and_again()
    {
        PixelDataset picture = TestPictures.Create(Width, Height);
        TrainingRun undisturbed = Train(picture, Targets["bits"], stopAfter: null);
        Train(picture, Targets["bits"], stopAfter: 1);
        for (int epoch = 2; epoch <= 5; epoch++)
            Assert.Equal(StopReason.Canceled, Resume(picture, options: null, stopAfter: epoch).StopReason);
        AssertSame(undisturbed, Resume(picture));
    }

    [Fact]
    public void A_finished_run_gives_itself_again_and_more_epochs_go_on()
    {
        PixelDataset picture = TestPictures.Create(Width, Height);
        TrainingRun finished = Train(picture, Short, stopAfter: null);
        AssertSame(finished, Resume(picture));
        TrainingRun longer = Resume(picture, Short with { Epochs = 8 });
        Assert.Equal(8, longer.Epochs);
        Assert.Equal(finished.History.Take(6).Select(epoch => epoch.BitsPerPixel), longer.History.Take(6).Select(epoch => epoch.BitsPerPixel));
    }

    [Fact]
    public void A_stopped_run_has_what_it_had_so_far()
    {
        TrainingRun stopped = Train(TestPictures.Create(Width, Height), Short, stopAfter: 3);
        Assert.Equal((StopReason.Canceled, 3), (stopped.StopReason, stopped.Epochs));
        Assert.True(stopped.Psnr > 20 && stopped.BitsPerPixel > 0);
        TrainingCheckpoint checkpoint = TrainingCheckpoint.Load(Path);
        Assert.Equal((4, 3L, 3), (checkpoint.Epoch, checkpoint.Steps, checkpoint.History.Count));
    }

    [Fact]
    public void A_file_with_numbers_that_no_run_has_is_refused()
    {
        Train(TestPictures.Create(Width, Height), Short, stopAfter: 1);
        RunState state = TrainingCheckpoint.Load(Path).State;
        foreach (LatentNumber number in (LatentNumber[])[LatentNumber.Passes, LatentNumber.TargetRate, LatentNumber.LeastStep, LatentNumber.EntropySteps])
        {
            double before = state.Learner.Latents![number];
            state.Learner.Latents[number] = double.NaN;
            using (FileStream stream = File.Create(Path))
                CheckpointFile.Write(stream, state);
            Assert.Equal(ModelFileProblem.InvalidDescription, Assert.Throws<ModelFileException>(() => TrainingCheckpoint.Load(Path)).Problem);
            state.Learner.Latents[number] = before;
        }
        state.Learner.Latents!.Targets[7] = float.NaN;
        using (FileStream stream = File.Create(Path))
            CheckpointFile.Write(stream, state);
        Assert.Equal(ModelFileProblem.InvalidDescription, Assert.Throws<ModelFileException>(() => TrainingCheckpoint.Load(Path)).Problem);
    }

    [Fact]
    public void Another_target_than_before_is_named()
    {
        PixelDataset picture = TestPictures.Create(Width, Height);
        Train(picture, Targets["bits"], stopAfter: 2);
        Assert.StartsWith("TargetBitsPerPixel is 1 in the run of",
            Assert.Throws<ArgumentException>(() => Resume(picture, Targets["bits"] with { TargetBitsPerPixel = 2 })).Message, StringComparison.Ordinal);
    }

    /// <summary>Stops a run after its first epoch, on the way and before its last, and resumes each, on other threads.</summary>
    private void AssertResumes(PixelDataset picture, TrainingOptions options, LatentStart? start = null)
    {
        TrainingRun undisturbed = Train(picture, options, stopAfter: null, start);
        Assert.Equal(StopReason.Epoch, undisturbed.StopReason);
        foreach (int epoch in (int[])[1, 3, 5])
        {
            Assert.Equal(StopReason.Canceled, Train(picture, options, stopAfter: epoch, start).StopReason);
            AssertSame(undisturbed, Resume(picture, options with { ThreadCount = 3 }));
        }
    }

    private static void AssertSame(TrainingRun expected, TrainingRun actual)
    {
        StoppedRuns.AssertSame(expected, actual);
        Assert.Equal(expected.BitsPerPixel, actual.BitsPerPixel);
        Assert.Equal(expected.History.Select(epoch => epoch.BitsPerPixel), actual.History.Select(epoch => epoch.BitsPerPixel));
        Assert.Equal(LatentFile.Compose(expected.Network, training: null, Stopping), LatentFile.Compose(actual.Network, training: null, Stopping));
    }

    private TrainingRun Train(PixelDataset picture, TrainingOptions options, int? stopAfter, LatentStart? start = null)
    {
        using var source = new CancellationTokenSource();
        MlpDesign design = TrainingDefaults.LatentDesign(picture.Channels);
        return ResumableTraining.Train(
            picture, new Mlp(design.With((LatentEncoding)design.Encoding with { OwnStart = start })), options,
            new CheckpointOptions { Path = Path, Every = TimeSpan.FromDays(1), Overwrite = true },
            epochDone: epoch => StopAfter(stopAfter, epoch, source), cancellationToken: source.Token);
    }

    private TrainingRun Resume(PixelDataset picture, TrainingOptions? options = null, int? stopAfter = null)
    {
        using var source = new CancellationTokenSource();
        return ResumableTraining.Resume(
            picture, TrainingCheckpoint.Load(Path), options, new CheckpointOptions { Path = Path, Every = TimeSpan.Zero },
            epochDone: epoch => StopAfter(stopAfter, epoch, source), cancellationToken: source.Token);
    }

    private static void StopAfter(int? last, EpochRecord epoch, CancellationTokenSource source)
    {
        if (epoch.Epoch == last)
            source.Cancel();
    }
}
