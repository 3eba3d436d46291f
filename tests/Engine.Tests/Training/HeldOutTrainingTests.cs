namespace MonaLisa.Engine.Tests;

/// <summary>What is held out is never learned from, and is judged apart.</summary>
[Trait("Runs", "AtEveryWidth")]
public class HeldOutTrainingTests
{
    private const int Width = 37, Height = 29;

    private static readonly TrainingOptions Batches = TrainingSupport.Few with { MeasureEachEpoch = true, LearningRate = 0.01 };

    private static readonly TrainingOptions PixelByPixel = TrainingOptions.MonaLisa2012 with { Epochs = 2 };

    public static MatrixTheoryData<int, bool, bool> Cases => new([1, 3, 4], [false, true], [false, true]);

    private static PixelRole RoleOf(int x, int y) => (x + 2 * y) % 3 == 0 ? PixelRole.Training
        : (x + 2 * y) % 3 == 1 ? PixelRole.HeldOut : PixelRole.Ignored;

    private static bool HasRole(int pixel, PixelRole role) => RoleOf(pixel % Width, pixel / Width) == role;

    [Theory, MemberData(nameof(Cases))]
    public void Pixels_that_are_not_for_training_have_no_influence_on_the_weights(int channels, bool deep, bool online)
    {
        PixelDataset picture = Picture(channels, deep), other = WithNoiseOffTraining(picture);
        TrainingOptions options = online ? PixelByPixel : Batches;
        Mlp network = TestNetworks.Create(Activation.Tanh, [20, 17], outputs: channels);

        TrainingRun run = TrainingSupport.Train(picture.WithRoles(RoleOf), network, options);
        TrainingRun same = TrainingSupport.Train(other.WithRoles(RoleOf), network, options);

        Assert.Equal(TrainingSupport.Weights(run.Network), TrainingSupport.Weights(same.Network));
        Assert.Equal((run.Psnr, run.Mae, run.Steps), (same.Psnr, same.Mae, same.Steps));
        Assert.NotEqual(run.HeldOutPsnr, same.HeldOutPsnr);
        // That it would show, were they learned from.
        Assert.NotEqual(TrainingSupport.Weights(TrainingSupport.Train(picture, network, options).Network),
            TrainingSupport.Weights(TrainingSupport.Train(other, network, options).Network));
    }

    [Fact]
    public void None_of_them_is_drawn_by_its_error()
    {
        PixelDataset picture = TestPictures.Create(Width, Height);
        Mlp network = TestNetworks.Create(Activation.Tanh, [20, 17]);
        TrainingOptions options = Batches with { Sampling = PixelSampling.ErrorWeighted };
        TrainingRun run = TrainingSupport.Train(picture.WithRoles(RoleOf), network, options);
        TrainingRun same = TrainingSupport.Train(WithNoiseOffTraining(picture).WithRoles(RoleOf), network, options);
        Assert.Equal(TrainingSupport.Weights(run.Network), TrainingSupport.Weights(same.Network));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Figures_are_those_of_the_returned_network_for_each_set_by_itself(int channels, bool deep, bool online)
    {
        PixelDataset picture = Picture(channels, deep);
        Mlp network = TestNetworks.Create(Activation.Sigmoid, [21, 18], outputs: channels);

        TrainingRun run = TrainingSupport.Train(picture.WithRoles(RoleOf), network, online ? PixelByPixel : Batches);

        (double psnr, double mae) = ReferencePicture.Measure(run.Network, picture, pixel => HasRole(pixel, PixelRole.Training));
        (double heldOutPsnr, double heldOutMae) = ReferencePicture.Measure(
            run.Network, picture, pixel => HasRole(pixel, PixelRole.HeldOut));
        Assert.Equal(psnr, run.Psnr, 1e-3);
        Assert.Equal(mae, run.Mae, 1e-6);
        Assert.Equal(heldOutPsnr, run.HeldOutPsnr!.Value, 1e-3);
        Assert.Equal(heldOutMae, run.HeldOutMae!.Value, 1e-6);
        EpochRecord last = run.History[^1];
        Assert.Equal((run.Psnr, run.HeldOutPsnr, run.HeldOutMae), (last.Psnr, last.HeldOutPsnr, last.HeldOutMae));
        Assert.Equal(run.HeldOutPsnr, run.Facts().HeldOutPsnr);
        Assert.Contains("held out", run.ToString());
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_weights_and_figures()
    {
        PixelDataset picture = TestPictures.Create(90, 70).WithHoldOut(new HoldOut { Fraction = 0.4 });
        Mlp network = TestNetworks.Create(Activation.Sine, [33, 17]);
        TrainingRun one = TrainingSupport.Train(picture, network, Batches with { ThreadCount = 1 });
        foreach (int threads in (int[])[2, 3, 8])
        {
            TrainingRun many = TrainingSupport.Train(picture, network, Batches with { ThreadCount = threads });
            Assert.Equal(TrainingSupport.Weights(one.Network), TrainingSupport.Weights(many.Network));
            Assert.Equal((one.Psnr, one.Mae, one.HeldOutPsnr, one.HeldOutMae), (many.Psnr, many.Mae, many.HeldOutPsnr, many.HeldOutMae));
        }
    }

    [Fact]
    public void An_epoch_is_a_pass_over_the_training_pixels()
    {
        PixelDataset picture = TestPictures.Create(20, 20).WithHoldOut(new HoldOut { Fraction = 0.5 });
        TrainingRun run = TrainingSupport.Train(
            picture, TestNetworks.Create(Activation.Tanh, [8]), TrainingSupport.Few with { Epochs = 3, BatchSize = 50 });
        Assert.Equal(3 * 200 / 50, run.Steps);
        // Without measuring, an epoch tells nothing of what was not seen.
        Assert.All(run.History, record => Assert.Null(record.HeldOutPsnr));
        Assert.NotNull(run.HeldOutPsnr);
    }

    [Fact]
    public void Every_training_pixel_is_learned_from_once_an_epoch()
    {
        // A full batch: the loss before the step is that of the reference over exactly the training pixels.
        PixelDataset picture = TestPictures.Create(Width, Height);
        Mlp network = TestNetworks.Create(Activation.Tanh, [24]);
        TrainingRun run = TrainingSupport.Train(
            picture.WithRoles(RoleOf), network, TrainingSupport.Few with { Epochs = 1, BatchSize = 5000 });
        ReferencePixel[] pixels = ReferencePicture.Pixels(picture, network.Design.Coordinates);
        double loss = new ReferenceNetwork(network).Loss(
            [.. pixels.Where((_, pixel) => HasRole(pixel, PixelRole.Training))], LossFunction.MeanSquaredError);
        Assert.Equal(loss, Assert.Single(run.History).Loss, 1e-6);
    }

    [Fact]
    public void The_target_is_for_the_training_pixels()
    {
        // What is held out is noise, which no network can guess.
        PixelDataset picture = WithNoiseOffTraining(TestPictures.Create(Width, Height)).WithRoles(RoleOf);
        TrainingRun run = TrainingSupport.Train(picture, TestNetworks.Create(Activation.Sine, [48, 48]),
            TrainingSupport.Few with { Epochs = 400, TargetPsnr = 20, LearningRate = 0.0015 });
        Assert.Equal(StopReason.TargetPsnr, run.StopReason);
        Assert.True(run.Psnr >= 20 && run.HeldOutPsnr < 15, $"{run.Psnr}, {run.HeldOutPsnr}");
        Assert.NotNull(run.History[^1].HeldOutPsnr);
    }

    [Fact]
    public void An_ordinary_picture_has_no_held_out_figures()
    {
        TrainingRun run = TrainingSupport.Train(TestPictures.Create(8, 8), TestNetworks.Create(Activation.Tanh, [8]), Batches);
        Assert.Null(run.HeldOutPsnr);
        Assert.Null(run.HeldOutMae);
        Assert.All(run.History, record => Assert.Null(record.HeldOutPsnr));
        Assert.Null(run.Facts().HeldOutPsnr);
        Assert.DoesNotContain("held out", run.ToString());
    }

    [Fact]
    public void One_training_pixel_is_enough()
    {
        PixelDataset picture = TestPictures.Create(9, 7).WithRoles((x, y) => x == 4 && y == 3 ? PixelRole.Training : PixelRole.HeldOut);
        foreach (TrainingOptions options in (TrainingOptions[])[Batches with { Epochs = 300 }, PixelByPixel with { Epochs = 300 }])
        {
            TrainingRun run = TrainingSupport.Train(picture, TestNetworks.Create(Activation.Tanh, [8]), options);
            Assert.Equal(300, run.Steps);
            Assert.True(run.Psnr > 25 && run.HeldOutPsnr < run.Psnr, $"{run.Psnr}, {run.HeldOutPsnr}");
        }
    }

    private static PixelDataset Picture(int channels, bool deep) =>
        deep ? TestPictures.Create16(Width, Height, channels) : TestPictures.Create(Width, Height, channels);

    private static PixelDataset WithNoiseOffTraining(PixelDataset picture)
    {
        var random = new Random(5);
        int channels = picture.Channels;
        bool IsTraining(int sample) => HasRole(sample / channels, PixelRole.Training);
        return picture.BitDepth == 8
            ? new PixelDataset("noisy", Width, Height,
                [.. picture.Samples8.ToArray().Select((value, i) => IsTraining(i) ? value : (byte)random.Next(256))], channels: channels)
            : new PixelDataset("noisy", Width, Height,
                [.. picture.Samples16.ToArray().Select((value, i) => IsTraining(i) ? value : (ushort)random.Next(65536))],
                channels: channels);
    }
}
