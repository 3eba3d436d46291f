using MonaLisa.Engine.Training;

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
    public void Schedules_fall_as_their_papers_say(LearningRateSchedule schedule, double progress, double expected) =>
        Assert.Equal(expected, LearningRates.At(schedule, 0.5, progress), 1e-12);

    [Fact]
    public void There_is_no_other_schedule() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRates.At((LearningRateSchedule)99, 1, 0));

    [Fact]
    public void Every_optimizer_and_activation_has_a_start()
    {
        foreach (Activation activation in TestNetworks.HiddenActivations)
            foreach (Optimizer optimizer in Enum.GetValues<Optimizer>())
                Assert.InRange(LearningRates.DefaultStart(optimizer, activation), 1e-5, 1);
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
