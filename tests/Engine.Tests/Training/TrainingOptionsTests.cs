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
        { "Momentum must be at least 0 and below 1, not 1.", new() { Momentum = 1 } },
        { "Momentum must be at least 0 and below 1, not -0.1.", new() { Momentum = -0.1 } },
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

    [Fact]
    public void Where_no_limit_is_asked_for_there_is_a_time_limit()
    {
        TrainingRun run = TrainingSupport.Train(
            TestPictures.Create(8, 8), TestNetworks.Create(Activation.Tanh, [4]), new TrainingOptions { TargetPsnr = 1, ThreadCount = 1 });
        Assert.Equal(TrainingOptions.DefaultMaxTime, run.Options.MaxTime);
        Assert.Equal(StopReason.TargetPsnr, run.StopReason);
    }
}
