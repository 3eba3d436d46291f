namespace MonaLisa.Engine.Tests;

/// <summary>Training on pixels drawn by their errors.</summary>
[Trait("Runs", "AtEveryWidth")]
public class ErrorWeightedTrainingTests
{
    private static readonly PixelDataset Picture = TestPictures.Create(64, 48);

    private static readonly TrainingOptions Weighted = TrainingSupport.Few with
    {
        Epochs = 30,
        BatchSize = 128,
        Sampling = PixelSampling.ErrorWeighted,
    };

    [Fact]
    public void A_grid_learns_more_than_from_each_pixel_once()
    {
        Mlp network = TestNetworks.Create(GridEncoding.For(64, 48, 4, 4, 32, 500), Activation.ReLU, [32]);
        double uniform = TrainingSupport.Train(Picture, network, Weighted with { Sampling = PixelSampling.Uniform }).Psnr;
        double weighted = TrainingSupport.Train(Picture, network, Weighted).Psnr;
        Assert.True(weighted > uniform + 0.3, $"{weighted:F2} dB, and {uniform:F2} dB without.");
    }

    [Fact]
    public void The_figures_of_an_epoch_are_about_those_of_all_pixels()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [24]);
        // At this rate the weights hardly move, so that all that differs is what was drawn.
        TrainingOptions options = Weighted with { Epochs = 12, Optimizer = Optimizer.Sgd, LearningRate = 1e-7, Schedule = LearningRateSchedule.Constant };
        TrainingRun run = TrainingSupport.Train(Picture, network, options);
        double psnr = run.History.Skip(1).Average(epoch => epoch.Psnr), mae = run.History.Skip(1).Average(epoch => epoch.Mae);
        double loss = run.History.Skip(1).Average(epoch => epoch.Loss);
        Assert.Equal(run.Psnr, psnr, 0.03);
        Assert.Equal(1, mae / run.Mae, 0.01);
        Assert.Equal(1, loss / run.History[0].Loss, 0.01);
    }

    [Theory, InlineData(1), InlineData(100)]
    public void A_batch_of_any_size_is_drawn(int batchSize)
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [24]);
        TrainingOptions options = Weighted with { Epochs = 3, BatchSize = batchSize, Optimizer = Optimizer.Sgd, LearningRate = 0.01 };
        TrainingRun weighted = TrainingSupport.Train(Picture, network, options);
        TrainingRun uniform = TrainingSupport.Train(Picture, network, options with { Sampling = PixelSampling.Uniform });
        Assert.Equal(uniform.Steps, weighted.Steps);
        Assert.NotEqual(TrainingSupport.Weights(uniform.Network), TrainingSupport.Weights(weighted.Network));
    }
}
