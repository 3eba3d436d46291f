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

    private static void AssertReaches(double[] expected, Mlp network, TrainingOptions options)
    {
        TrainingRun run = TrainingSupport.Train(Picture, network, options with { Epochs = Steps, LearningRate = Rate, ThreadCount = 2 });
        Assert.Equal(Steps, run.Steps);
        double[] before = TrainingSupport.Weights(network), after = TrainingSupport.Weights(run.Network);
        double[] moves = [.. after.Zip(before, (a, b) => a - b)], expectedMoves = [.. expected.Zip(before, (a, b) => a - b)];
        double difference = Closeness.LargestDifference(moves, expectedMoves);
        Assert.True(difference <= Bound, $"The weights moved wrong by {difference:G3} of the largest move.");
    }
}
