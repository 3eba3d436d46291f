using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>The same seed gives the same bits, however many threads there are; alone, for other runs would take threads from these.</summary>
[Collection(AloneCollection.Name)]
[Trait("Runs", "AtEveryWidth")]
public class DeterminismTests
{
    private static readonly int[] ThreadCounts = [2, 3, 8];

    /// <summary>37 x 29 pixels: no batch and no tile divides them.</summary>
    private static readonly PixelDataset Picture = TestPictures.Create(37, 29);

    [Theory]
    [InlineData(Optimizer.Adam, 64, Activation.Sine)]
    [InlineData(Optimizer.Adam, 100, Activation.ReLU)]
    [InlineData(Optimizer.Adam, 1000, Activation.Sigmoid)]
    [InlineData(Optimizer.Adam, 5000, Activation.Tanh)]
    [InlineData(Optimizer.Adam, 100, Activation.Gaussian)]
    [InlineData(Optimizer.Adam, 1000, Activation.FINER)]
    [InlineData(Optimizer.Adam, 64, Activation.WIRE)]
    [InlineData(Optimizer.Adam, 1000, Activation.GELU)]
    [InlineData(Optimizer.Sgd, 37, Activation.Tanh)]
    [InlineData(Optimizer.Sgd, 5000, Activation.LeakyReLU)]
    public void Any_number_of_threads_gives_the_same_weights_and_figures(Optimizer optimizer, int batchSize, Activation activation)
    {
        var options = new TrainingOptions { Epochs = 2, BatchSize = batchSize, Optimizer = optimizer, MeasureEachEpoch = true };
        if (optimizer == Optimizer.Sgd)
            options = options with { Momentum = 0.9 };
        AssertSameForAllThreadCounts(options, TestNetworks.Create(activation, [33, 17, 40]));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_weights_by_every_optimizer_with_clipping_and_averaging()
    {
        foreach (Optimizer optimizer in Enum.GetValues<Optimizer>())
            AssertSameForAllThreadCounts(
                new TrainingOptions
                {
                    Epochs = 2, BatchSize = 300, Optimizer = optimizer, LearningRate = 1e-3,
                    GradientClip = 0.05, AverageDecay = 0.9, WarmUp = 0.1, MeasureEachEpoch = true,
                },
                TestNetworks.Create(Activation.Tanh, [33, 80, 40]));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_weights_with_Muon_and_MKL()
    {
        Providers.Mkl(InstructionSets.Best);
        var options = new TrainingOptions { Epochs = 2, BatchSize = 300, Optimizer = Optimizer.Muon, Provider = ComputeProvider.Mkl };
        AssertSameForAllThreadCounts(options, TestNetworks.Create(Activation.Sine, [33, 80, 40]));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_weights_with_pixels_drawn_by_their_errors()
    {
        var options = new TrainingOptions { Epochs = 4, BatchSize = 300, Sampling = PixelSampling.ErrorWeighted };
        AssertSameForAllThreadCounts(options, TestNetworks.Create(Activation.Sine, [33, 17, 40]));
        AssertSameForAllThreadCounts(options, TestNetworks.Create(GridEncoding.For(37, 29, 4, 4, 32, 300), Activation.ReLU, [33]));
        AssertSameForAllThreadCounts(options with { Optimizer = Optimizer.Muon, GradientClip = 0.05, AverageDecay = 0.9 },
            TestNetworks.Create(Activation.Tanh, [33, 80, 40]));
    }

    [Theory, InlineData(LossFunction.L1), InlineData(LossFunction.Huber)]
    public void Any_number_of_threads_gives_the_same_weights_by_other_losses(LossFunction loss)
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [33, 17]);
        AssertSameForAllThreadCounts(new TrainingOptions { Epochs = 2, BatchSize = 300, Loss = loss }, network);
        AssertSameForAllThreadCounts(TrainingOptions.MonaLisa2012 with { Epochs = 1, Loss = loss }, network);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_weights_pixel_by_pixel() =>
        AssertSameForAllThreadCounts(TrainingOptions.MonaLisa2012 with { Epochs = 2 }, TestNetworks.Create(Activation.LeakyReLU, [20, 20]));

    [Fact]
    public void Any_number_of_threads_gives_the_same_weights_with_Adam_and_one_pixel_a_step() =>
        AssertSameForAllThreadCounts(new TrainingOptions { Epochs = 1, BatchSize = 1 }, TestNetworks.Create(Activation.Sine, [20]));

    [Fact]
    public void Any_number_of_threads_gives_the_same_weights_with_MKL()
    {
        Providers.Mkl(InstructionSets.Best);
        var options = new TrainingOptions { Epochs = 2, BatchSize = 300, Provider = ComputeProvider.Mkl };
        AssertSameForAllThreadCounts(options, TestNetworks.Create(Activation.Sine, [33, 17, 40]));
    }

    [Fact]
    public void Another_seed_gives_another_order_and_so_other_weights()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [16]);
        TrainingOptions options = TrainingSupport.Few;
        double[] weights = TrainingSupport.Weights(TrainingSupport.Train(Picture, network, options).Network);
        double[] same = TrainingSupport.Weights(TrainingSupport.Train(Picture, network, options with { Seed = options.Seed }).Network);
        double[] other = TrainingSupport.Weights(TrainingSupport.Train(Picture, network, options with { Seed = options.Seed + 1 }).Network);
        Assert.Equal(weights, same);
        Assert.NotEqual(weights, other);
    }

    private static void AssertSameForAllThreadCounts(TrainingOptions options, Mlp network)
    {
        TrainingRun one = TrainingSupport.Train(Picture, network, options with { ThreadCount = 1 });
        foreach (int threads in ThreadCounts)
        {
            TrainingRun many = TrainingSupport.Train(Picture, network, options with { ThreadCount = threads });
            Assert.Equal(TrainingSupport.Weights(one.Network), TrainingSupport.Weights(many.Network));
            Assert.Equal((one.Psnr, one.Mae, one.Steps), (many.Psnr, many.Mae, many.Steps));
            Assert.Equal(one.History.Select(record => (record.Loss, record.Psnr, record.Mae)), many.History.Select(record => (record.Loss, record.Psnr, record.Mae)));
        }
    }
}
