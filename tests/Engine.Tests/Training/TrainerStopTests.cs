namespace MonaLisa.Engine.Tests;

public class TrainerStopTests
{
    private static readonly PixelDataset Picture = TestPictures.Create(20, 15);

    private static readonly Mlp Network = TestNetworks.Create(Activation.Tanh, [16, 16]);

    [Theory, InlineData(1, 300), InlineData(7, 43), InlineData(100, 3), InlineData(299, 2), InlineData(300, 1), InlineData(9999, 1)]
    public void Epochs_are_done_exactly_and_cut_into_steps_of_at_most_a_batch(int batchSize, int stepsPerEpoch)
    {
        TrainingRun run = TrainingSupport.Train(Picture, Network, TrainingSupport.Few with { Epochs = 4, BatchSize = batchSize });
        Assert.Equal(StopReason.Epoch, run.StopReason);
        Assert.Equal(4 * stepsPerEpoch, run.Steps);
        Assert.Equal([1, 2, 3, 4], run.History.Select(record => record.Epoch));
        Assert.Equal(4, run.Epochs);
    }

    [Fact]
    public void Pixel_by_pixel_each_pixel_is_a_step() =>
        Assert.Equal(600, TrainingSupport.Train(Picture, Network, TrainingOptions.MonaLisa2012 with { Epochs = 2 }).Steps);

    [Fact]
    public void Time_ends_a_run_after_the_step_under_way()
    {
        TrainingRun run = TrainingSupport.Train(Picture, Network, TrainingSupport.Few with { Epochs = null, MaxTime = TimeSpan.FromTicks(1) });
        Assert.Equal(StopReason.MaxTime, run.StopReason);
        Assert.Equal(1, run.Steps);
        Assert.Equal(1, run.Epochs);
        Assert.NotEqual(TrainingSupport.Weights(Network), TrainingSupport.Weights(run.Network));
    }

    [Fact]
    public void Time_ends_a_run_that_would_have_many_epochs()
    {
        TrainingRun run = TrainingSupport.Train(
            Picture, Network, TrainingSupport.Few with { Epochs = int.MaxValue, MaxTime = TimeSpan.FromMilliseconds(60) });
        Assert.Equal(StopReason.MaxTime, run.StopReason);
    }

    [Fact]
    public void Epochs_end_a_run_that_has_much_time() =>
        Assert.Equal(StopReason.Epoch, TrainingSupport.Train(Picture, Network, TrainingSupport.Few with { MaxTime = TimeSpan.FromHours(1) }).StopReason);

    [Theory, InlineData(false), InlineData(true)]
    public void A_target_ends_a_run_as_soon_as_the_whole_picture_measures_it(bool measureEachEpoch)
    {
        const double Target = 17;
        TrainingRun run = TrainingSupport.Train(
            Picture, Network, TrainingSupport.Few with { Epochs = 500, TargetPsnr = Target, MeasureEachEpoch = measureEachEpoch });
        Assert.Equal(StopReason.TargetPsnr, run.StopReason);
        Assert.InRange(run.Psnr, Target, Target + 3);
        Assert.Equal(run.Psnr, run.History[^1].Psnr);
        Assert.InRange(run.Epochs, 2, 499);
    }

    [Fact]
    public void A_target_out_of_reach_leaves_the_end_to_the_epochs()
    {
        TrainingRun run = TrainingSupport.Train(Picture, Network, TrainingSupport.Few with { TargetPsnr = 150 });
        Assert.Equal(StopReason.Epoch, run.StopReason);
        Assert.Equal(3, run.Epochs);
    }

    [Fact]
    public void A_run_canceled_before_it_begins_gives_back_the_network_as_it_was()
    {
        TrainingRun run = Trainer.Train(Picture, Network, TrainingSupport.Few, cancellationToken: new CancellationToken(canceled: true));
        Assert.Equal(StopReason.Canceled, run.StopReason);
        Assert.Equal(0, run.Steps);
        Assert.Empty(run.History);
        Assert.Equal(double.NaN, run.Psnr);
        Assert.Equal(TrainingSupport.Weights(Network), TrainingSupport.Weights(run.Network));
    }

    [Fact]
    public void A_run_canceled_after_an_epoch_keeps_what_it_learned_and_the_figures_of_that_epoch()
    {
        using var source = new CancellationTokenSource();
        TrainingRun run = Trainer.Train(Picture, Network, TrainingSupport.Few with { Epochs = 9 }, epochDone: record =>
        {
            if (record.Epoch == 2)
                source.Cancel();
        }, cancellationToken: source.Token);
        TrainingRun whole = TrainingSupport.Train(
            Picture, Network, TrainingSupport.Few with { Epochs = 9, Schedule = LearningRateSchedule.Constant });
        Assert.Equal(StopReason.Canceled, run.StopReason);
        Assert.Equal(6, run.Steps);
        Assert.Equal((2, run.History[1].Psnr, run.History[1].Mae), (run.Epochs, run.Psnr, run.Mae));
        Assert.NotEqual(TrainingSupport.Weights(Network), TrainingSupport.Weights(run.Network));
        Assert.NotEqual(TrainingSupport.Weights(whole.Network), TrainingSupport.Weights(run.Network));
    }

    [Theory, InlineData(1), InlineData(100)]
    public void A_run_canceled_from_its_progress_ends_in_the_middle(int batchSize)
    {
        using var source = new CancellationTokenSource();
        TrainingProgress? last = null;
        TrainingOptions options = TrainingOptions.MonaLisa2012 with { Epochs = 1_000_000, MeasureEachEpoch = false, BatchSize = batchSize, ThreadCount = 2 };
        TrainingRun run = Trainer.Train(Picture, Network, options, progress =>
        {
            last = progress;
            source.Cancel();
        }, cancellationToken: source.Token);
        Assert.Equal(StopReason.Canceled, run.StopReason);
        Assert.Equal(last!.Step, run.Steps);
        Assert.Equal(last.Epoch, run.Epochs);
        Assert.InRange(last.Fraction, 0, 1);
        Assert.All(TrainingSupport.Weights(run.Network), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void An_exception_in_a_callback_comes_out() =>
        Assert.Throws<InvalidOperationException>(() => Trainer.Train(
            Picture, Network, TrainingSupport.Few, epochDone: _ => throw new InvalidOperationException(),
            cancellationToken: TestContext.Current.CancellationToken));
}
