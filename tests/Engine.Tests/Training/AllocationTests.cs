using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>Learning allocates nothing in its loop, on any thread.</summary>
[Collection(AloneCollection.Name)]
public class AllocationTests
{
    private const int Steps = 1000, Tries = 5;

    /// <summary>
    /// What the runtime itself may allocate meanwhile, more where a busy machine makes the steps take long; the smallest object in each
    /// step would be six times as much.
    /// </summary>
    private const long Allowed = 4 * Steps;

    private static readonly PixelDataset Picture = TestPictures.Create(64, 64);

    [Theory, InlineData(Optimizer.Adam, Activation.Sine, 512), InlineData(Optimizer.Sgd, Activation.ReLU, 100), InlineData(Optimizer.Adam, Activation.WIRE, 100)]
    public void A_step_of_a_batch_allocates_nothing(Optimizer optimizer, Activation activation, int batchSize)
    {
        Mlp network = TestNetworks.Create(activation, [40, 33]);
        var options = new TrainingOptions { Optimizer = optimizer, BatchSize = batchSize };
        using IPixelLearner learner = BatchLearner.Create(Providers.Managed(InstructionSets.Best)(network), Picture, options, threadCount: 3);
        AssertAllocatesNothing(learner, batchSize);
    }

    [Theory, InlineData(Optimizer.Muon), InlineData(Optimizer.RMSProp), InlineData(Optimizer.Nesterov), InlineData(Optimizer.AdamW)]
    public void A_step_with_clipping_and_averaging_allocates_nothing(Optimizer optimizer)
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [40, 33, 70]);
        var options = new TrainingOptions
        {
            Optimizer = optimizer, BatchSize = 200, GradientClip = 1e-3, AverageDecay = 0.99, Loss = LossFunction.Huber,
        };
        using IPixelLearner learner = BatchLearner.Create(Providers.Managed(InstructionSets.Best)(network), Picture, options, threadCount: 3);
        AssertAllocatesNothing(learner, 200);
    }

    [Fact]
    public void A_step_with_a_grid_allocates_nothing()
    {
        Mlp network = TestNetworks.Create(GridEncoding.For(64, 64, 6, 4, 64, 1000), Activation.ReLU, [33]);
        using IPixelLearner learner = BatchLearner.Create(Providers.Managed(InstructionSets.Best)(network), Picture, new TrainingOptions { BatchSize = 512 }, threadCount: 3);
        AssertAllocatesNothing(learner, 512);
    }

    [Fact]
    public void A_step_with_pixels_drawn_by_their_errors_allocates_nothing()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [40, 33]);
        var options = new TrainingOptions { BatchSize = 512, Sampling = PixelSampling.ErrorWeighted };
        using IPixelLearner learner = BatchLearner.Create(Providers.Managed(InstructionSets.Best)(network), Picture, options, threadCount: 3);
        learner.BeginEpoch(2);
        AssertAllocatesNothing(learner, 512);
    }

    [Fact]
    public void A_step_with_MKL_allocates_nothing()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [40, 33]);
        using IPixelLearner learner = BatchLearner.Create(Providers.Mkl(InstructionSets.Best)(network), Picture, new TrainingOptions { BatchSize = 100 }, threadCount: 2);
        AssertAllocatesNothing(learner, 100);
    }

    [Fact]
    public void A_pixel_allocates_nothing()
    {
        Mlp network = TestNetworks.Create(Activation.LeakyReLU, [40, 33]);
        using IPixelLearner learner = OnlineLearner.Create(Picture, network, TrainingOptions.MonaLisa2012, InstructionSets.Best);
        AssertAllocatesNothing(learner, 8);
    }

    private static void AssertAllocatesNothing(IPixelLearner learner, int count)
    {
        var shuffle = new PixelShuffle(Picture.PixelCount, seed: 1, epoch: 1);
        // The first steps compile the code and start the threads.
        Learn(learner, shuffle, count, 50);
        // The count is the whole process's, and now and then the test runner allocates too; a step that did would in every try.
        long allocated = long.MaxValue;
        for (int attempt = 0; attempt < Tries && allocated > Allowed; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Learn(learner, shuffle, count, Steps);
            allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        }
        Assert.InRange(allocated, 0, Allowed);
    }

    private static void Learn(IPixelLearner learner, PixelShuffle shuffle, int count, int steps)
    {
        for (int step = 0; step < steps; step++)
            learner.Learn(shuffle, step * 7, count, 1e-4, out _, CancellationToken.None);
    }
}
