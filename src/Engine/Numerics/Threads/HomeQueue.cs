namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Hands out the same pieces of work round after round, each once a round. A piece has a home, the worker that has it first, so that
/// what it works on is still in that processor's cache; who has done its own takes what is left of the others'.
/// </summary>
internal sealed class HomeQueue
{
    // Claims of two workers' pieces do not share a cache line.
    private const int Apart = 64 / sizeof(int);

    private readonly (int Item, int Claim)[][] _ways;
    private readonly int[] _claimedIn;
    private int _round;

    private HomeQueue(IReadOnlyList<IReadOnlyList<int>> homes)
    {
        int workerCount = homes.Count;
        Count = homes.Sum(home => home.Count);
        int claims = Apart;
        (int, int)[][] own = [.. homes.Select(home =>
        {
            (int, int)[] pieces = [.. home.Select((item, at) => (item, claims + at))];
            claims += pieces.Length + Apart;
            return pieces;
        })];
        _claimedIn = new int[claims];
        // The others' smallest pieces first: a worker that is behind keeps its largest.
        _ways = [.. Enumerable.Range(0, workerCount).Select(worker => Enumerable.Range(0, workerCount)
            .SelectMany(step => step == 0 ? own[worker] : own[(worker + step) % workerCount].Reverse()).ToArray())];
    }

    /// <summary>Pieces whose homes give all workers as much to do as may be.</summary>
    /// <param name="costs">What each piece costs, in any unit.</param>
    /// <param name="workerCount">Workers, at least 1.</param>
    public static HomeQueue OfCosts(IReadOnlyList<long> costs, int workerCount)
    {
        List<int>[] homes = [.. Enumerable.Range(0, workerCount).Select(_ => new List<int>())];
        long[] loads = new long[workerCount];
        foreach (int item in Enumerable.Range(0, costs.Count).OrderByDescending(item => costs[item]))
        {
            int home = Array.IndexOf(loads, loads.Min());
            homes[home].Add(item);
            loads[home] += costs[item];
        }
        return new HomeQueue(homes);
    }

    /// <summary>Pieces that cost the same and are at home where their neighbours are.</summary>
    /// <param name="count">Number of pieces.</param>
    /// <param name="workerCount">Workers, at least 1.</param>
    public static HomeQueue OfNeighbors(int count, int workerCount)
    {
        int[] starts = [.. Enumerable.Range(0, workerCount + 1).Select(worker => (int)((long)worker * count / workerCount))];
        return new HomeQueue([.. starts.Zip(starts.Skip(1), (start, end) => Enumerable.Range(start, end - start).ToList())]);
    }

    /// <summary>Number of pieces.</summary>
    public int Count { get; }

    /// <summary>Begins the next round; no worker may be in one.</summary>
    public void BeginRound() => Volatile.Write(ref _round, _round + 1);

    /// <summary>Takes a piece that nobody has taken in this round; false when all are taken.</summary>
    /// <param name="worker">Who asks.</param>
    /// <param name="place">How far on its way the worker has come, 0 at the beginning of a round.</param>
    /// <param name="item">The piece's number.</param>
    public bool TryTake(int worker, ref int place, out int item)
    {
        (int Item, int Claim)[] way = _ways[worker];
        int round = _round;
        while (place < way.Length)
        {
            (item, int claim) = way[place++];
            int seen = Volatile.Read(ref _claimedIn[claim]);
            if (seen != round && Interlocked.CompareExchange(ref _claimedIn[claim], round, seen) == seen)
                return true;
        }
        item = -1;
        return false;
    }
}
