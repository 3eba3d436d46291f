using System.Diagnostics;
using MonaLisa.Engine;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Training;

namespace MonaLisa.Benchmarks;

/// <summary>
/// Whole training steps of this engine, called as a run calls them: loading, forward, loss, backward, reduction and optimizer.
/// </summary>
internal sealed class EngineTraining : IContestant
{
    private readonly IPixelLearner _learner;
    private readonly PixelDataset _picture;
    private readonly int _pixelsPerCall;
    private readonly double _learningRate;
    private PixelShuffle _shuffle;
    private int _epoch, _place;

    /// <summary>Steps with the given options.</summary>
    public EngineTraining(string name, MlpDesign design, TrainingOptions options)
    {
        var network = new Mlp(design);
        Name = name;
        WorkPerPixel = 6.0 * network.LayerWeightCount;
        _picture = SyntheticPicture.Create();
        _learningRate = options.LearningRate!.Value;
        _learner = PixelLearner.Create(_picture, network, options);
        _pixelsPerCall = _learner.PixelsPerCall;
        _place = _picture.PixelCount;
    }

    public string Name { get; }

    public double WorkPerPixel { get; }

    /// <summary>Adam at a rate that never diverges, since the time of a step does not depend on it.</summary>
    public static EngineTraining Create(NetworkCase network, int batch, int threads, ComputeProvider provider, string? name = null) =>
        new(name ?? provider.ToString(), network.Design, new TrainingOptions
        {
            BatchSize = batch, ThreadCount = threads, Provider = provider, LearningRate = 1e-4,
        });

    public double Measure(double seconds)
    {
        var clock = Stopwatch.StartNew();
        long pixels = 0;
        do
            pixels += Step();
        while (clock.Elapsed.TotalSeconds < seconds);
        return pixels / clock.Elapsed.TotalSeconds;
    }

    /// <summary>One step; returns its pixels.</summary>
    public int Step()
    {
        if (_place + _pixelsPerCall > _picture.PixelCount)
        {
            _shuffle = new PixelShuffle(_picture.PixelCount, MlpDesign.DefaultSeed, ++_epoch);
            _place = 0;
        }
        _learner.Learn(_shuffle, _place, _pixelsPerCall, _learningRate, out ErrorSums sums, CancellationToken.None);
        if (!double.IsFinite(sums.Squared))
            throw new InvalidOperationException($"{Name}: the loss is {sums.Squared}; its time says nothing.");
        _place += _pixelsPerCall;
        return _pixelsPerCall;
    }

    public void Dispose() => _learner.Dispose();
}
