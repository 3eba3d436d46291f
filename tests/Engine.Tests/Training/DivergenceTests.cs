using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

public class DivergenceTests
{
    private static readonly PixelDataset Picture = TestPictures.Create(20, 15);

    private static readonly Mlp Network = TestNetworks.Create(Activation.LeakyReLU, [16, 16]);

    [Theory, InlineData(Optimizer.Adam, 1000), InlineData(Optimizer.Sgd, 1000), InlineData(Optimizer.Sgd, 30)]
    public void A_run_that_explodes_ends_at_that_step_and_says_what_to_try(Optimizer optimizer, double rate)
    {
        TrainingOptions options = TrainingSupport.Few with
        {
            Optimizer = optimizer,
            LearningRate = rate,
            Epochs = 50,
            Schedule = LearningRateSchedule.Constant,
        };
        var thrown = Assert.Throws<TrainingDivergedException>(() => TrainingSupport.Train(Picture, Network, options));
        Assert.Equal(FirstExplodedStep(options), thrown.Step);
        Assert.True(!(thrown.MeanSquaredError < 1e4));
        Assert.Equal(rate, thrown.LearningRate);
        Assert.Contains($"at step {thrown.Step}", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Try a smaller learning rate", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("or a larger batch", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_pixel_by_pixel_explodes_too()
    {
        var thrown = Assert.Throws<TrainingDivergedException>(
            () => TrainingSupport.Train(Picture, Network, TrainingOptions.MonaLisa2012 with { Epochs = 5, LearningRate = 100, ThreadCount = 2 }));
        Assert.InRange(thrown.Step, 1, 300);
    }

    [Fact]
    public void A_last_step_that_ruins_the_network_is_noticed()
    {
        TrainingOptions options = TrainingSupport.Few with { Optimizer = Optimizer.Sgd, LearningRate = 1000, Epochs = 1, BatchSize = 300 };
        Assert.Equal(1, Assert.Throws<TrainingDivergedException>(() => TrainingSupport.Train(Picture, Network, options)).Step);
    }

    [Theory, InlineData(1000, "0.001"), InlineData(2e-3, "0.0002"), InlineData(3e-5, "3E-06"), InlineData(1e-7, "1E-08")]
    public void The_rate_to_try_is_a_number_that_is_less(double rate, string proposed) =>
        Assert.Contains($"such as {proposed}, or", new TrainingDivergedException(1, 1e5, rate).Message, StringComparison.Ordinal);

    private static int FirstExplodedStep(TrainingOptions options)
    {
        const int StepsPerEpoch = 3, StepSize = 100;
        using IPixelLearner learner = BatchLearner.Create(
            TiledNetworks.CreateManaged(Network, training: true, InstructionSets.Best), Picture, options, threadCount: 1);
        for (int step = 0; ; step++)
        {
            var shuffle = new PixelShuffle(Picture.PixelCount, options.Seed, epoch: 1 + step / StepsPerEpoch);
            learner.Learn(shuffle, step % StepsPerEpoch * StepSize, StepSize, options.LearningRate!.Value, out ErrorSums sums,
                TestContext.Current.CancellationToken);
            if (!(sums.MeanSquaredError <= 1e4))
                return step + 1;
        }
    }
}
