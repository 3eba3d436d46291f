using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>Runs learn, and say truly how well.</summary>
public class LearningTests
{
    private static readonly PixelDataset Picture = TestPictures.Create(32, 24);

    [Theory]
    [InlineData(Activation.ReLU, 0.01, 27)]
    [InlineData(Activation.LeakyReLU, 0.01, 27)]
    [InlineData(Activation.Tanh, 0.02, 20)]
    [InlineData(Activation.Sigmoid, 0.05, 20)]
    [InlineData(Activation.Sine, 0.0015, 42)]
    [InlineData(Activation.Gaussian, 0.005, 30)]
    [InlineData(Activation.FINER, 0.0015, 30)]
    [InlineData(Activation.WIRE, 0.005, 30)]
    [InlineData(Activation.GELU, 0.01, 20)]
    public void Every_activation_learns_a_small_picture(Activation activation, double rate, double leastPsnr)
    {
        var network = new Mlp(TrainingDefaults.Design([48, 48], activation));
        TrainingRun run = TrainingSupport.Train(Picture, network, TrainingSupport.Few with { Epochs = 150, LearningRate = rate });
        Assert.True(run.Psnr >= leastPsnr, $"{run.Psnr:F2} dB");
        Assert.True(run.History[^1].Loss < run.History[0].Loss / 3);
    }

    [Theory]
    [InlineData(ComputeProvider.Managed, CoordinateConvention.SymmetricPixelCenter, ColorRange.Symmetric)]
    [InlineData(ComputeProvider.Managed, CoordinateConvention.RowColumnCorner, ColorRange.Unit)]
    [InlineData(ComputeProvider.Mkl, CoordinateConvention.PixelCenter, ColorRange.Symmetric)]
    public void The_final_figures_are_those_of_the_returned_network(ComputeProvider provider, CoordinateConvention convention, ColorRange colors)
    {
        if (provider == ComputeProvider.Mkl)
            Providers.Mkl(InstructionSets.Best);
        // Sigmoid, whose f(0) is not 0, would show if padding took part; sizes and batch fit nothing.
        var network = new Mlp(new MlpDesign { HiddenLayers = [21, 37], Activation = Activation.Sigmoid, Coordinates = convention, Colors = colors });
        foreach (PixelDataset picture in new[] { Picture, TestPictures.Create16(19, 23) })
        {
            TrainingRun run = TrainingSupport.Train(picture, network, TrainingSupport.Few with { Epochs = 10, LearningRate = 0.01, Provider = provider });
            (double psnr, double mae) = ReferencePicture.Measure(run.Network, picture);
            Assert.Equal(psnr, run.Psnr, 1e-3);
            Assert.Equal(mae, run.Mae, 1e-6);
        }
    }

    [Fact]
    public void Pixel_by_pixel_the_final_figures_are_those_of_the_returned_network()
    {
        TrainingRun run = TrainingSupport.Train(Picture, TestNetworks.Create(Activation.Sigmoid, [21]), TrainingOptions.MonaLisa2012 with { Epochs = 3 });
        (double psnr, double mae) = ReferencePicture.Measure(run.Network, Picture);
        Assert.Equal(psnr, run.Psnr, 1e-3);
        Assert.Equal(mae, run.Mae, 1e-6);
        Assert.Equal((run.Psnr, run.Mae), (run.History[^1].Psnr, run.History[^1].Mae));
    }

    [Fact]
    public void Measuring_each_epoch_changes_the_figures_and_not_the_weights()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [24]);
        TrainingOptions options = TrainingSupport.Few with { Epochs = 12 };
        TrainingRun running = TrainingSupport.Train(Picture, network, options);
        TrainingRun measured = TrainingSupport.Train(Picture, network, options with { MeasureEachEpoch = true });
        Assert.Equal(TrainingSupport.Weights(running.Network), TrainingSupport.Weights(measured.Network));
        Assert.Equal((running.Psnr, running.Mae), (measured.Psnr, measured.Mae));
        Assert.Equal(measured.Psnr, measured.History[^1].Psnr);
        Assert.Equal(running.History.Select(record => record.Loss), measured.History.Select(record => record.Loss));
        // What a step saw before it learned from it lags behind.
        Assert.All(running.History.Zip(measured.History), pair => Assert.True(pair.First.Psnr < pair.Second.Psnr));
        Assert.InRange(measured.History[^1].Psnr - running.History[^1].Psnr, 0, 1);
    }

    [Theory, InlineData(LossFunction.MeanSquaredError), InlineData(LossFunction.HalfSquaredError)]
    public void An_epoch_of_one_step_records_the_loss_and_figures_before_it(LossFunction loss)
    {
        Mlp network = TestNetworks.Create(Activation.Sine, [24]);
        TrainingRun run = TrainingSupport.Train(Picture, network, TrainingSupport.Few with { Epochs = 1, BatchSize = 5000, Loss = loss, LearningRate = 0.02 });
        EpochRecord record = Assert.Single(run.History);
        (double psnr, double mae) = ReferencePicture.Measure(network, Picture);
        Assert.Equal(new ReferenceNetwork(network).Loss(ReferencePicture.Pixels(Picture, network.Design.Coordinates), loss), record.Loss, 1e-5);
        Assert.Equal(psnr, record.Psnr, 1e-3);
        Assert.Equal(mae, record.Mae, 1e-5);
        Assert.Equal(0.02, record.LearningRate);
    }

    [Fact]
    public void The_input_network_is_not_changed_and_shares_nothing_with_the_result()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [24]);
        double[] before = TrainingSupport.Weights(network);
        TrainingRun run = TrainingSupport.Train(Picture, network, TrainingSupport.Few);
        Assert.Equal(before, TrainingSupport.Weights(network));
        Assert.NotSame(network, run.Network);
        Assert.NotEqual(before, TrainingSupport.Weights(run.Network));
    }

    [Theory, InlineData(1, 1), InlineData(1, 50), InlineData(50, 1), InlineData(2, 2)]
    public void Thin_pictures_are_learned_like_others(int width, int height)
    {
        foreach (CoordinateConvention convention in Enum.GetValues<CoordinateConvention>())
        {
            var network = new Mlp(new MlpDesign { HiddenLayers = [16], Activation = Activation.Tanh, Coordinates = convention });
            PixelDataset picture = TestPictures.Create(width, height);
            TrainingRun run = TrainingSupport.Train(picture, network, TrainingSupport.Few with { Epochs = 600, LearningRate = 0.01 });
            Assert.InRange(run.Psnr, 16, double.PositiveInfinity);
            Assert.Equal(ReferencePicture.Measure(run.Network, picture).Mae, run.Mae, 1e-6);
        }
    }

    [Fact]
    public void A_run_tells_how_it_was_made()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [24]);
        var records = new List<EpochRecord>();
        TrainingRun run = Trainer.Train(
            Picture, network, new TrainingOptions { Epochs = 2, Seed = 77 }, epochDone: records.Add,
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(records, run.History);
        Assert.Same(Picture, run.Dataset);
        Assert.Equal(77, run.Seed);
        Assert.Equal(LearningRates.DefaultStart(Optimizer.Adam, network.Design, TrainingOptions.DefaultBatchSize), run.Options.LearningRate);
        Assert.Equal(Environment.ProcessorCount, run.ThreadCount);
        Assert.Equal(run.ThreadCount, run.Options.ThreadCount);
        Assert.Null(run.Options.MaxTime);
        Assert.StartsWith("Managed (", run.Provider, StringComparison.Ordinal);
        Assert.True(run.Elapsed > TimeSpan.Zero && run.PixelsPerSecond > 0);
    }
}
