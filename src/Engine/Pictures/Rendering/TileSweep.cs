using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>Runs a network over pixels of a grid, tile by tile, on its own threads. One call at a time.</summary>
internal sealed class TileSweep : IDisposable
{
    private readonly WorkerPool _pool;
    private readonly Tile[] _tiles;

    /// <summary>Prepares a network; later changes of it have no effect here.</summary>
    /// <param name="network">The network.</param>
    /// <param name="provider">What computes the matrix products.</param>
    /// <param name="threadCount">Threads, at least 1, or null for one a processor core.</param>
    /// <param name="keepsActivations">Whether every layer's activations are kept to the end of the forward pass.</param>
    /// <exception cref="ProviderUnavailableException">The requested provider is not available here.</exception>
    public TileSweep(Mlp network, ComputeProvider provider, int? threadCount, bool keepsActivations)
    {
        Network = ComputeProviders.CreateNetwork(provider, network, training: false);
        _pool = new WorkerPool(threadCount ?? Environment.ProcessorCount);
        int tileRows = TilePlan.RowsFor(network.Design, training: false);
        _tiles = WorkerTiles.Of(_pool, () => Network.CreateTile(tileRows, training: keepsActivations));
    }

    /// <summary>The network as the provider has it.</summary>
    public TiledNetwork Network { get; }

    /// <summary>Runs the network over consecutive pixels.</summary>
    /// <param name="grid">The picture's inputs.</param>
    /// <param name="width">Pixels in a row of the picture.</param>
    /// <param name="firstPixel">The first pixel, in row order.</param>
    /// <param name="pixelCount">How many pixels.</param>
    /// <param name="store">
    /// Stores results of a tile after its forward pass, given its first pixel, counted from the sweep's first, and its rows in use, a pixel
    /// each; called on any thread, several at a time.
    /// </param>
    /// <param name="cancellationToken">Ends the sweep with an <see cref="OperationCanceledException"/>.</param>
    public void Run(
        CoordinateGrid grid, int width, long firstPixel, long pixelCount, Action<Tile, long, int> store, CancellationToken cancellationToken)
    {
        var coordinates = new CoordinateLoader(grid, width);
        Run(pixelCount, (tile, first, rows) => coordinates.Load(tile, firstPixel + first, rows), store, cancellationToken);
    }

    /// <summary>Runs the network over places.</summary>
    /// <param name="placeCount">How many places.</param>
    /// <param name="load">Loads a tile's coordinates, given its first place and its rows in use; called as <paramref name="store"/> is.</param>
    /// <param name="store">Stores results of a tile after its forward pass.</param>
    /// <param name="cancellationToken">Ends the sweep with an <see cref="OperationCanceledException"/>.</param>
    public void Run(long placeCount, Action<Tile, long, int> load, Action<Tile, long, int> store, CancellationToken cancellationToken)
    {
        using ProcessorShare.Lease lease = ProcessorShare.OfProcess.Join();
        int tileRows = _tiles[0].Capacity;
        _pool.ForEach((int)((placeCount + tileRows - 1) / tileRows), (worker, piece) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            Tile tile = _tiles[worker];
            long first = (long)piece * tileRows;
            int rows = (int)Math.Min(tileRows, placeCount - first);
            load(tile, first, rows);
            Network.Forward(tile, rows);
            store(tile, first, rows);
        });
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => _pool.Dispose();
}
