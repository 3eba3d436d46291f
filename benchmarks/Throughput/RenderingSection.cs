using MonaLisa.Engine;

namespace MonaLisa.Benchmarks;

/// <summary>Rendering by every provider, in turns.</summary>
internal static class RenderingSection
{
    public static void Run(BenchmarkOptions options, Report report)
    {
        Table table = report.AddTable("Rendering",
            "network", "threads", "core to core, ns", "peak GFLOP/s", "managed GFLOP/s", "of peak", "best", "million pixels/s", "MKL GFLOP/s", "of peak");
        foreach (NetworkCase network in options.Networks)
            foreach (int threads in options.Threads)
            {
                string name = $"{network.Name}, {Format.Threads(threads)}";
                Report.Announce($"Rendering {name}");
                IReadOnlyList<Series> contest = options.Contest.Run(
                    threads, [.. Machine.Providers.Select(provider => new EngineRendering(network, threads, provider))]);
                report.Keep("rendering", name, contest);
                Series managed = contest[0];
                Series? mkl = contest.FirstOrDefault(series => series.Name == nameof(ComputeProvider.Mkl));
                table.Add(
                    network.Name, $"{threads}", Format.Nanoseconds(managed.MedianCoreDistance), Format.Gigaflops(managed.MedianPeak),
                    Format.Gigaflops(managed.MedianFlops), Format.Share(managed.MedianShare), Format.Share(managed.BestShare),
                    Format.Megapixels(managed.MedianPixels),
                    mkl is null ? Format.Absent : Format.Gigaflops(mkl.MedianFlops),
                    mkl is null ? Format.Absent : Format.Share(mkl.MedianShare));
            }
    }
}
