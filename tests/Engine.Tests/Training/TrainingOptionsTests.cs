namespace MonaLisa.Engine.Tests;

public class TrainingOptionsTests
{
    public static TheoryData<string, TrainingOptions> OutOfRange => new()
    {
        { "Epoch must be at least 1, not 0.", new() { Epochs = 0 } },
        { "MaxTime must be above zero, not 00:00:00.", new() { MaxTime = TimeSpan.Zero } },
        { "MaxTime must be above zero, not -00:00:01.", new() { MaxTime = TimeSpan.FromSeconds(-1) } },
        { "TargetPsnr must be above 0 dB and at most 200 dB, not 0.", new() { TargetPsnr = 0 } },
        { "TargetPsnr must be above 0 dB and at most 200 dB, not NaN.", new() { TargetPsnr = double.NaN } },
        { "TargetPsnr must be above 0 dB and at most 200 dB, not 201.", new() { TargetPsnr = 201 } },
        { "BatchSize must be 1 to 4194304 pixels, not 0.", new() { BatchSize = 0 } },
        { "BatchSize must be 1 to 4194304 pixels, not 4194305.", new() { BatchSize = TrainingOptions.MaxBatchSize + 1 } },
        { "LearningRate must be above 0 and at most 1000, not 0.", new() { LearningRate = 0 } },
        { "LearningRate must be above 0 and at most 1000, not NaN.", new() { LearningRate = double.NaN } },
        { "LearningRate must be above 0 and at most 1000, not 1001.", new() { LearningRate = 1001 } },
        { "Momentum must be at least 0 and below 1, not 1.", new() { Optimizer = Optimizer.Sgd, Momentum = 1 } },
        { "Momentum must be at least 0 and below 1, not -0.1.", new() { Optimizer = Optimizer.Sgd, Momentum = -0.1 } },
        { "WarmUp must be a share of the run, 0 to 1, not 1.1.", new() { WarmUp = 1.1 } },
        { "WarmUp must be a share of the run, 0 to 1, not NaN.", new() { WarmUp = double.NaN } },
        { "GradientClip must be a number above 0, not 0.", new() { GradientClip = 0 } },
        { "GradientClip must be a number above 0, not NaN.", new() { GradientClip = double.NaN } },
        { "GradientClip must be a number above 0, not Infinity.", new() { GradientClip = double.PositiveInfinity } },
        { "AverageDecay must be at least 0 and below 1, not 1.", new() { AverageDecay = 1 } },
        { "HuberDelta must be 0.000001 to 1000, not 0.", new() { Loss = LossFunction.Huber, HuberDelta = 0 } },
        { "Beta1 must be 0 to 0.999999, not 1.", new() { Beta1 = 1 } },
        { "Beta2 must be 0 to 0.999999, not NaN.", new() { Beta2 = double.NaN } },
        { "Epsilon must be 1e-30 to 1, not 0.", new() { Epsilon = 0 } },
        { "WeightDecay must be 0 to 1, not -0.1.", new() { WeightDecay = -0.1 } },
        {
            "Momentum is for Sgd, Nesterov, RMSProp, Muon; the optimizer is Adam. Leave Momentum out, or choose another.",
            new() { Momentum = 0.9 }
        },
        {
            "Beta1 is for Adam, AdamW, Muon; the optimizer is RMSProp. Leave Beta1 out, or choose another.",
            new() { Optimizer = Optimizer.RMSProp, Beta1 = 0.9 }
        },
        {
            "Beta2 is for Adam, AdamW, RMSProp, Muon; the optimizer is Sgd. Leave Beta2 out, or choose another.",
            new() { Optimizer = Optimizer.Sgd, Beta2 = 0.9 }
        },
        {
            "HuberDelta is for the Huber loss; the loss is L1. Leave HuberDelta out, or choose another.",
            new() { Loss = LossFunction.L1, HuberDelta = 1 }
        },
        { "LossFunction must be one of MeanSquaredError, HalfSquaredError, L1, Huber, not 9.", new() { Loss = (LossFunction)9 } },
        { "ThreadCount must be 1 to 1024, not 0.", new() { ThreadCount = 0 } },
        { "ThreadCount must be 1 to 1024, not 1025.", new() { ThreadCount = 1025 } },
    };

    [Theory, MemberData(nameof(OutOfRange))]
    public void A_value_out_of_its_range_is_named_with_the_range(string message, TrainingOptions options)
    {
        Assert.Equal(message, Assert.Throws<ArgumentException>(options.Validate).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(
            () => TrainingSupport.Train(TestPictures.Create(2, 2), TestNetworks.Create(Activation.Tanh, [2]), options)).Message);
    }

    [Fact]
    public void The_defaults_and_the_ends_of_the_ranges_are_valid()
    {
        new TrainingOptions().Validate();
        TrainingOptions.MonaLisa2012.Validate();
        new TrainingOptions
        {
            Epochs = 1, MaxTime = TimeSpan.FromTicks(1), TargetPsnr = 200, BatchSize = TrainingOptions.MaxBatchSize, LearningRate = 1000, ThreadCount = 1024,
        }.Validate();
    }

    [Theory]
    [InlineData(Optimizer.Adam, 0.9, 0.999, 1e-8, null, 0.0)]
    [InlineData(Optimizer.AdamW, 0.9, 0.999, 1e-8, null, 0.01)]
    [InlineData(Optimizer.Sgd, null, null, null, 0.0, 0.0)]
    [InlineData(Optimizer.Nesterov, null, null, null, 0.9, 0.0)]
    [InlineData(Optimizer.RMSProp, null, 0.99, 1e-8, 0.0, 0.0)]
    [InlineData(Optimizer.Muon, 0.9, 0.999, 1e-8, 0.95, 0.0)]
    public void A_run_tells_what_its_optimizer_took_and_its_options_are_valid_again(
        Optimizer optimizer, double? beta1, double? beta2, double? epsilon, double? momentum, double? weightDecay)
    {
        TrainingOptions used = TrainingSupport.Train(
            TestPictures.Create(8, 8), TestNetworks.Create(Activation.Tanh, [4, 4]),
            TrainingSupport.Few with { Optimizer = optimizer }).Options;
        Assert.Equal(
            (beta1, beta2, epsilon, momentum, weightDecay),
            (used.Beta1, used.Beta2, used.Epsilon, used.Momentum, used.WeightDecay));
        used.Validate();
    }

    [Fact]
    public void Where_no_limit_is_asked_for_there_is_a_time_limit()
    {
        TrainingRun run = TrainingSupport.Train(
            TestPictures.Create(8, 8), TestNetworks.Create(Activation.Tanh, [4]), new TrainingOptions { TargetPsnr = 1, ThreadCount = 1 });
        Assert.Equal(TrainingOptions.DefaultMaxTime, run.Options.MaxTime);
        Assert.Equal(StopReason.TargetPsnr, run.StopReason);
    }
}
