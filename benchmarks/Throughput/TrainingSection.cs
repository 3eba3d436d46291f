using MonaLisa.Engine;

namespace MonaLisa.Benchmarks;

/// <summary>The main table: whole training steps of every provider and of libtorch, in turns.</summary>
internal static class TrainingSection
{
    public static void Run(BenchmarkOptions options, Report report, Peer? torch)
    {
        Table table = report.AddTable("Training",
            "network", "batch", "threads", "core to core, ns", "peak GFLOP/s", "managed GFLOP/s", "of peak", "best", "million pixels/s",
            "MKL GFLOP/s", "of peak", "libtorch GFLOP/s", "of peak", "managed to libtorch");
        foreach (NetworkCase network in options.Networks)
            foreach (int batch in options.Batches)
                foreach (int threads in options.Threads)
                {
                    string name = $"{network.Name}, batch {batch}, {Format.Threads(threads)}";
                    Report.Announce($"Training {name}");
                    List<IContestant> contestants =
                        [.. Machine.Providers.Select(provider => EngineTraining.Create(network, batch, threads, provider))];
                    if (torch?.Prepare(network, batch, threads) is { } step)
                        contestants.Add(step);
                    IReadOnlyList<Series> contest = options.Contest.Run(threads, contestants);
                    report.Keep("training", name, contest);
                    AddRow(table, network, batch, threads, contest);
                }
    }

    private static void AddRow(Table table, NetworkCase network, int batch, int threads, IReadOnlyList<Series> contest)
    {
        Series managed = contest[0];
        Series? mkl = contest.FirstOrDefault(series => series.Name == nameof(ComputeProvider.Mkl));
        Series? torch = contest.FirstOrDefault(series => series.Name == PeerNames.Torch);
        table.Add(
            network.Name, $"{batch}", $"{threads}", Format.Nanoseconds(managed.MedianCoreDistance), Format.Gigaflops(managed.MedianPeak),
            Format.Gigaflops(managed.MedianFlops), Format.Share(managed.MedianShare), Format.Share(managed.BestShare),
            Format.Megapixels(managed.MedianPixels),
            mkl is null ? Format.Absent : Format.Gigaflops(mkl.MedianFlops),
            mkl is null ? Format.Absent : Format.Share(mkl.MedianShare),
            torch is null ? Format.Absent : Format.Gigaflops(torch.MedianFlops),
            torch is null ? Format.Absent : Format.Share(torch.MedianShare),
            torch is null ? Format.Absent : Format.Ratio(managed.RatioTo(torch)));
    }
}
