namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Hands out the same pieces of work round after round, each once a round. A piece has an affinity: the worker that takes it first,
/// whose cache still has its numbers. A worker that has done its pieces takes what is left of the others'.
/// </summary>
internal sealed class AffinityQueue
{
    // Two workers' requests do not share a cache line.
    private const int Apart = 64 / sizeof(int);

    /// <summary>For each worker, all pieces in the order in which it asks for them.</summary>
    private readonly (int Item, int Request)[][] _orders;
    private readonly int[] _takenIn;
    private int _round;

    private AffinityQueue(IReadOnlyList<IReadOnlyList<int>> piecesOfWorkers)
    {
        int workerCount = piecesOfWorkers.Count;
        Count = piecesOfWorkers.Sum(pieces => pieces.Count);
        int requests = Apart;
        (int, int)[][] own = [.. piecesOfWorkers.Select(items =>
        {
            (int, int)[] pieces = [.. items.Select((item, at) => (item, requests + at))];
            requests += pieces.Length + Apart;
            return pieces;
        })];
        _takenIn = new int[requests];
        // The others' smallest pieces first: a worker that is behind keeps its largest.
        _orders = [.. Enumerable.Range(0, workerCount).Select(worker => Enumerable.Range(0, workerCount)
            .SelectMany(step => step == 0 ? own[worker] : own[(worker + step) % workerCount].Reverse()).ToArray())];
    }

    /// <summary>Pieces of different costs, with affinities that give all workers about as much to do.</summary>
    /// <param name="costs">What each piece costs, in any unit.</param>
    /// <param name="workerCount">Workers, at least 1.</param>
    public static AffinityQueue OfCosts(IReadOnlyList<long> costs, int workerCount)
    {
        List<int>[] pieces = [.. Enumerable.Range(0, workerCount).Select(_ => new List<int>())];
        long[] loads = new long[workerCount];
        foreach (int item in Enumerable.Range(0, costs.Count).OrderByDescending(item => costs[item]))
        {
            int worker = Array.IndexOf(loads, loads.Min());
            pieces[worker].Add(item);
            loads[worker] += costs[item];
        }
        return new AffinityQueue(pieces);
    }

    /// <summary>Pieces of the same cost, of which neighbours have the same affinity.</summary>
    /// <param name="count">Number of pieces.</param>
    /// <param name="workerCount">Workers, at least 1.</param>
    public static AffinityQueue OfNeighbors(int count, int workerCount)
    {
        int[] starts = [.. Enumerable.Range(0, workerCount + 1).Select(worker => (int)((long)worker * count / workerCount))];
        return new AffinityQueue([.. starts.Zip(starts.Skip(1), (start, end) => Enumerable.Range(start, end - start).ToList())]);
    }

    /// <summary>Number of pieces.</summary>
    public int Count { get; }

    /// <summary>Begins the next round; no worker may be in one.</summary>
    public void BeginRound() => Volatile.Write(ref _round, _round + 1);

    /// <summary>Takes a piece that nobody has taken in this round; false when all are taken.</summary>
    /// <param name="worker">The worker that asks.</param>
    /// <param name="place">How far the worker has come in its order; 0 at the beginning of a round.</param>
    /// <param name="item">The piece's number.</param>
    public bool TryTake(int worker, ref int place, out int item)
    {
        (int Item, int Request)[] order = _orders[worker];
        int round = _round;
        while (place < order.Length)
        {
            (item, int request) = order[place++];
            int seen = Volatile.Read(ref _takenIn[request]);
            if (seen != round && Interlocked.CompareExchange(ref _takenIn[request], round, seen) == seen)
                return true;
        }
        item = -1;
        return false;
    }
}

/// <summary>Hands out the numbers 0 to count - 1, each once, to the thread that asks next.</summary>
internal sealed class WorkQueue
{
    private int _next, _count;

    /// <summary>Begins anew.</summary>
    public void Reset(int count)
    {
        _count = count;
        Volatile.Write(ref _next, 0);
    }

    /// <summary>Takes the next number; false when all are taken.</summary>
    public bool TryTake(out int item)
    {
        item = Interlocked.Increment(ref _next) - 1;
        return item < _count;
    }
}
