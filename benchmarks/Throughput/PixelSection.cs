using MonaLisa.Engine;

namespace MonaLisa.Benchmarks;

/// <summary>
/// The ones that learn pixel by pixel on one thread, ConvNetJS and the 2012 program's preset, beside the same networks in batches.
/// </summary>
internal static class PixelSection
{
    /// <summary>The 2012 program's picture.</summary>
    private const int EpochPixels = 300 * 429;

    private const int DemoBatch = 5;

    public static void Run(BenchmarkOptions options, Report report, Peer? convNetJS)
    {
        Table table = report.AddTable("Pixel by pixel: ConvNetJS and the 2012 preset",
            "network", "who", "batch", "threads", "GFLOP/s", "million pixels/s", $"seconds an epoch of {EpochPixels:N0} pixels");
        RunPreset(options, report, table);
        RunNetwork(options, report, table, convNetJS, NetworkCase.ConvNetJSDemo, DemoBatch);
        foreach ((int depth, int width) in new[] { (7, 20), (3, 64), (3, 256), (6, 300) })
            RunNetwork(options, report, table, convNetJS, NetworkCase.Equal(depth, width), TrainingOptions.DefaultBatchSize);
    }

    private static void RunPreset(BenchmarkOptions options, Report report, Table table)
    {
        MlpDesign preset = NetworkPresets.Design(NetworkPreset.MonaLisa2012);
        if (!NetworkCase.Equal(6, 300).Matches(options.Filter))
            return;
        Report.Announce("The 2012 preset");
        const int Batch = TrainingOptions.DefaultBatchSize;
        int threads = options.Threads.Max();
        TrainingOptions batches = new() { BatchSize = Batch, LearningRate = 1e-4, ThreadCount = threads };
        IReadOnlyList<Series> contest = options.Contest.Run(threads,
        [
            new EngineTraining("2012 preset", preset, TrainingOptions.MonaLisa2012 with { ThreadCount = 1 }),
            new EngineTraining("in batches", preset, batches),
            new EngineTraining("in batches", TrainingDefaults.Design(), batches),
        ]);
        report.Keep("pixel by pixel", "2012 preset", contest);
        AddRow(table, "6 x 300 leaky ReLU", 1, 1, contest[0]);
        AddRow(table, "6 x 300 leaky ReLU", Batch, threads, contest[1]);
        AddRow(table, new Mlp(TrainingDefaults.Design()).Shape + " sine", Batch, threads, contest[2]);
    }

    private static void RunNetwork(
        BenchmarkOptions options, Report report, Table table, Peer? convNetJS, NetworkCase network, int batch)
    {
        if (!network.Matches(options.Filter))
            return;
        Report.Announce($"ConvNetJS {network.Name}, batch {batch}");
        List<IContestant> contestants = [EngineTraining.Create(network, batch, 1, ComputeProvider.Managed)];
        if (convNetJS?.Prepare(network, batch, threads: 1) is { } step)
            contestants.Add(step);
        IReadOnlyList<Series> contest = options.Contest.Run(1, contestants);
        report.Keep("pixel by pixel", $"{network.Name}, batch {batch}", contest);
        foreach (Series series in contest)
            AddRow(table, network.Name, batch, 1, series);
    }

    private static void AddRow(Table table, string network, int batch, int threads, Series series) => table.Add(
        network, series.Name, $"{batch}", $"{threads}", Format.Gigaflops(series.MedianFlops), Format.Megapixels(series.MedianPixels),
        $"{EpochPixels / series.MedianPixels:F2}");
}
