using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Storage;

/// <summary>Measures networks of one design over the training pixels of a picture, as a training run is measured.</summary>
internal sealed class PictureError : IDisposable
{
    private readonly PixelDataset _picture;
    private readonly ComputeProvider _provider;
    private readonly CancellationToken _cancellationToken;
    private readonly TileLoader _loader;
    private readonly WorkerPool _pool;

    /// <summary>Prepares to measure.</summary>
    /// <param name="picture">The picture, with as many channels as the networks have outputs.</param>
    /// <param name="coordinates">The networks' coordinates.</param>
    /// <param name="provider">What computes the matrix products.</param>
    /// <param name="threadCount">Threads, or null for one a processor core; the figures do not depend on it.</param>
    /// <param name="cancellationToken">Stops the measuring.</param>
    public PictureError(
        PixelDataset picture, CoordinateConvention coordinates, ComputeProvider provider, int? threadCount,
        CancellationToken cancellationToken)
    {
        _picture = picture;
        _provider = provider;
        _cancellationToken = cancellationToken;
        _loader = new TileLoader(picture, coordinates);
        _pool = new WorkerPool(threadCount ?? Environment.ProcessorCount);
    }

    /// <summary>The mean squared error of a network's clamped colours.</summary>
    /// <exception cref="OperationCanceledException">The measuring was stopped.</exception>
    /// <exception cref="ProviderUnavailableException">The provider is not available here.</exception>
    public double Measure(Mlp network)
    {
        using ProcessorShare.Lease lease = ProcessorShare.OfProcess.Join();
        TiledNetwork tiled = ComputeProviders.CreateNetwork(_provider, network, training: false);
        int rows = TilePlan.RowsFor(network.Design, training: false);
        Tile[] tiles = [.. Enumerable.Range(0, _pool.WorkerCount).Select(_ => tiled.CreateTile(rows, training: false))];
        var sums = NetworkMeter.Measure(tiled, _picture.TrainingPixels, _loader, tiles, _pool, _cancellationToken);
        return sums.ClampedSquared / sums.Samples;
    }

    /// <summary>The mean squared error of nothing but the picture's mean colour: a network that has more knows nothing of the picture.</summary>
    public double MeasureMeanColor()
    {
        int channels = _picture.Channels;
        PixelRoleMap? roles = _picture.Partition?.ToMap(_picture.PixelCount);
        float[] row = new float[_picture.Width * channels];
        double[] sums = new double[channels], squares = new double[channels];
        for (int y = 0; y < _picture.Height; y++)
        {
            _picture.CopyRows(y, 1, row);
            for (int at = 0; at < row.Length; at++)
                if (roles is null || roles[y * _picture.Width + at / channels] == PixelRole.Training)
                {
                    sums[at % channels] += row[at];
                    squares[at % channels] += (double)row[at] * row[at];
                }
        }
        double count = _picture.TrainingPixelCount;
        return Enumerable.Range(0, channels).Average(channel => squares[channel] / count - Math.Pow(sums[channel] / count, 2));
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => _pool.Dispose();
}
