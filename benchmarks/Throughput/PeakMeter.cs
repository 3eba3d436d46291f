using System.Diagnostics;
using System.Runtime.Intrinsics;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Benchmarks;

/// <summary>Measures the processor's fused multiply-add peak with the widest vectors it is fast at.</summary>
internal static class PeakMeter
{
    /// <summary>Tens of microseconds of work between looks at the clock.</summary>
    private const int Iterations = 10_000;

    /// <summary>
    /// Idle workers of whoever was measured before spin for a while, and new threads need a while to find a core of their own.
    /// Both would make the peak look lower than it is.
    /// </summary>
    private const double RestSeconds = 0.005, WarmUpSeconds = 0.02;

    private const double BurstSeconds = 0.05;

    private static readonly Dictionary<int, double> BestOf = [];

    /// <summary>The highest peak measured so far, by number of threads.</summary>
    public static IReadOnlyDictionary<int, double> Best => BestOf;

    /// <summary>The peak of that many cores at once, in FLOP/s, over a short burst.</summary>
    public static double Measure(int threads)
    {
        Thread.Sleep(TimeSpan.FromSeconds(RestSeconds));
        double[] rates = new double[threads];
        using var start = new Barrier(threads);
        Thread[] others = [.. Enumerable.Range(1, threads - 1).Select(i => new Thread(() => rates[i] = MeasureThread(start)))];
        foreach (Thread thread in others)
            thread.Start();
        rates[0] = MeasureThread(start);
        foreach (Thread thread in others)
            thread.Join();
        double peak = rates.Sum();
        BestOf[threads] = Math.Max(peak, BestOf.GetValueOrDefault(threads));
        return peak;
    }

    /// <summary>Runs the loop once more and returns its floating-point operations.</summary>
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
        RunFor(WarmUpSeconds);
        return RunFor(BurstSeconds);
    }

    private static double RunFor(double seconds)
    {
        var clock = Stopwatch.StartNew();
        double work = 0;
        while (clock.Elapsed.TotalSeconds < seconds)
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
