using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>Threads for the parts of a picture of latents. One call at a time; dispose it to end them.</summary>
/// <param name="threadCount">Threads, at least 1, or null for one a processor core.</param>
internal sealed class LatentWork(int? threadCount) : IDisposable
{
    private readonly WorkerPool _pool = new(threadCount ?? Environment.ProcessorCount);

    /// <summary>Threads, at least 1.</summary>
    public int ThreadCount => _pool.WorkerCount;

    /// <summary>Makes something for each thread.</summary>
    public T[] PerThread<T>(Func<T> create) => [.. Enumerable.Range(0, ThreadCount).Select(_ => create())];

    /// <summary>Does pieces of work, on any thread and in any order.</summary>
    /// <param name="count">How many.</param>
    /// <param name="body">Receives the thread's number and the piece's.</param>
    public void ForEach(int count, Action<int, int> body) => _pool.ForEach(count, body);

    /// <inheritdoc/>
    public void Dispose() => _pool.Dispose();
}
