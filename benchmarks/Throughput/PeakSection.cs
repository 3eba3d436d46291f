namespace MonaLisa.Benchmarks;

/// <summary>The peak alone: how quiet the machine is.</summary>
internal static class PeakSection
{
    private const int Bursts = 25;

    public static void Run(BenchmarkOptions options, Report report)
    {
        Table table = report.AddTable($"FMA peak, {Bursts} bursts", "threads", "lowest GFLOP/s", "median", "best");
        foreach (int threads in options.Threads)
        {
            double[] peaks = [.. Enumerable.Range(0, Bursts).Select(_ => PeakMeter.Measure(threads))];
            table.Add($"{threads}", Format.Gigaflops(peaks.Min()), Format.Gigaflops(Statistics.Median(peaks)), Format.Gigaflops(peaks.Max()));
        }
    }
}
