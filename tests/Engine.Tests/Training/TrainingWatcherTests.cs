namespace MonaLisa.Engine.Tests;

public class TrainingWatcherTests
{
    private static readonly PixelDataset Picture = TestPictures.Create(20, 15);

    private static readonly Mlp Network = TestNetworks.Create(Activation.Tanh, [16, 16]);

    // Averaged weights are the result, and the steps must not see them.
    private static readonly TrainingOptions Averaged = TrainingSupport.Few with { Epochs = 3, BatchSize = 100, AverageDecay = 0.9 };

    [Fact]
    public void It_is_asked_before_the_first_step_after_each_and_at_the_ends()
    {
        var watcher = new Recorder(_ => false);
        TrainingRun run = Watch(Averaged, watcher);
        Assert.Equal(
            [
                (0, 0, false, false),
                (1, 1, false, false), (1, 2, false, false), (1, 3, true, false),
                (2, 4, false, false), (2, 5, false, false), (2, 6, true, false),
                (3, 7, false, false), (3, 8, false, false), (3, 9, true, false),
                (3, 9, true, true),
            ],
            watcher.Asked.Select(state => (state.Epoch, (int)state.Step, state.EndsEpoch, state.EndsRun)));
        Assert.Null(watcher.Asked[0].Psnr);
        Assert.Equal(
            run.History.Select(record => (double?)record.Psnr),
            watcher.Asked.Where(state => state is { EndsEpoch: true, EndsRun: false }).Select(state => state.Psnr));
        Assert.Equal(run.Psnr, watcher.Asked[^1].Psnr);
        Assert.Empty(watcher.Seen);
    }

    [Fact]
    public void It_sees_what_a_run_that_ends_there_returns_and_changes_nothing()
    {
        var watcher = new Recorder(state => state.EndsEpoch || state.Step == 0);
        TrainingRun watched = Watch(Averaged, watcher);
        Assert.Equal(TrainingSupport.Weights(TrainingSupport.Train(Picture, Network, Averaged).Network), TrainingSupport.Weights(watched.Network));
        Assert.Equal(5, watcher.Seen.Count);
        Assert.Equal(TrainingSupport.Weights(Network), watcher.Seen[0]);
        // A constant learning rate makes the first epoch of three that of one.
        TrainingOptions one = Averaged with { Epochs = 1, Schedule = LearningRateSchedule.Constant };
        var constant = new Recorder(state => state is { Epoch: 1, EndsEpoch: true });
        Watch(one with { Epochs = 3 }, constant);
        Assert.Equal(TrainingSupport.Weights(TrainingSupport.Train(Picture, Network, one).Network), Assert.Single(constant.Seen));
        Assert.Equal(TrainingSupport.Weights(watched.Network), watcher.Seen[^1]);
    }

    [Fact]
    public void Of_several_each_looks_when_it_wants_to()
    {
        Recorder first = new(state => state.EndsRun), second = new(state => state.EndsEpoch);
        Watch(Averaged, first, second);
        Assert.Single(first.Seen);
        Assert.Equal(4, second.Seen.Count);
        Assert.Equal(first.Seen[0], second.Seen[^1]);
    }

    [Fact]
    public void A_stopped_run_is_shown_at_its_end()
    {
        using var stopping = new CancellationTokenSource();
        var watcher = new Recorder(state =>
        {
            if (state.Step == 5)
                stopping.Cancel();
            return state.EndsRun;
        });
        TrainingRun run = Trainer.Train(Picture, Network, Averaged, cancellationToken: stopping.Token, watchers: [watcher]);
        Assert.Equal(StopReason.Canceled, run.StopReason);
        Assert.Equal(TrainingSupport.Weights(run.Network), Assert.Single(watcher.Seen));
    }

    private static TrainingRun Watch(TrainingOptions options, params ITrainingWatcher[] watchers) =>
        Trainer.Train(Picture, Network, options, cancellationToken: TestContext.Current.CancellationToken, watchers: watchers);

    private sealed class Recorder(Func<TrainingState, bool> isDue) : ITrainingWatcher
    {
        public List<TrainingState> Asked { get; } = [];

        public List<double[]> Seen { get; } = [];

        public bool IsDue(TrainingState state)
        {
            Asked.Add(state);
            return isDue(state);
        }

        public void Look(Mlp network, TrainingState state) => Seen.Add(TrainingSupport.Weights(network));
    }
}
