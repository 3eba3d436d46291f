namespace MonaLisa.Engine.Tests;

/// <summary>Runs with histories made by hand: nothing is trained.</summary>
internal static class PlotRuns
{
    /// <summary>A run.</summary>
    public static TrainingRun Of(params EpochRecord[] history) => Of("sunset", 2012, history);

    /// <summary>A run on a picture of a name, with a seed.</summary>
    public static TrainingRun Of(string name, int seed, params EpochRecord[] history) => new()
    {
        Network = TestNetworks.Create(Activation.Tanh, [4]),
        Dataset = new PixelDataset(name, 10, 10, new byte[300]),
        Options = new TrainingOptions { Seed = seed },
        History = history,
        Psnr = 20,
        Mae = 0.1,
        StopReason = StopReason.Epoch,
        Provider = "none",
        ThreadCount = 1,
        Steps = 1,
        Elapsed = TimeSpan.FromSeconds(1),
        PixelsPerSecond = 100,
    };

    /// <summary>An epoch that took a second.</summary>
    public static EpochRecord Epoch(int number, double psnr, double loss = 0.5) => new()
    {
        Epoch = number,
        Loss = loss,
        Psnr = psnr,
        Mae = 0.1,
        LearningRate = 0.001,
        PixelsPerSecond = 2_000_000,
        Elapsed = TimeSpan.FromSeconds(number),
    };
}
