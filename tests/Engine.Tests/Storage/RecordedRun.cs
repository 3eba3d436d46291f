namespace MonaLisa.Engine.Tests;

/// <summary>Short runs that keep snapshots.</summary>
internal static class RecordedRun
{
    public static readonly PixelDataset Picture = TestPictures.Create(20, 15);

    public static readonly Mlp Network = TestNetworks.Create(Activation.Tanh, [16, 16]);

    /// <summary>Three steps an epoch.</summary>
    public static readonly TrainingOptions Options = TrainingSupport.Few with { Epochs = 4, Schedule = LearningRateSchedule.Constant };

    public static TrainingRun Train(string path, SnapshotSchedule schedule, Mlp? network = null, TrainingOptions? options = null)
    {
        using var recorder = new SnapshotRecorder(new SnapshotOptions { Path = path, Schedule = schedule }, Picture);
        return Trainer.Train(
            Picture, network ?? Network, options ?? Options, watchers: [recorder],
            cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>A network's numbers after a way through 16 bits.</summary>
    public static double[] Rounded(Mlp network) => [.. TrainingSupport.Weights(network).Select(value => (double)(float)(Half)(float)value)];

    public static IEnumerable<(int Epoch, long Step)> Moments(string path) =>
        TrainingSnapshots.Open(path).Snapshots.Select(snapshot => (snapshot.Epoch, snapshot.Step));
}
