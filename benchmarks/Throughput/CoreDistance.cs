using System.Diagnostics;

namespace MonaLisa.Benchmarks;

/// <summary>How long a cache line takes to another core and back: what threads wait for whatever they share.</summary>
internal static class CoreDistance
{
    private const int Bursts = 20, RoundTrips = 250, NoMore = -1;

    /// <summary>Apart by more than a cache line and what is fetched with it.</summary>
    private const int Ball = 64, Answer = 192, Length = 256;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// The median of a few bursts, in nanoseconds, between two threads wherever the system puts them; fewer bursts where a neighbour
    /// keeps one of them waiting. Not a number for a single thread, or on a single core.
    /// </summary>
    public static double Measure(int threads)
    {
        if (threads == 1 || Environment.ProcessorCount == 1)
            return double.NaN;
        int[] places = new int[Length];
        var other = new Thread(() => AnswerAll(places));
        other.Start();
        List<double> trips = [];
        int ball = 0;
        for (var clock = Stopwatch.StartNew(); trips.Count < Bursts && clock.Elapsed < Longest;)
        {
            var burst = Stopwatch.StartNew();
            for (int trip = 0; trip < RoundTrips; trip++)
            {
                Volatile.Write(ref places[Ball], ++ball);
                while (Volatile.Read(ref places[Answer]) != ball)
                {
                }
            }
            trips.Add(burst.Elapsed.TotalNanoseconds / RoundTrips);
        }
        Volatile.Write(ref places[Ball], NoMore);
        other.Join();
        return Statistics.Median(trips);
    }

    private static void AnswerAll(int[] places)
    {
        for (int last = 0, ball; (ball = Volatile.Read(ref places[Ball])) != NoMore;)
            if (ball != last)
                Volatile.Write(ref places[Answer], last = ball);
    }
}
