using MonaLisa.Engine.Kernels;
using MonaLisa.Engine.Providers;
using MonaLisa.Engine.Threading;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Mini-batch learning. A step has two rounds: the threads take groups of tiles through the network and back, each group into its
/// own gradient buffer; then they take slices of the parameters, add the buffers up and step. Nothing is allocated in a step.
/// </summary>
internal sealed unsafe class BatchLearner : IPixelLearner
{
    private readonly TrainingOptions _options;
    private readonly TiledNetwork _network;
    private readonly TileLoader _loader;
    private readonly BatchPlan _plan;
    private readonly WorkerPool _pool;
    private readonly WorkQueue _queue = new();
    private readonly Tile[] _tiles;
    private readonly AlignedBuffer[] _gradients;
    private readonly ErrorSums[] _groupSums;
    private readonly ParameterUpdater _updater;
    private readonly TableLearner? _tableLearner;
    private readonly double[] _rateScale;
    private readonly Action<int> _gradientRound, _updateRound;

    private PixelShuffle _shuffle;
    private int _firstPlace, _count;
    private double _learningRate;
    private CancellationToken _cancellation;

    /// <summary>Prepares to train a network on a picture.</summary>
    public BatchLearner(TiledNetwork network, PixelDataset dataset, TrainingOptions options, int threadCount)
    {
        _options = options;
        _network = network;
        _loader = new TileLoader(dataset, network.Design.Coordinates);
        _plan = BatchPlan.For(
            Math.Min(options.BatchSize, dataset.TrainingPixelCount), TilePlan.RowsFor(network.Design), network.Parameters.Length);
        _gradients = [.. Enumerable.Range(0, _plan.GroupCount).Select(_ => new AlignedBuffer(network.Parameters.Length))];
        _groupSums = new ErrorSums[_plan.GroupCount];
        _updater = ParameterUpdater.Create(options, network.Parameters.Length, network.InstructionSet);
        _tableLearner = TableLearner.Create(network, _plan, Math.Min(options.BatchSize, dataset.PixelCount));
        _rateScale = [.. Enumerable.Range(0, network.Design.HiddenLayers.Count + 1).Select(RateScale)];
        _pool = new WorkerPool(threadCount);
        _tiles = [.. Enumerable.Range(0, threadCount).Select(_ => network.CreateTile(_plan.TileRows, training: true))];
        _gradientRound = TakeGroups;
        _updateRound = TakeSlices;
    }

    public int PixelsPerCall => _options.BatchSize;

    public long Steps { get; private set; }

    public string Provider => _network.Description;

    public int ThreadCount => _pool.WorkerCount;

    public bool Learn(
        in PixelShuffle shuffle, int firstPlace, int count, double learningRate, out ErrorSums sums, CancellationToken cancellationToken)
    {
        (_shuffle, _firstPlace, _count, _learningRate, _cancellation) = (shuffle, firstPlace, count, learningRate, cancellationToken);
        _queue.Reset(_plan.GroupCount);
        _pool.Run(_gradientRound);
        sums = default;
        if (cancellationToken.IsCancellationRequested)
            return false;
        foreach (ref readonly ErrorSums group in _groupSums.AsSpan())
            sums.Add(group);
        if (!double.IsFinite(sums.Squared))
            return true;
        Steps++;
        _queue.Reset(TableCount + _network.Slices.Count);
        _pool.Run(_updateRound);
        return true;
    }

    public ErrorSums Measure(PixelRange pixels, CancellationToken cancellationToken) =>
        NetworkMeter.Measure(_network, pixels, _loader, _tiles, _pool, cancellationToken);

    public void Save(Mlp network) => _network.Save(network);

    public void Dispose() => _pool.Dispose();

    private void TakeGroups(int worker)
    {
        Tile tile = _tiles[worker];
        while (_queue.TryTake(out int group))
        {
            ErrorSums sums = default;
            (int first, int count) = _plan.Group(group, _count);
            float* gradient = _gradients[group].Pointer;
            if (count == 0)
                _gradients[group].Span.Clear();
            for (int done = 0; done < count; done += _plan.TileRows)
            {
                if (_cancellation.IsCancellationRequested)
                    return;
                int rows = Math.Min(_plan.TileRows, count - done);
                _loader.Load(tile, _shuffle, _firstPlace + first + done, rows);
                _tableLearner?.Attach(tile, group, done, rows);
                _network.Forward(tile, rows);
                _network.MeasureLoss(tile, rows, GradientScale, ref sums);
                _network.Backward(tile, rows, gradient, add: done > 0);
            }
            _groupSums[group] = sums;
        }
    }

    private int TableCount => _tableLearner?.TableCount ?? 0;

    private void TakeSlices(int worker)
    {
        float** gradients = stackalloc float*[_gradients.Length];
        for (int group = 0; group < _gradients.Length; group++)
            gradients[group] = _gradients[group].Pointer;
        while (_queue.TryTake(out int item))
        {
            // The tables come first: each is a larger piece than a slice.
            if (item < TableCount)
            {
                _tableLearner!.Update(item, _count, _learningRate, Steps);
                continue;
            }
            ParameterSlice slice = _network.Slices[item - TableCount];
            _updater.Update(slice, _network.Parameters.Pointer, gradients, _gradients.Length, _learningRate * _rateScale[slice.Layer], Steps);
            _network.Refresh(slice);
        }
    }

    /// <summary>The loss's derivative by an output, but for the error itself: the mean over the batch, and the colour's scale.</summary>
    private float GradientScale => _network.Colors.Scale / _count * _options.ErrorFactor(_network.Design.OutputCount);

    private double RateScale(int layer) => _options.ScaleRateByFanIn ? 1 / Math.Sqrt(_network.InputsOf(layer) + 1) : 1;
}
