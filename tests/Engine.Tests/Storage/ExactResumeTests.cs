using System.Text;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>A run that was stopped and resumed ends in the same bits as one that was not.</summary>
public sealed class ExactResumeTests : IDisposable
{
    /// <summary>37 x 29 pixels: no batch and no tile divides them. Eleven calls an epoch.</summary>
    private static readonly PixelDataset Picture = TestPictures.Create(37, 29);

    private static readonly TrainingOptions Options = new()
    {
        Epochs = 3, BatchSize = 100, ThreadCount = 2, LearningRate = 1e-3, WarmUp = 0.2, MeasureEachEpoch = true,
    };

    /// <summary>Everything that a run can remember at once.</summary>
    private static readonly TrainingOptions Rich = Options with
    {
        Sampling = PixelSampling.ErrorWeighted,
        AverageDecay = 0.9,
        GradientClip = 0.05,
        WeightDecay = 0.01,
    };

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("run.checkpoint");

    public static TheoryData<Optimizer> Optimizers => [.. Enum.GetValues<Optimizer>()];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Optimizers))]
    public void Dense_network(Optimizer optimizer) =>
        AssertResumes(Picture, TestNetworks.Create(Activation.Tanh, [33, 80, 40]), Rich with { Optimizer = optimizer });

    [Theory, MemberData(nameof(Optimizers))]
    [Trait("Runs", "AtEveryWidth")]
    public void Grid_network(Optimizer optimizer) => AssertResumes(Picture, GridNetwork(Picture), Rich with { Optimizer = optimizer });

    [Theory, InlineData(null), InlineData(0.05)]
    public void Grid_network_of_a_large_picture(double? clip) => AssertResumes(
        Picture, GridNetwork(Picture), Rich with { GradientClip = clip, TableOptimizer = TableOptimizer.NovoGrad });

    [Fact]
    public void Grid_network_whose_large_tables_move_once_in_several_steps() => AssertResumes(
        Picture, TestNetworks.Create(GridEncoding.For(300, 200), Activation.ReLU, [8]), Rich with { GradientClip = null, TableOptimizer = TableOptimizer.AccumulatedAdam });

    [Fact]
    public void A_checkpoint_that_does_not_name_the_optimizer_of_tables_goes_on_with_Adam()
    {
        Mlp network = GridNetwork(Picture);
        StoppedRuns.Stop(Picture, network, Rich, Path, calls: 5);
        Assert.DoesNotContain("tableOptimizer", Encoding.Latin1.GetString(File.ReadAllBytes(Path)), StringComparison.OrdinalIgnoreCase);
        StoppedRuns.AssertSame(
            TrainingSupport.Train(Picture, network, Rich with { TableOptimizer = TableOptimizer.Adam }), StoppedRuns.Resume(Picture, Path));
    }

    [Theory, MemberData(nameof(Optimizers))]
    public void Plain_options(Optimizer optimizer) =>
        AssertResumes(
            Picture, TestNetworks.Create(Activation.ReLU, [33, 17]), Options with { Optimizer = optimizer, MeasureEachEpoch = false });

    [Theory, InlineData(null), InlineData(0.9)]
    public void Grid_with_gaps_and_held_out_pixels(double? averageDecay)
    {
        PixelDataset picture = Picture.WithHoldOut(new HoldOut { Fraction = 0.2, Pattern = HoldOutPattern.Block });
        var design = new MlpDesign { HiddenLayers = [16], Activation = Activation.ReLU };
        var network = new Mlp(design.With(GridEncoding.ForGaps(picture.Width, picture.Height)));
        AssertResumes(picture, network, Options with { AverageDecay = averageDecay, Sampling = PixelSampling.ErrorWeighted });
    }

    [Fact]
    public void Fourier_features() => AssertResumes(
        Picture, new Mlp(new MlpDesign { HiddenLayers = [24] }.With(new FourierEncoding { Count = 11, Sigma = 3 })), Rich);

    [Fact]
    public void Neighborhoods() => AssertResumes(
        Picture, new Mlp(new MlpDesign { HiddenLayers = [8], Activation = Activation.ReLU }.With(NeighborhoodPicture.EncodingFor(Picture, new NeighborhoodEncoding()))),
        Options with { Epochs = 2, BatchSize = 1000 });

    [Fact]
    public void Neighborhoods_from_what_was_learned_before()
    {
        AssertResumes(Picture, Neighborhood(Picture, NeighborhoodTask.Enlarge), Options with { Epochs = 2, BatchSize = 1000, AverageDecay = 0.9 });
    }

    [Fact]
    public void Noise_removed() => AssertResumes(
        Picture, Neighborhood(Picture, NeighborhoodTask.Denoise), Options with { Epochs = 2, BatchSize = 1000, AverageDecay = 0.9 });

    [Fact]
    public void Gaps_filled()
    {
        PixelDataset picture = Picture.WithHoldOut(new HoldOut { Fraction = 0.4 });
        AssertResumes(picture, Neighborhood(picture, NeighborhoodTask.Fill), Options with { Epochs = 2, BatchSize = 100, AverageDecay = 0.9 });
    }

    private static Mlp Neighborhood(PixelDataset picture, NeighborhoodTask task) =>
        new(TrainingDefaults.NeighborhoodDesign(NeighborhoodPicture.EncodingFor(picture, new NeighborhoodEncoding { Task = task })));

    [Fact]
    public void Frequencies() =>
        AssertResumes(Picture, new Mlp(new MlpDesign { HiddenLayers = [24] }.With(new FrequencyEncoding { Octaves = 5 })), Options);

    [Theory, InlineData(LossFunction.L1), InlineData(LossFunction.Huber)]
    public void Other_losses(LossFunction loss) =>
        AssertResumes(Picture, TestNetworks.Create(Activation.Sine, [20]), Options with { Loss = loss });

    [Fact]
    public void Pixel_by_pixel() =>
        AssertResumes(Picture, TestNetworks.Create(Activation.LeakyReLU, [20, 20]), TrainingOptions.MonaLisa2012 with { Epochs = 2 });

    [Fact]
    public void One_pixel_in_a_step_by_Adam() =>
        AssertResumes(TestPictures.Create(7, 5), TestNetworks.Create(Activation.Sine, [20]), Options with { BatchSize = 1 });

    [Fact]
    public void Deep_and_grey()
    {
        var picture = new PixelDataset("grey", 13, 11, [.. Enumerable.Range(0, 143).Select(i => (ushort)(i * 457))], channels: 1);
        AssertResumes(picture, TestNetworks.Create(Activation.GELU, [9, 8, 7], outputs: 1), Rich with { BatchSize = 20 });
    }

    [Theory, InlineData(Optimizer.Adam), InlineData(Optimizer.Muon)]
    public void With_MKL(Optimizer optimizer)
    {
        Providers.Mkl(InstructionSets.Best);
        AssertResumes(Picture, TestNetworks.Create(Activation.Sine, [33, 40, 24]),
            Rich with { Optimizer = optimizer, Provider = ComputeProvider.Mkl });
        AssertResumes(Picture, GridNetwork(Picture), Rich with { Optimizer = optimizer, Provider = ComputeProvider.Mkl });
    }

    [Theory]
    [InlineData(LearningRateSchedule.Constant)]
    [InlineData(LearningRateSchedule.Exponential)]
    [InlineData(LearningRateSchedule.Step)]
    [InlineData(LearningRateSchedule.OneCycle)]
    public void Every_schedule(LearningRateSchedule schedule) =>
        AssertResumes(Picture, TestNetworks.Create(Activation.Tanh, [12]), Options with { Schedule = schedule });

    [Fact]
    public void Stopped_again_and_again()
    {
        Mlp network = GridNetwork(Picture);
        TrainingRun undisturbed = TrainingSupport.Train(Picture, network, Rich);
        TrainingRun run = StoppedRuns.Stop(Picture, network, Rich, Path, calls: 2);
        int stops = 1;
        for (; run.StopReason == StopReason.Canceled; stops++)
            run = StoppedRuns.Stop(Picture, network, Rich, Path, calls: 2, midway: stops % 2 == 0, resume: true);
        Assert.True(stops > 10, $"Stopped only {stops} times.");
        StoppedRuns.AssertSame(undisturbed, run);
    }

    [Fact]
    public void Canceled_while_an_epoch_was_being_measured()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [12]);
        // The eleventh call is the first epoch's last; what follows it is measuring.
        TrainingRun stopped = StoppedRuns.Stop(Picture, network, Options, Path, calls: 11);
        Assert.Equal(StopReason.Canceled, stopped.StopReason);
        Assert.Empty(TrainingCheckpoint.Load(Path).History);
        StoppedRuns.AssertSame(TrainingSupport.Train(Picture, network, Options), StoppedRuns.Resume(Picture, Path));
    }

    [Fact]
    public void Checkpoints_and_measuring_leave_no_trace_in_the_weights()
    {
        PixelDataset picture = Picture.WithHoldOut(new HoldOut { Fraction = 0.2, Pattern = HoldOutPattern.Block });
        var network = new Mlp(new MlpDesign { HiddenLayers = [16], Activation = Activation.ReLU }
            .With(GridEncoding.ForGaps(picture.Width, picture.Height)));
        TrainingOptions options = Options with { MeasureEachEpoch = false };
        TrainingRun alone = TrainingSupport.Train(picture, network, options);
        TrainingRun measured = TrainingSupport.Train(picture, network, options with { MeasureEachEpoch = true });
        TrainingRun kept = ResumableTraining.Train(
            picture, network, options, checkpoints: new CheckpointOptions { Path = Path, Every = TimeSpan.Zero },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(SampleNetworks.Bits(alone.Network), SampleNetworks.Bits(measured.Network));
        StoppedRuns.AssertSame(alone, kept);
    }

    [Fact]
    public void More_epochs_than_before_go_on_by_the_longer_run_s_schedule()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [12]);
        TrainingOptions constant = Options with { Schedule = LearningRateSchedule.Constant, WarmUp = 0 };
        StoppedRuns.Stop(Picture, network, constant with { Epochs = 1 }, Path, calls: 1000);
        StoppedRuns.AssertSame(
            TrainingSupport.Train(Picture, network, constant), StoppedRuns.Resume(Picture, Path, constant));

        StoppedRuns.Stop(Picture, network, Options with { Epochs = 1 }, Path, calls: 1000);
        TrainingRun longer = StoppedRuns.Resume(Picture, Path, Options with { Epochs = 4 });
        Assert.Equal(4, longer.Epochs);
        // Cosine had come to its end, and rises again to where it is in the longer run.
        Assert.True(longer.History[1].LearningRate > 10 * longer.History[0].LearningRate);
    }

    [Fact]
    public void A_finished_run_gives_itself_again()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [12]);
        TrainingRun finished = StoppedRuns.Stop(Picture, network, Options, Path, calls: 1000);
        Assert.Equal(StopReason.Epoch, finished.StopReason);
        StoppedRuns.AssertSame(finished, StoppedRuns.Resume(Picture, Path));

        TrainingOptions target = Options with { TargetPsnr = 3, Epochs = 1000 };
        TrainingRun reached = StoppedRuns.Stop(Picture, network, target, Path, calls: 100_000);
        Assert.Equal(StopReason.TargetPsnr, reached.StopReason);
        StoppedRuns.AssertSame(reached, StoppedRuns.Resume(Picture, Path));
        TrainingRun better = StoppedRuns.Resume(Picture, Path, target with { TargetPsnr = 100, Epochs = reached.Epochs + 1 });
        Assert.Equal(reached.Epochs + 1, better.Epochs);
    }

    [Fact]
    public void Time_before_the_checkpoint_is_counted()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [12]);
        TrainingOptions options = Options with { Epochs = null, MaxTime = TimeSpan.FromMilliseconds(300) };
        TrainingRun run = StoppedRuns.Stop(Picture, network, options, Path, calls: int.MaxValue);
        Assert.Equal(StopReason.MaxTime, run.StopReason);
        TrainingRun same = StoppedRuns.Resume(Picture, Path);
        Assert.Equal((run.Steps, StopReason.MaxTime), (same.Steps, same.StopReason));
        TrainingRun longer = StoppedRuns.Resume(Picture, Path, options with { MaxTime = TimeSpan.FromMilliseconds(400) });
        Assert.True(longer.Steps > run.Steps);
        Assert.InRange(longer.Elapsed.TotalMilliseconds, 400, 10_000);
    }

    [Fact]
    public void A_checkpoint_can_be_resumed_twice()
    {
        Mlp network = GridNetwork(Picture);
        StoppedRuns.Stop(Picture, network, Rich, Path, calls: 5);
        TrainingCheckpoint checkpoint = TrainingCheckpoint.Load(Path);
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        StoppedRuns.AssertSame(
            ResumableTraining.Resume(Picture, checkpoint, cancellationToken: cancellationToken),
            ResumableTraining.Resume(Picture, checkpoint, cancellationToken: cancellationToken));
    }

    private static Mlp GridNetwork(PixelDataset picture) =>
        new(new MlpDesign { HiddenLayers = [16, 24], Activation = Activation.ReLU }.With(GridEncoding.For(picture.Width, picture.Height)));

    /// <summary>
    /// Stops a run in its first epoch, between two, in the midst of a step and near its end, and resumes each, on other threads.
    /// </summary>
    private void AssertResumes(PixelDataset picture, Mlp network, TrainingOptions options)
    {
        TrainingRun undisturbed = TrainingSupport.Train(picture, network, options);
        Assert.Equal(StopReason.Epoch, undisturbed.StopReason);
        int calls = CallCount(undisturbed);
        (int, bool)[] stops = [(1, false), (4, true), (calls / options.Epochs!.Value, true), (calls - 1, false)];
        foreach ((int stop, bool midway) in stops)
        {
            TrainingRun stopped = StoppedRuns.Stop(picture, network, options, Path, stop, midway);
            Assert.Equal(StopReason.Canceled, stopped.StopReason);
            StoppedRuns.AssertSame(
                undisturbed, StoppedRuns.Resume(picture, Path, options with { ThreadCount = 3 }));
        }
        Assert.Equal(["run.checkpoint"], _folder.FileNames());
    }

    private static int CallCount(TrainingRun run) => (int)(run.Provider.Contains("one pixel", StringComparison.Ordinal)
        ? (run.Dataset.TrainingPixelCount + 63) / 64 * run.Epochs : run.Steps);
}
