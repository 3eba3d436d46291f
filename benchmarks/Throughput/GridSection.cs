using MonaLisa.Engine;

namespace MonaLisa.Benchmarks;

/// <summary>
/// The multiresolution grid: pixels per second of whole training steps beside libtorch's, in turns, and of rendering. Its work is mostly
/// reading and writing tables, which floating-point operations do not count.
/// </summary>
internal static class GridSection
{
    private const int Batch = 4096;

    public static void Run(BenchmarkOptions options, Report report, Peer? torch)
    {
        NetworkCase network = NetworkCase.MultiresolutionGrid;
        Table table = report.AddTable($"{network.Design.Encoding}, then {network.Hidden.Length} x {network.Hidden[0]}, batch {Batch}",
            "network", "threads", "training, million pixels/s", "libtorch, million pixels/s", "managed to libtorch",
            "rendering, million pixels/s");
        if (!network.Matches(options.Filter))
            return;
        foreach (int threads in options.Threads)
        {
            string name = $"{network.Name}, {Format.Threads(threads)}";
            Report.Announce($"Grid: {name}");
            List<IContestant> contestants = [EngineTraining.Create(network, Batch, threads, ComputeProvider.Managed)];
            if (torch?.Prepare(network, Batch, threads) is { } step)
                contestants.Add(step);
            IReadOnlyList<Series> training = options.Contest.Run(threads, contestants);
            report.Keep("grid training", name, training);
            IReadOnlyList<Series> rendering =
                options.Contest.Run(threads, [new EngineRendering(network, threads, ComputeProvider.Managed)]);
            report.Keep("grid rendering", name, rendering);
            Series? peer = training.FirstOrDefault(series => series.Name == PeerNames.Torch);
            table.Add(
                network.Name, $"{threads}", Format.Megapixels(training[0].MedianPixels),
                peer is null ? Format.Absent : Format.Megapixels(peer.MedianPixels),
                peer is null ? Format.Absent : Format.Ratio(training[0].RatioTo(peer)), Format.Megapixels(rendering[0].MedianPixels));
        }
    }
}
