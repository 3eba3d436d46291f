namespace MonaLisa.Engine.Numerics;

/// <summary>The memory of a pool's workers.</summary>
internal static class WorkerTiles
{
    /// <summary>A tile for each worker. Where there is not enough memory, the pool's threads are ended.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="create">Makes a tile.</param>
    public static Tile[] Of(WorkerPool pool, Func<Tile> create)
    {
        try
        {
            return [.. Enumerable.Range(0, pool.WorkerCount).Select(_ => create())];
        }
        catch
        {
            pool.Dispose();
            throw;
        }
    }
}
