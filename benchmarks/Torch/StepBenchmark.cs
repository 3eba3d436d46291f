using System.Diagnostics;
using static TorchSharp.torch;

namespace MonaLisa.Torch;

/// <summary>Times the fastest of some ways to write a step, on batches that lie ready in tensors.</summary>
internal sealed class StepBenchmark
{
    private const int BatchCount = 8, WarmUpSteps = 3;

    private const double LearningRate = 1e-4, TrialSeconds = 0.3;

    private readonly int _batchSize;
    private readonly Tensor[] _inputs, _targets;
    private readonly ITrainingStep _step;
    private readonly string _way;
    private long _next;

    public StepBenchmark(PeerRequest request)
    {
        set_num_threads(request.Threads);
        _batchSize = request.Batch;
        _inputs = [.. Enumerable.Range(0, BatchCount).Select(_ => Coordinates(request.Grid is null))];
        _targets = [.. Enumerable.Range(0, BatchCount).Select(_ => rand(_batchSize, DenseNetwork.OutputCount))];
        (_step, _way) = Ways(request).MaxBy(way => Try(way.Step));
    }

    /// <summary>Which way was taken.</summary>
    public string Name => $"libtorch {__version__}, {_way}";

    /// <summary>Steps for some time, one at least.</summary>
    public (long Pixels, double Seconds) Measure(double seconds) => Measure(_step, seconds);

    private Tensor Coordinates(bool isSymmetric)
    {
        Tensor coordinates = rand(_batchSize, DenseNetwork.CoordinateCount);
        return isSymmetric ? coordinates * 2 - 1 : coordinates;
    }

    private static IEnumerable<(ITrainingStep Step, string Name)> Ways(PeerRequest request)
    {
        if (request.Grid is not { } grid)
        {
            var network = new DenseNetwork(request.Hidden, request.Activation == "sine");
            yield return Named(new LibraryAdamStep(network, LearningRate), "");
            yield return Named(new FlatAdamStep(network, LearningRate), "");
            yield break;
        }
        var places = new GridPlaces(grid);
        var select = new SelectLookup();
        var embedding = new EmbeddingLookup(places.EntryCount, grid.Features);
        var bag = new BagLookup(places.EntryCount, grid.Features);
        GridNetwork Network(ITableLookup lookup) => new(request.Hidden, grid, places, lookup);
        foreach (ITableLookup lookup in (ITableLookup[])[bag, embedding, select])
            yield return Named(new LibraryAdamStep(Network(lookup), LearningRate), $", {lookup.Name}");
        yield return Named(new FlatAdamStep(Network(select), LearningRate), $", {select.Name}");
    }

    private static (ITrainingStep Step, string Name) Named(ITrainingStep step, string rest) => (step, step.Name + rest);

    private double Try(ITrainingStep step)
    {
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < WarmUpSteps && clock.Elapsed.TotalSeconds < TrialSeconds; i++)
            RunNext(step);
        (long pixels, double seconds) = Measure(step, TrialSeconds);
        return pixels / seconds;
    }

    private (long Pixels, double Seconds) Measure(ITrainingStep step, double seconds)
    {
        var clock = Stopwatch.StartNew();
        long steps = 0;
        do
        {
            RunNext(step);
            steps++;
        }
        while (clock.Elapsed.TotalSeconds < seconds);
        return (steps * _batchSize, clock.Elapsed.TotalSeconds);
    }

    private void RunNext(ITrainingStep step)
    {
        int batch = (int)(_next++ % BatchCount);
        step.Run(_inputs[batch], _targets[batch]);
    }
}
