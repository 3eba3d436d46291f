using MonaLisa.Engine;

namespace MonaLisa.Benchmarks;

/// <summary>Ratios between two settings of the managed provider, measured in turns: two threads to one, sine to ReLU.</summary>
internal static class RatioSection
{
    private const int Batch = 4096;

    public static void Run(BenchmarkOptions options, Report report)
    {
        Table table = report.AddTable($"Ratios of training speed at batch {Batch}", "compared", "ratio", "of the peak itself");
        if (Environment.ProcessorCount > 1)
            foreach (NetworkCase network in options.Networks)
                AddScaling(options, report, table, network);
        NetworkCase relu = NetworkCase.Equal(3, 256), sine = NetworkCase.Equal(3, 256, Activation.Sine);
        if (!relu.Matches(options.Filter))
            return;
        foreach (int threads in options.Threads)
        {
            string name = $"{sine.Name} to ReLU, {Format.Threads(threads)}";
            IReadOnlyList<Series> contest = Compare(options, threads, name, Create(relu, threads), Create(sine, threads));
            report.Keep("activation", name, contest);
            table.Add(name, Format.Ratio(contest[1].RatioTo(contest[0])), Format.Absent);
        }
    }

    private static void AddScaling(BenchmarkOptions options, Report report, Table table, NetworkCase network)
    {
        string name = $"{network.Name}, 2 threads to 1";
        double peakScaling = Statistics.Median(
            Enumerable.Range(0, options.Contest.Rounds).Select(_ => PeakMeter.Measure(2) / PeakMeter.Measure(1)));
        IReadOnlyList<Series> contest = Compare(options, 2, name, Create(network, 1), Create(network, 2));
        report.Keep("scaling", name, contest);
        table.Add(name, Format.Ratio(contest[1].RatioTo(contest[0])), Format.Ratio(peakScaling));
    }

    private static EngineTraining Create(NetworkCase network, int threads) =>
        EngineTraining.Create(network, Batch, threads, ComputeProvider.Managed, $"{network.Name}, {Format.Threads(threads)}");

    private static IReadOnlyList<Series> Compare(BenchmarkOptions options, int threads, string name, params IContestant[] contestants)
    {
        Report.Announce(name);
        return options.Contest.Run(threads, contestants);
    }
}
