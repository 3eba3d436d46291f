using MonaLisa.Engine;

namespace MonaLisa.Benchmarks;

/// <summary>Bytes allocated by steps, on all threads together, and how memory grows over ten thousand of them.</summary>
internal static class AllocationSection
{
    private const int Batch = 512, Threads = 2, WarmUpSteps = 3_000, Steps = 10_000;

    /// <summary>Larger ones would take minutes for ten thousand steps and run the same code.</summary>
    private const long MostWeights = 200_000;

    public static void Run(BenchmarkOptions options, Report report)
    {
        Table table = report.AddTable($"Memory over {Steps:N0} steps, batch {Batch}, {Threads} threads",
            "network", "provider", "bytes allocated a step", "managed heap grew by, KiB", "working set grew by, KiB", "collections");
        foreach (NetworkCase network in options.Networks.Where(network => network.WeightCount <= MostWeights))
            foreach (ComputeProvider provider in Machine.Providers)
            {
                Report.Announce($"Memory: {network.Name}, {provider}");
                using EngineTraining training = EngineTraining.Create(network, Batch, Threads, provider);
                AddRow(table, network, training);
            }
    }

    private static void AddRow(Table table, NetworkCase network, EngineTraining training)
    {
        for (int step = 0; step < WarmUpSteps; step++)
            training.Step();
        long heap = GC.GetTotalMemory(forceFullCollection: true), workingSet = Environment.WorkingSet;
        int collections = GC.CollectionCount(0);
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (int step = 0; step < Steps; step++)
            training.Step();
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        collections = GC.CollectionCount(0) - collections;
        long workingSetGrowth = Environment.WorkingSet - workingSet, heapGrowth = GC.GetTotalMemory(forceFullCollection: true) - heap;
        table.Add(network.Name, training.Name, $"{(double)allocated / Steps:F2}", $"{heapGrowth / 1024.0:F1}", $"{workingSetGrowth / 1024.0:F0}",
            $"{collections}");
    }
}
