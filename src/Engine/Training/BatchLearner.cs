using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>Makes the learner of mini-batches for the vectors of a network.</summary>
internal static class BatchLearner
{
    /// <summary>Prepares to train a network on a picture.</summary>
    /// <param name="network">The weights to start from.</param>
    /// <param name="dataset">The picture.</param>
    /// <param name="options">How to train.</param>
    /// <param name="threadCount">Threads.</param>
    public static IPixelLearner Create(TiledNetwork network, PixelDataset dataset, TrainingOptions options, int threadCount) =>
        KernelDispatch.Create(
            network.InstructionSet, network.Design.Activation,
            new Factory(network, dataset, options.WithDefaults(network.Design), threadCount));

    private sealed class Factory(TiledNetwork network, PixelDataset dataset, TrainingOptions options, int threadCount)
        : IKernelFactory<IPixelLearner>
    {
        IPixelLearner IKernelFactory<IPixelLearner>.Create<TVector, TOps, TActivation>() =>
            new BatchLearner<TVector, TOps>(network, dataset, options, threadCount);
    }
}

/// <summary>
/// Mini-batch learning. A step has two rounds: the threads take groups of tiles through the network and back, each group into its
/// own gradient buffer; then they take slices of the parameters, add the buffers up and step. Clipping takes a round between the two,
/// to know the whole gradient's norm; Muon takes some after them. Nothing is allocated in a step.
/// </summary>
internal sealed unsafe class BatchLearner<TVector, TOps> : IPixelLearner
    where TVector : struct
    where TOps : struct, IVectorOps<TVector>
{
    /// <summary>
    /// Multiply-adds in the first round, and numbers in the second, that are worth calling another worker, which takes some microseconds.
    /// </summary>
    private const long ProductsPerWorker = 1 << 17, NumbersPerWorker = 1 << 15;

    private readonly TrainingOptions _options;
    private readonly TiledNetwork _network;
    private readonly TileLoader _loader;
    private readonly BatchPlan _plan;
    private readonly WorkerPool _pool;
    // The pieces of an update are the tables, then the slices.
    private readonly AffinityQueue _groups, _pieces;
    private readonly Tile[] _tiles;
    private readonly AlignedBuffer[] _gradients;
    private readonly nint[] _gradientPointers;
    private readonly ErrorSums[] _groupSums;
    private readonly ParameterUpdater _updater;
    private readonly TableLearner? _tableLearner;
    private readonly MuonUpdater<TVector, TOps>? _muon;
    private readonly GradientClipper<TVector, TOps>? _clipper;
    private readonly WeightAverage<TVector, TOps>? _average;
    private readonly ErrorSampler? _sampler;
    private readonly IReadOnlyList<State> _states;
    private readonly double[] _rateScale;
    private readonly EpochCalls _calls;
    // Empty where there are no tables.
    private readonly (int First, int Count)[] _stripes = [];
    private readonly int _gradientWorkers, _updateWorkers;
    private readonly PixelLoss _loss;
    private readonly Action<int> _gradientRound, _normRound, _updateRound;
    private readonly Action<int, int> _move;

    private PixelShuffle _shuffle;
    private int _firstPlace, _count, _call;
    private double _learningRate;
    private CancellationToken _cancellation;

    /// <summary>Prepares to train a network on a picture; the options have every default filled in.</summary>
    public BatchLearner(TiledNetwork network, PixelDataset dataset, TrainingOptions options, int threadCount)
    {
        (_options, _network, _calls) = (options, network, new EpochCalls(dataset.TrainingPixelCount, options.BatchSize));
        _loader = new TileLoader(dataset, network.Design.Coordinates);
        int batchSize = Math.Min(options.BatchSize, _calls.PixelCount);
        _plan = BatchPlan.For(batchSize, TilePlan.RowsFor(network.Design, training: true), network.Parameters.Length);
        _gradients = [.. Enumerable.Range(0, _plan.GroupCount).Select(_ => new AlignedBuffer(network.Parameters.Length))];
        // Pinned, for the kernels that add the gradients up.
        _gradientPointers = GC.AllocateArray<nint>(_plan.GroupCount, pinned: true);
        for (int group = 0; group < _gradients.Length; group++)
            _gradientPointers[group] = (nint)_gradients[group].Pointer;
        _groupSums = new ErrorSums[_plan.GroupCount];
        OptimizerKind optimizer = Optimizers.Of(options.Optimizer);
        _updater = optimizer.CreateUpdater<TVector, TOps>(options, network.Parameters.Length);
        _muon = optimizer.CreateMatrixUpdater<TVector, TOps>(options, network);
        if (network.Encoder is { Tables.Count: > 0 })
            _tableLearner = options.TableOptimizer == TableOptimizer.NovoGrad
                ? new NovoGradTableLearner<TVector, TOps>(network, _plan, batchSize, isClipped: options.GradientClip is not null)
                : new AdamTableLearner<TVector, TOps>(
                    network, _plan, batchSize, hasGaps: dataset.Partition is not null,
                    accumulates: options.TableOptimizer == TableOptimizer.AccumulatedAdam);
        if (_tableLearner is not null)
            _stripes = [.. Enumerable.Range(0, _plan.GroupCount).Select(group => _plan.Stripe(group, _calls))];
        long[] costs = [.. Enumerable.Range(0, TableCount).Select(table => _tableLearner!.CostOf(table)), .. _network.Slices.Select(slice => (long)slice.Length * _plan.GroupCount)];
        _pieces = AffinityQueue.OfCosts(costs, threadCount);
        _gradientWorkers = WorkersFor((long)batchSize * network.Parameters.Length, ProductsPerWorker, _plan.GroupCount);
        _updateWorkers = WorkersFor(costs.Sum(), NumbersPerWorker, _pieces.Count);
        _clipper = options.GradientClip is { } limit ? new GradientClipper<TVector, TOps>(limit, _pieces.Count) : null;
        _average = options.AverageDecay is { } decay ? new WeightAverage<TVector, TOps>(decay, network, NeighborhoodStart.IsFor(network.Design)) : null;
        _sampler = options.Sampling == PixelSampling.ErrorWeighted ? new ErrorSampler(dataset.TrainingPixelCount, options.Seed) : null;
        _states = [.. StatesOf(optimizer)];
        _loss = options.PixelLoss;
        _rateScale = [.. Enumerable.Range(0, network.Design.HiddenLayers.Count + 1).Select(RateScale)];
        _groups = AffinityQueue.OfNeighbors(_plan.GroupCount, threadCount);
        (_gradientRound, _normRound, _updateRound, _move) = (TakeGroups, TakeNorms, TakeSlices, Move);
        // Last, so that nothing fails while there are threads that nobody would end.
        _pool = new WorkerPool(threadCount);
        _tiles = WorkerTiles.Of(_pool, CreateTile);
    }

    public int PixelsPerCall => _options.BatchSize;

    public long Steps { get; private set; }

    public string Provider => _network.Description;

    public int ThreadCount => _pool.WorkerCount;

    public void BeginEpoch(int epoch, bool isUnderWay = false) => _sampler?.BeginEpoch(epoch, _pool, isUnderWay);

    public bool Learn(
        in PixelShuffle shuffle, int firstPlace, int count, double learningRate, out ErrorSums sums, CancellationToken cancellationToken)
    {
        (_shuffle, _firstPlace, _count, _learningRate, _cancellation) = (shuffle, firstPlace, count, learningRate, cancellationToken);
        _call = _calls.CallAt(firstPlace);
        _groups.BeginRound();
        _pool.Run(_gradientRound, _gradientWorkers);
        sums = default;
        if (cancellationToken.IsCancellationRequested)
        {
            if (firstPlace == 0)
                _sampler?.BeginAgain();
            return false;
        }
        foreach (ref readonly ErrorSums group in _groupSums.AsSpan())
            sums.Add(group);
        if (!double.IsFinite(sums.Squared))
            return true;
        Steps++;
        if (_clipper is not null)
        {
            _pieces.BeginRound();
            _pool.Run(_normRound, _updateWorkers);
            _clipper.Measure();
        }
        _pieces.BeginRound();
        _pool.Run(_updateRound, _updateWorkers);
        if (_muon is not null)
        {
            _muon.Orthogonalize(_pool, _gradients[0].Pointer);
            _pool.ForEach(_muon.SliceNumbers.Count, _move);
        }
        return true;
    }

    public ErrorSums Measure(PixelRange pixels, CancellationToken cancellationToken)
    {
        ShowResult();
        try
        {
            return NetworkMeter.Measure(_network, pixels, _loader, _tiles, _pool, cancellationToken);
        }
        finally
        {
            HideResult();
        }
    }

    public void Save(Mlp network)
    {
        ShowResult();
        try
        {
            _network.Save(network);
        }
        finally
        {
            HideResult();
        }
    }

    public void CopyState(LearnerSnapshot destination)
    {
        _network.Save(destination.Network);
        foreach (State state in _states)
        {
            ParameterValues values = destination[state.Name];
            if (state.Layers is not null)
                _network.SaveLayers(state.Layers, values.Layers);
            Encoder.Save(state.Tables, values.Tables);
        }
        MeanSquares.CopyTo(destination.TableMeanSquares, 0);
        _sampler?.CopyTo(destination.Errors!);
    }

    public void Restore(LearnerSnapshot source, long steps)
    {
        Steps = steps;
        _network.Load(source.Network);
        foreach (State state in _states)
        {
            ParameterValues values = source[state.Name];
            if (state.Layers is not null)
                _network.LoadLayers(values.Layers, state.Layers);
            Encoder.Load(values.Tables, state.Tables);
        }
        source.TableMeanSquares.CopyTo(MeanSquares, 0);
        _sampler?.Restore(source.Errors!);
    }

    public void Dispose() => _pool.Dispose();

    private Tile CreateTile()
    {
        Tile tile = _network.CreateTile(_plan.TileRows, training: true);
        if (_sampler is not null)
            tile.DrawnRows = new DrawnRows(tile.Capacity);
        return tile;
    }

    /// <summary>Exchanges the weights with those that a run returns, until <see cref="HideResult"/>; the steps never use them.</summary>
    private void ShowResult()
    {
        _average?.Exchange();
        _tableLearner?.ShowFilled(Steps);
    }

    private void HideResult()
    {
        _tableLearner?.HideFilled();
        _average?.Exchange();
    }

    /// <summary>Where the numbers lie that <see cref="LearnerSnapshot"/> knows by name.</summary>
    private IEnumerable<State> StatesOf(OptimizerKind optimizer)
    {
        if (_average is not null)
            yield return new(LearnerSnapshot.Average, _average.Layers, _average.TableAverages);
        AlignedBuffer[] buffers = _muon is null ? [.. _updater.States] : [.. _updater.States, _muon.Velocity];
        foreach ((string name, AlignedBuffer buffer) in optimizer.StateNames.Zip(buffers))
            yield return new(name, buffer, []);
        if (_tableLearner is not AdamTableLearner<TVector, TOps> adam)
            yield break;
        yield return new(LearnerSnapshot.TableMean, null, adam.Means);
        yield return new(LearnerSnapshot.TableVariance, null, adam.Variances);
        if (adam.Accumulates)
            yield return new(LearnerSnapshot.TableGradient, null, adam.Gradients);
    }

    private float[] MeanSquares => (_tableLearner as NovoGradTableLearner<TVector, TOps>)?.MeanSquares ?? [];

    private void TakeGroups(int worker)
    {
        Tile tile = _tiles[worker];
        int asked = 0;
        while (_groups.TryTake(worker, ref asked, out int group))
        {
            ErrorSums sums = default;
            (int first, int count) = _plan.Group(group, _count);
            float* gradient = _gradients[group].Pointer;
            if (count == 0)
                _gradients[group].Span.Clear();
            (PixelShuffle order, int place, int offset) = OrderOf(group, _firstPlace + first);
            for (int done = 0; done < count; done += _plan.TileRows)
            {
                if (_cancellation.IsCancellationRequested)
                    return;
                int rows = Math.Min(_plan.TileRows, count - done);
                _loader.Load(tile, order, place + done, rows, _sampler, offset);
                _tableLearner?.Attach(tile, group, done, rows);
                _network.Forward(tile, rows);
                _sampler?.Note(tile, rows, _network.Colors, _network.Design.OutputCount);
                _network.MeasureLoss(tile, rows, _loss, GradientScale, ref sums);
                _network.Backward(tile, rows, gradient, add: done > 0);
            }
            _groupSums[group] = sums;
        }
    }

    /// <summary>Where a group's pixels come from: the epoch's order, or, where there are tables, that of the group's stripe.</summary>
    /// <param name="group">The group.</param>
    /// <param name="place">The group's first place in the epoch's order.</param>
    /// <returns>The order, the first place in it, and what its numbers count from.</returns>
    private (PixelShuffle Order, int Place, int Offset) OrderOf(int group, int place) =>
        _stripes is [_, ..] && _stripes[group] is { Count: > 0 } stripe
            ? (_shuffle.Part(group, stripe.Count), _plan.PlaceInStripe(group, _calls, _call), stripe.First)
            : (_shuffle, place, 0);

    /// <summary>The workers that are worth calling for some work in some pieces.</summary>
    private static int WorkersFor(long work, long workPerWorker, int pieces) => (int)Math.Min(pieces, 1 + work / workPerWorker);

    private int TableCount => _tableLearner?.Tables.Count ?? 0;

    private void TakeNorms(int worker)
    {
        float** gradients = (float**)Unsafe.AsPointer(ref _gradientPointers[0]);
        int asked = 0;
        while (_pieces.TryTake(worker, ref asked, out int item))
        {
            if (item >= TableCount)
            {
                _clipper!.AddUp(item, _network.Slices[item - TableCount], gradients, _gradients.Length);
                continue;
            }
            _tableLearner!.AddUp(item, _count);
            _clipper!.Note(item, _tableLearner.GradientOf(item)!);
        }
    }

    private void TakeSlices(int worker)
    {
        float** gradients = (float**)Unsafe.AsPointer(ref _gradientPointers[0]);
        // Clipping has added them up into the first.
        int gradientCount = _clipper is null ? _gradients.Length : 1, asked = 0;
        while (_pieces.TryTake(worker, ref asked, out int item))
        {
            if (item < TableCount)
            {
                if (_clipper is null)
                    _tableLearner!.AddUp(item, _count);
                else
                    _clipper.Clip(_tableLearner!.GradientOf(item)!);
                _tableLearner!.Update(item, _count, _learningRate, Steps);
                _average?.AddTable(item, Steps);
                continue;
            }
            int number = item - TableCount;
            ParameterSlice slice = _network.Slices[number];
            _clipper?.Clip(slice, gradients[0]);
            if (_muon is not null && _muon.Owns(number))
            {
                _muon.Accumulate(number, gradients, gradientCount);
                continue;
            }
            _updater.Update(slice, _network.Parameters.Pointer, gradients, gradientCount, RateOf(slice), Steps);
            Finish(slice);
        }
    }

    private void Move(int worker, int item)
    {
        int number = _muon!.SliceNumbers[item];
        _muon.Move(number, _gradients[0].Pointer, RateOf(_network.Slices[number]));
        Finish(_network.Slices[number]);
    }

    /// <summary>What follows the step of a slice.</summary>
    private void Finish(in ParameterSlice slice)
    {
        _average?.Add(slice, Steps);
        _network.Refresh(slice);
    }

    private double RateOf(in ParameterSlice slice) => _learningRate * _rateScale[slice.Layer];

    /// <summary>What all derivatives of the loss by an output share: the mean over the batch, and the colour's scale.</summary>
    private float GradientScale => _network.Colors.Scale / _count * _loss.GradientFactor(_network.Design.OutputCount);

    private double RateScale(int layer) => _options.ScaleRateByFanIn ? 1 / Math.Sqrt(_network.InputsOf(layer) + 1) : 1;

    /// <summary>A number that is remembered for each parameter from step to step.</summary>
    /// <param name="Name">Its name in a <see cref="LearnerSnapshot"/>.</param>
    /// <param name="Layers">For the layers' parameters, laid out as they are; null where it is for the tables alone.</param>
    /// <param name="Tables">For the encoding's tables, laid out as they are; empty where it is for the layers alone.</param>
    private sealed record State(string Name, AlignedBuffer? Layers, IReadOnlyList<AlignedBuffer> Tables);
}
