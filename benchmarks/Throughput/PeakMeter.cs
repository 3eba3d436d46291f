using System.Diagnostics;
using System.Runtime.Intrinsics;
using MonaLisa.Engine.Kernels;

namespace MonaLisa.Benchmarks;

/// <summary>Measures the processor's fused multiply-add peak with the widest vectors it is fast at.</summary>
internal static class PeakMeter
{
    /// <summary>Tens of microseconds of work between looks at the clock.</summary>
    private const int Iterations = 10_000;

    private const double BurstSeconds = 0.05;

    /// <summary>The peak of that many cores at once, in FLOP/s, over a short burst.</summary>
    public static double Measure(int threads)
    {
        double[] rates = new double[threads];
        using var start = new Barrier(threads);
        Thread[] others = [.. Enumerable.Range(1, threads - 1).Select(i => new Thread(() => rates[i] = MeasureThread(start)))];
        foreach (Thread thread in others)
            thread.Start();
        rates[0] = MeasureThread(start);
        foreach (Thread thread in others)
            thread.Join();
        return rates.Sum();
    }

    /// <summary>Runs the loop once more; for keeping a core busy.</summary>
    public static double Run() => InstructionSets.Best switch
    {
        InstructionSet.Vector512 => Run<Vector512<float>, Vector512Ops>(),
        InstructionSet.Vector256 => Run<Vector256<float>, Vector256Ops>(),
        InstructionSet.Vector128 => Run<Vector128<float>, Vector128Ops>(),
        _ => Run<float, ScalarOps>(),
    };

    private static double MeasureThread(Barrier start)
    {
        start.SignalAndWait();
        var clock = Stopwatch.StartNew();
        double work = 0;
        while (clock.Elapsed.TotalSeconds < BurstSeconds)
            work += Run();
        return work / clock.Elapsed.TotalSeconds;
    }

    private static double Run<TVector, TOps>()
        where TVector : struct
        where TOps : struct, IVectorOps<TVector>
    {
        PeakLoop<TVector, TOps>.Run(Iterations);
        return PeakLoop<TVector, TOps>.Work(Iterations);
    }
}
