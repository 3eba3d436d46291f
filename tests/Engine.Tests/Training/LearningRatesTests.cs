namespace MonaLisa.Engine.Tests;

public class LearningRatesTests
{
    [Theory]
    [InlineData(LearningRateSchedule.Constant, 0, 0.5)]
    [InlineData(LearningRateSchedule.Constant, 1, 0.5)]
    [InlineData(LearningRateSchedule.Cosine, 0, 0.5)]
    [InlineData(LearningRateSchedule.Cosine, 1 / 3.0, 0.375)]
    [InlineData(LearningRateSchedule.Cosine, 0.5, 0.25)]
    [InlineData(LearningRateSchedule.Cosine, 1, 0)]
    [InlineData(LearningRateSchedule.Exponential, 0, 0.5)]
    [InlineData(LearningRateSchedule.Exponential, 0.5, 0.15811388300841897)]
    [InlineData(LearningRateSchedule.Exponential, 1, 0.05)]
    [InlineData(LearningRateSchedule.Step, 0, 0.5)]
    [InlineData(LearningRateSchedule.Step, 0.4999, 0.5)]
    [InlineData(LearningRateSchedule.Step, 0.5, 0.05)]
    [InlineData(LearningRateSchedule.Step, 0.7499, 0.05)]
    [InlineData(LearningRateSchedule.Step, 0.75, 0.005)]
    [InlineData(LearningRateSchedule.Step, 1, 0.005)]
    [InlineData(LearningRateSchedule.OneCycle, 0, 0.02)]
    [InlineData(LearningRateSchedule.OneCycle, 0.15, 0.26)]
    [InlineData(LearningRateSchedule.OneCycle, 0.3, 0.5)]
    [InlineData(LearningRateSchedule.OneCycle, 0.65, 0.25)]
    [InlineData(LearningRateSchedule.OneCycle, 1, 0)]
    public void Schedules_fall_as_their_papers_say(LearningRateSchedule schedule, double progress, double expected) =>
        Assert.Equal(expected, LearningRates.At(schedule, 0.5, progress), 1e-12);

    [Theory]
    [InlineData(LearningRateSchedule.Cosine, 0.2, 0, 0)]
    [InlineData(LearningRateSchedule.Cosine, 0.2, 0.05, 0.125)]
    [InlineData(LearningRateSchedule.Cosine, 0.2, 0.2, 0.5)]
    [InlineData(LearningRateSchedule.Cosine, 0.2, 0.6, 0.25)]
    [InlineData(LearningRateSchedule.Cosine, 0.2, 1, 0)]
    [InlineData(LearningRateSchedule.Step, 0.2, 0.599, 0.5)]
    [InlineData(LearningRateSchedule.Step, 0.2, 0.601, 0.05)]
    [InlineData(LearningRateSchedule.OneCycle, 0.5, 0.25, 0.01)]
    [InlineData(LearningRateSchedule.OneCycle, 0.5, 0.65, 0.5)]
    [InlineData(LearningRateSchedule.Constant, 1, 0.5, 0.25)]
    [InlineData(LearningRateSchedule.Constant, 1, 1, 0.5)]
    [InlineData(LearningRateSchedule.Exponential, 0, 1, 0.05)]
    public void A_warm_up_comes_before_the_schedule(LearningRateSchedule schedule, double warmUp, double progress, double expected) =>
        Assert.Equal(expected, LearningRates.At(schedule, 0.5, warmUp, progress), 1e-12);

    [Fact]
    public void There_is_no_other_schedule() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRates.At((LearningRateSchedule)99, 1, 0));

    [Theory]
    [InlineData(new[] { 256, 256, 256 }, 60, 1024, 3e-4)]
    [InlineData(new[] { 256, 256, 256 }, 60, 8192, 3e-4)]
    [InlineData(new[] { 256, 256, 256 }, 60, 256, 1.5e-4)]
    [InlineData(new[] { 256, 256, 256 }, 30, 1024, 6e-4)]
    [InlineData(new[] { 256, 256, 256 }, 1, 1024, 1e-3)]
    [InlineData(new[] { 64 }, 60, 1024, 3e-4)]
    [InlineData(new[] { 64, 1024 }, 60, 1024, 1.5e-4)]
    [InlineData(new[] { 256, 256, 256, 256, 256, 256 }, 60, 1024, 7.5e-5)]
    public void A_sine_network_starts_more_slowly_by_shape_frequency_and_batch(
        int[] hiddenLayers, float omega, int batchSize, double expected)
    {
        var design = new MlpDesign { HiddenLayers = hiddenLayers, Activation = Activation.Sine, Omega = omega };
        foreach (Optimizer optimizer in new[] { Optimizer.Adam, Optimizer.AdamW, Optimizer.RMSProp, Optimizer.Muon })
            Assert.Equal(expected, LearningRates.DefaultStart(optimizer, design, batchSize), 1e-12);
    }

    [Fact]
    public void Activations_without_a_wave_start_alike_at_every_shape()
    {
        foreach (Activation activation in TestNetworks.HiddenActivations.Except([Activation.Sine, Activation.FINER, Activation.WIRE]))
        {
            var design = new MlpDesign { HiddenLayers = [300, 300, 300, 300, 300, 300], Activation = activation };
            double expected = activation == Activation.Gaussian ? 2e-3 : 1e-3;
            Assert.Equal(expected, LearningRates.DefaultStart(Optimizer.Adam, design, 64));
            Assert.Equal(expected, LearningRates.DefaultStart(Optimizer.AdamW, design, 64));
            Assert.Equal(expected, LearningRates.DefaultStart(Optimizer.RMSProp, design, 64));
            Assert.Equal(10 * expected, LearningRates.DefaultStart(Optimizer.Muon, design, 64), 1e-12);
            Assert.Equal(0.1, LearningRates.DefaultStart(Optimizer.Sgd, design, 64));
            Assert.Equal(0.01, LearningRates.DefaultStart(Optimizer.Nesterov, design, 64));
        }
    }

    [Theory]
    [InlineData(Activation.FINER, new[] { 256, 256, 256 }, 1024, 5e-4)]
    [InlineData(Activation.FINER, new[] { 256, 256, 256, 256, 256, 256 }, 1024, 1.25e-4)]
    [InlineData(Activation.WIRE, new[] { 256, 256, 256 }, 1024, 5e-4)]
    [InlineData(Activation.WIRE, new[] { 256, 256, 256 }, 256, 2.5e-4)]
    [InlineData(Activation.WIRE, new[] { 256, 256, 256, 256, 256, 256 }, 1024, 1.25e-4)]
    public void Other_waves_follow_the_same_rule_from_a_start_of_their_own(
        Activation activation, int[] hiddenLayers, int batchSize, double expected)
    {
        var design = new MlpDesign { HiddenLayers = hiddenLayers, Activation = activation };
        Assert.Equal(expected, LearningRates.DefaultStart(Optimizer.Adam, design, batchSize), 1e-12);
        Assert.Equal(expected / 2, LearningRates.DefaultStart(Optimizer.Adam, design with { Omega = 2 * design.Omega }, batchSize), 1e-12);
    }

    [Theory]
    [InlineData(LearningRateSchedule.Constant, new[] { 0.01, 0.01, 0.01, 0.01 })]
    [InlineData(LearningRateSchedule.Cosine, new[] { 0.01, 0.0085355339059327377, 0.005, 0.0014644660940672624 })]
    [InlineData(LearningRateSchedule.Exponential, new[] { 0.01, 0.0056234132519034911, 0.0031622776601683794, 0.0017782794100389228 })]
    public void A_run_of_one_step_an_epoch_records_the_schedule(LearningRateSchedule schedule, double[] rates)
    {
        TrainingRun run = TrainingSupport.Train(
            TestPictures.Create(9, 7), TestNetworks.Create(Activation.Tanh, [5]),
            TrainingSupport.Few with { Epochs = 4, LearningRate = 0.01, Schedule = schedule });
        Assert.Equal(rates, run.History.Select(record => Math.Round(record.LearningRate, 15)), (a, b) => Math.Abs(a - b) < 1e-12);
    }
}
