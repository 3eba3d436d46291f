using System.Diagnostics;
using static TorchSharp.torch;

namespace MonaLisa.Torch;

/// <summary>Times the faster of the two ways to write a step, on batches that lie ready in tensors.</summary>
internal sealed class StepBenchmark
{
    private const int BatchCount = 8, WarmUpSteps = 3;

    private const double LearningRate = 1e-4, TrialSeconds = 0.3;

    private readonly int _batchSize;
    private readonly Tensor[] _inputs, _targets;
    private readonly ITrainingStep _step;
    private long _next;

    public StepBenchmark(PeerRequest request)
    {
        set_num_threads(request.Threads);
        _batchSize = request.Batch;
        _inputs = [.. Enumerable.Range(0, BatchCount).Select(_ => rand(_batchSize, DenseNetwork.InputCount) * 2 - 1)];
        _targets = [.. Enumerable.Range(0, BatchCount).Select(_ => rand(_batchSize, DenseNetwork.OutputCount))];
        var network = new DenseNetwork(request.Hidden, request.Activation == "sine");
        ITrainingStep[] steps = [new LibraryAdamStep(network, LearningRate), new FlatAdamStep(network, LearningRate)];
        _step = steps.MaxBy(Try)!;
    }

    /// <summary>Which way was taken.</summary>
    public string Name => $"libtorch {__version__}, {_step.Name}";

    /// <summary>Steps for some time, one at least.</summary>
    public (long Pixels, double Seconds) Measure(double seconds) => Measure(_step, seconds);

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
