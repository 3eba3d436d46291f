namespace MonaLisa.Benchmarks;

/// <summary>What is left of the quiet speed of two threads when another process keeps one core busy; turn and turn about.</summary>
internal static class BusySection
{
    private const int Batch = 4096, Threads = 2;

    public static void Run(BenchmarkOptions options, Report report, Peer? torch)
    {
        Table table = report.AddTable($"Beside a process that keeps one core busy, batch {Batch}, {Threads} threads",
            "network", "who", "quiet GFLOP/s", "busy GFLOP/s", "busy to quiet");
        foreach (NetworkCase network in options.Networks)
        {
            Report.Announce($"Busy: {network.Name}");
            List<IContestant> contestants =
                [.. Machine.Providers.Select(provider => EngineTraining.Create(network, Batch, Threads, provider))];
            if (torch?.Prepare(network, Batch, Threads) is { } step)
                contestants.Add(step);
            foreach (IContestant contestant in contestants)
                using (contestant)
                    AddRow(options, table, network, contestant);
        }
    }

    private static void AddRow(BenchmarkOptions options, Table table, NetworkCase network, IContestant contestant)
    {
        (int rounds, double seconds) = options.Contest;
        double[] quiet = new double[rounds], busy = new double[rounds];
        contestant.Measure(seconds);
        for (int round = 0; round < rounds; round++)
        {
            quiet[round] = contestant.Measure(seconds);
            using (new BusyNeighbor())
                busy[round] = contestant.Measure(seconds);
        }
        table.Add(network.Name, contestant.Name,
            Format.Gigaflops(Statistics.Median(quiet) * contestant.WorkPerPixel),
            Format.Gigaflops(Statistics.Median(busy) * contestant.WorkPerPixel),
            Format.Share(Statistics.Median(quiet.Zip(busy, (before, beside) => beside / before))));
    }
}
