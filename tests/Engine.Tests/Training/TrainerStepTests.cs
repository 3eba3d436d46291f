using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>Whole runs of full-batch steps against the same steps in double precision.</summary>
public class TrainerStepTests
{
    private const int Steps = 12;

    private const double Rate = 0.05, Bound = 2e-4;

    private static readonly PixelDataset Picture = TestPictures.Create(13, 11);

    [Theory]
    [InlineData(Activation.Tanh, LossFunction.MeanSquaredError, ColorRange.Symmetric)]
    [InlineData(Activation.Tanh, LossFunction.HalfSquaredError, ColorRange.Unit)]
    [InlineData(Activation.Sigmoid, LossFunction.MeanSquaredError, ColorRange.Unit)]
    [InlineData(Activation.Sine, LossFunction.HalfSquaredError, ColorRange.Symmetric)]
    [InlineData(Activation.Gaussian, LossFunction.MeanSquaredError, ColorRange.Symmetric)]
    [InlineData(Activation.FINER, LossFunction.MeanSquaredError, ColorRange.Symmetric)]
    [InlineData(Activation.WIRE, LossFunction.MeanSquaredError, ColorRange.Symmetric)]
    [InlineData(Activation.GELU, LossFunction.MeanSquaredError, ColorRange.Symmetric)]
    public void Plain_descent_moves_against_the_mean_gradient(Activation activation, LossFunction loss, ColorRange colors)
    {
        Mlp network = TestNetworks.Create(activation, [17, 9], colors: colors, omega: 3);
        var options = new TrainingOptions { Optimizer = Optimizer.Sgd, Loss = loss, Schedule = LearningRateSchedule.Constant };
        double[] expected = TrainingSupport.Descend(Picture, network, loss, Steps, (_, _, gradient, _) => -Rate * gradient);
        AssertReaches(expected, network, options);
    }

    [Fact]
    public void Momentum_and_rates_by_fan_in_work_together()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [17, 9]);
        var velocity = new double[network.ParameterCount];
        var options = new TrainingOptions
        {
            Optimizer = Optimizer.Sgd, Momentum = 0.8, ScaleRateByFanIn = true, Schedule = LearningRateSchedule.Constant,
        };
        double[] expected = TrainingSupport.Descend(Picture, network, options.Loss, Steps, (i, inputs, gradient, _) =>
        {
            velocity[i] = 0.8 * velocity[i] + gradient;
            return -Rate / Math.Sqrt(inputs + 1) * velocity[i];
        });
        AssertReaches(expected, network, options);
    }

    [Fact]
    public void Adam_and_the_cosine_schedule_work_together()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [17, 9]);
        double[] mean = new double[network.ParameterCount], variance = new double[network.ParameterCount];
        double[] expected = TrainingSupport.Descend(Picture, network, LossFunction.MeanSquaredError, Steps, (i, _, gradient, step) =>
        {
            mean[i] = 0.9 * mean[i] + 0.1 * gradient;
            variance[i] = 0.999 * variance[i] + 0.001 * gradient * gradient;
            double rate = Rate / 2 * (1 + Math.Cos(Math.PI * (step - 1) / Steps));
            return -rate * mean[i] / (1 - Math.Pow(0.9, step)) / (Math.Sqrt(variance[i] / (1 - Math.Pow(0.999, step))) + 1e-8);
        });
        AssertReaches(expected, network, new TrainingOptions());
    }

    [Fact]
    public void AdamW_decays_the_weights_by_the_rate_of_the_step()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [17, 9]);
        Func<int, double, double, int, double> adam =
            ReferenceAdam(network, step => Rate / 2 * (1 + Math.Cos(Math.PI * (step - 1) / Steps)), decay: 0.3);
        double[] expected = TrainingSupport.Descend(Picture, network, LossFunction.MeanSquaredError, Steps, (reference, gradient, step) =>
        {
            for (int i = 0; i < gradient.Length; i++)
                reference.Parameters[i] += adam(i, reference.Parameters[i], gradient[i], step);
        });
        AssertReaches(expected, network, new TrainingOptions { Optimizer = Optimizer.AdamW, WeightDecay = 0.3 });
    }

    [Fact]
    public void Nesterov_and_a_warm_up_work_together()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [17, 9]);
        var velocity = new double[network.ParameterCount];
        double[] expected = TrainingSupport.Descend(Picture, network, LossFunction.MeanSquaredError, Steps, (i, _, gradient, step) =>
        {
            velocity[i] = 0.9 * velocity[i] + gradient;
            return -Rate * Math.Min(1, (step - 1) / (0.5 * Steps)) * (gradient + 0.9 * velocity[i]);
        });
        AssertReaches(expected, network, new TrainingOptions
        {
            Optimizer = Optimizer.Nesterov, Schedule = LearningRateSchedule.Constant, WarmUp = 0.5,
        });
    }

    [Fact]
    public void RMSProp_and_the_step_schedule_work_together()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [17, 9]);
        var square = new double[network.ParameterCount];
        double[] expected = TrainingSupport.Descend(Picture, network, LossFunction.MeanSquaredError, Steps, (i, _, gradient, step) =>
        {
            square[i] = 0.99 * square[i] + 0.01 * gradient * gradient;
            double rate = Rate * (step <= Steps / 2 ? 1 : step <= Steps * 3 / 4 ? 0.1 : 0.01);
            return -rate * gradient / (Math.Sqrt(square[i]) + 1e-8);
        });
        AssertReaches(expected, network, new TrainingOptions { Optimizer = Optimizer.RMSProp, Schedule = LearningRateSchedule.Step });
    }

    [Theory, InlineData(ComputeProvider.Managed), InlineData(ComputeProvider.Mkl)]
    public void Muon_moves_the_hidden_matrices_and_AdamW_the_rest(ComputeProvider provider)
    {
        if (provider == ComputeProvider.Mkl)
            Providers.Mkl(InstructionSets.Best);
        Mlp network = TestNetworks.Create(Activation.Tanh, [17, 9, 33]);
        const double MuonRate = Rate / 5;
        Func<int, double, double, int, double> adam = ReferenceAdam(network, _ => MuonRate, 0.1);
        var velocity = new double[network.ParameterCount];
        double[] expected = TrainingSupport.Descend(Picture, network, LossFunction.MeanSquaredError, Steps, (reference, gradient, step) =>
        {
            for (int layer = 0; layer < reference.LayerCount; layer++)
            {
                (int start, int length) = reference.RangeOf(layer).GetOffsetAndLength(gradient.Length);
                int inputs = reference.InputsOf(layer), outputs = length / (inputs + 1);
                bool isHidden = layer > 0 && layer < reference.LayerCount - 1;
                var look = new double[length];
                for (int i = 0; i < length; i++)
                {
                    velocity[start + i] = 0.95 * velocity[start + i] + 0.05 * gradient[start + i];
                    look[i] = 0.05 * gradient[start + i] + 0.95 * velocity[start + i];
                }
                double[,] update = ReferenceMuon.Orthogonalize(ReferenceMuon.WeightsOf(look, outputs, inputs));
                for (int i = 0; i < length; i++)
                {
                    ref double value = ref reference.Parameters[start + i];
                    int output = i / (inputs + 1), input = i % (inputs + 1);
                    value += isHidden && input < inputs
                        ? -MuonRate * (0.2 * Math.Sqrt(Math.Max(inputs, outputs)) * update[output, input] + 0.1 * value)
                        : adam(start + i, value, gradient[start + i], step);
                }
            }
        });
        // The iteration multiplies rounding errors by nearly 500.
        AssertReaches(expected, network, new TrainingOptions
        {
            Optimizer = Optimizer.Muon, WeightDecay = 0.1, LearningRate = MuonRate, Schedule = LearningRateSchedule.Constant,
            Provider = provider,
        }, bound: 2e-3);
    }

    [Theory]
    [InlineData(LossFunction.MeanSquaredError)]
    [InlineData(LossFunction.HalfSquaredError)]
    [InlineData(LossFunction.L1)]
    [InlineData(LossFunction.Huber)]
    public void A_run_descends_its_own_loss_and_tells_it(LossFunction loss)
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [17, 9]);
        var losses = new List<double>();
        ReferencePixel[] pixels = ReferencePicture.Pixels(Picture, network.Design.Coordinates);
        double[] expected = TrainingSupport.Descend(Picture, network, loss, Steps, (reference, gradient, _) =>
        {
            losses.Add(reference.Loss(pixels, loss));
            for (int i = 0; i < gradient.Length; i++)
                reference.Parameters[i] -= Rate * gradient[i];
        });
        TrainingRun run = AssertReaches(expected, network, new TrainingOptions
        {
            Optimizer = Optimizer.Sgd, Loss = loss, Schedule = LearningRateSchedule.Constant,
        });
        Assert.InRange(Closeness.LargestDifference([.. run.History.Select(epoch => epoch.Loss)], [.. losses]), 0, 1e-5);
    }

    [Fact]
    public void Huber_takes_another_delta()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [17, 9]);
        ReferencePixel[] pixels = ReferencePicture.Pixels(Picture, network.Design.Coordinates);
        var reference = new ReferenceNetwork(network);
        double loss = reference.Loss(pixels, LossFunction.Huber, huberDelta: 0.5);
        Assert.NotEqual(reference.Loss(pixels, LossFunction.Huber), loss, 1e-3);
        TrainingRun run = TrainingSupport.Train(Picture, network, TrainingSupport.Few with
        {
            Loss = LossFunction.Huber,
            HuberDelta = 0.5,
            Epochs = 1,
            BatchSize = 1000,
        });
        Assert.Equal(loss, run.History[0].Loss, 1e-6);
    }

    [Theory, InlineData(Optimizer.Sgd), InlineData(Optimizer.Muon)]
    public void A_gradient_that_is_too_long_is_shortened(Optimizer optimizer)
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [17, 9]);
        double[] lengths = Lengths(network);
        // Some of the steps are above the limit and some below.
        double limit = lengths.Order().ElementAt(Steps / 2);
        if (optimizer == Optimizer.Muon)
        {
            AssertClippingMatters(network, optimizer, limit / 4, limit * 1e6);
            return;
        }
        var options = new TrainingOptions { Optimizer = Optimizer.Sgd, GradientClip = limit, Schedule = LearningRateSchedule.Constant };
        int clipped = 0;
        double[] expected = TrainingSupport.Descend(Picture, network, options.Loss, Steps, (reference, gradient, _) =>
        {
            double length = Math.Sqrt(gradient.Sum(value => value * value)), factor = Math.Min(1, limit / length);
            clipped += factor < 1 ? 1 : 0;
            for (int i = 0; i < gradient.Length; i++)
                reference.Parameters[i] -= Rate * factor * gradient[i];
        });
        Assert.InRange(clipped, 1, Steps - 1);
        AssertReaches(expected, network, options);
        AssertClippingMatters(network, optimizer, limit / 4, limit * 1e6);
    }

    [Fact]
    public void The_average_of_the_weights_is_returned_while_training_goes_on_from_the_weights()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [17, 9]);
        var average = new double[network.ParameterCount];
        TrainingSupport.Descend(Picture, network, LossFunction.MeanSquaredError, Steps, (reference, gradient, step) =>
        {
            double share = Math.Max(1 - 0.4, 10.0 / (step + 9));
            for (int i = 0; i < gradient.Length; i++)
            {
                reference.Parameters[i] -= Rate * gradient[i];
                average[i] = (1 - share) * average[i] + share * reference.Parameters[i];
            }
        });
        AssertReaches(average, network, new TrainingOptions
        {
            Optimizer = Optimizer.Sgd, AverageDecay = 0.4, Schedule = LearningRateSchedule.Constant,
        });
    }

    private static double[] Lengths(Mlp network)
    {
        var lengths = new List<double>();
        TrainingSupport.Descend(Picture, network, LossFunction.MeanSquaredError, Steps, (reference, gradient, _) =>
        {
            lengths.Add(Math.Sqrt(gradient.Sum(value => value * value)));
            for (int i = 0; i < gradient.Length; i++)
                reference.Parameters[i] -= Rate * gradient[i];
        });
        return [.. lengths];
    }

    /// <summary>A limit that no gradient reaches changes not one bit; a low one does.</summary>
    private static void AssertClippingMatters(Mlp network, Optimizer optimizer, double low, double high)
    {
        TrainingOptions options = TrainingSupport.Few with { Optimizer = optimizer, LearningRate = Rate / 5 };
        double[] Weights(double? limit) =>
            TrainingSupport.Weights(TrainingSupport.Train(Picture, network, options with { GradientClip = limit }).Network);
        double[] free = Weights(null);
        Assert.Equal(free, Weights(high));
        Assert.NotEqual(free, Weights(low));
    }

    /// <summary>AdamW's change of a parameter, from its number, value, gradient and the step.</summary>
    private static Func<int, double, double, int, double> ReferenceAdam(Mlp network, Func<int, double> rateAt, double decay)
    {
        double[] mean = new double[network.ParameterCount], variance = new double[network.ParameterCount];
        return (i, value, gradient, step) =>
        {
            mean[i] = 0.9 * mean[i] + 0.1 * gradient;
            variance[i] = 0.999 * variance[i] + 0.001 * gradient * gradient;
            double root = Math.Sqrt(variance[i] / (1 - Math.Pow(0.999, step))) + 1e-8;
            return -rateAt(step) * (mean[i] / (1 - Math.Pow(0.9, step)) / root + decay * value);
        };
    }

    private static TrainingRun AssertReaches(double[] expected, Mlp network, TrainingOptions options, double bound = Bound)
    {
        TrainingRun run = TrainingSupport.Train(
            Picture, network, options with { Epochs = Steps, LearningRate = options.LearningRate ?? Rate, ThreadCount = 2 });
        Assert.Equal(Steps, run.Steps);
        double[] before = TrainingSupport.Weights(network), after = TrainingSupport.Weights(run.Network);
        double[] moves = [.. after.Zip(before, (a, b) => a - b)], expectedMoves = [.. expected.Zip(before, (a, b) => a - b)];
        double difference = Closeness.LargestDifference(moves, expectedMoves);
        Assert.True(difference <= bound, $"The weights moved wrong by {difference:G3} of the largest move.");
        return run;
    }
}
