using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>The average of the weights: its formula, and that it changes what is measured and returned and nothing else.</summary>
[Trait("Runs", "AtEveryWidth")]
public class WeightAverageTests
{
    private static readonly PixelDataset Picture = TestPictures.Create(32, 24);

    public static TheoryData<string> InstructionSets => InstructionSetSupport.Names;

    [Theory, MemberData(nameof(InstructionSets))]
    public void Slices_follow_the_formula(string width)
    {
        InstructionSet instructionSet = InstructionSetSupport.Require(width);
        KernelDispatch.Create(instructionSet, Activation.Tanh, new SliceCheck(instructionSet));
    }

    [Fact]
    public void The_run_itself_goes_as_without_it()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [24, 24]);
        TrainingOptions options = TrainingSupport.Few with { Epochs = 10, LearningRate = 0.01 };
        TrainingRun plain = TrainingSupport.Train(Picture, network, options);
        TrainingRun averaged = TrainingSupport.Train(Picture, network, options with { AverageDecay = 0.9 });
        Assert.Equal(plain.History.Select(epoch => epoch.Loss), averaged.History.Select(epoch => epoch.Loss));
        Assert.NotEqual(TrainingSupport.Weights(plain.Network), TrainingSupport.Weights(averaged.Network));
        // Measuring in between exchanges the weights and must leave them as they were.
        TrainingRun measured = TrainingSupport.Train(Picture, network, options with { AverageDecay = 0.9, MeasureEachEpoch = true });
        Assert.Equal(TrainingSupport.Weights(averaged.Network), TrainingSupport.Weights(measured.Network));
    }

    [Fact]
    public void Weights_that_could_not_be_saved_are_saved_the_next_time()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [24]), saved = network.Clone(), again = network.Clone();
        TrainingOptions options = TrainingSupport.Few with { LearningRate = 0.01, AverageDecay = 0.9 };
        using IPixelLearner learner = PixelLearner.Create(Picture, network, options.WithDefaults(network.Design));
        learner.Learn(new PixelShuffle(Picture.PixelCount, options.Seed, epoch: 1), 0, 100, 0.01, out _, TestContext.Current.CancellationToken);
        learner.Save(saved);
        Assert.ThrowsAny<Exception>(() => learner.Save(TestNetworks.Create(Activation.Tanh, [3])));
        learner.Save(again);
        Assert.Equal(TrainingSupport.Weights(saved), TrainingSupport.Weights(again));
    }

    [Fact]
    public void The_figures_are_those_of_the_average()
    {
        TrainingRun run = TrainingSupport.Train(
            Picture, TestNetworks.Create(Activation.Tanh, [24]),
            TrainingSupport.Few with { Epochs = 6, LearningRate = 0.01, AverageDecay = 0.95, MeasureEachEpoch = true });
        (double psnr, double mae) = ReferencePicture.Measure(run.Network, Picture);
        Assert.Equal(psnr, run.Psnr, 1e-3);
        Assert.Equal(mae, run.Mae, 1e-6);
        Assert.Equal((run.Psnr, run.Mae), (run.History[^1].Psnr, run.History[^1].Mae));
    }

    [Fact]
    public void A_short_run_is_not_held_back_by_the_weights_it_started_from()
    {
        Mlp network = new(TrainingDefaults.Design([48, 48], Activation.ReLU));
        TrainingOptions options = TrainingSupport.Few with { Epochs = 40, LearningRate = 0.01 };
        double plain = TrainingSupport.Train(Picture, network, options).Psnr;
        double averaged = TrainingSupport.Train(Picture, network, options with { AverageDecay = 0.9999 }).Psnr;
        Assert.True(averaged > plain - 1.5, $"{averaged:F2} dB with the average, {plain:F2} dB without.");
    }

    [Fact]
    public void A_target_is_noticed_though_only_the_average_reaches_it()
    {
        Mlp network = new(TrainingDefaults.Design([48, 48], Activation.ReLU));
        // So high a rate keeps the weights themselves far from where their average comes.
        TrainingOptions options = TrainingSupport.Few with
        {
            Epochs = 400,
            LearningRate = 0.02,
            Schedule = LearningRateSchedule.Constant,
            AverageDecay = 0.98,
            TargetPsnr = 22,
        };
        TrainingRun run = TrainingSupport.Train(Picture, network, options);
        Assert.Equal(StopReason.TargetPsnr, run.StopReason);
        Assert.True(run.Psnr >= 22, $"{run.Psnr:F2} dB");
    }

    private sealed class SliceCheck(InstructionSet instructionSet) : IKernelFactory<bool>
    {
        bool IKernelFactory<bool>.Create<TVector, TOps, TActivation>()
        {
            var network = Providers.Managed(instructionSet)(TestNetworks.Create(Activation.Tanh, [20, 33]));
            var average = new WeightAverage<TVector, TOps>(0.8, network);
            double[] expected = new double[network.Parameters.Length];
            for (int step = 1; step <= 60; step++)
            {
                double share = Math.Max(0.2, 10.0 / (step + 9));
                for (int i = 0; i < expected.Length; i++)
                {
                    network.Parameters.Span[i] = MathF.Sin(i + step);
                    expected[i] += share * (network.Parameters.Span[i] - expected[i]);
                }
                foreach (var slice in network.Slices)
                    average.Add(slice, step);
            }
            float[] weights = network.Parameters.Span.ToArray();
            average.Exchange();
            double[] averaged = [.. network.Parameters.Span.ToArray().Select(value => (double)value)];
            Assert.InRange(Closeness.LargestDifference(averaged, expected), 0, 1e-5);
            average.Exchange();
            Assert.Equal(weights, network.Parameters.Span.ToArray());
            return true;
        }
    }
}
