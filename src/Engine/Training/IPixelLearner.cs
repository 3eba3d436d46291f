using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>Trains the weights on pixels.</summary>
internal interface IPixelLearner : IDisposable
{
    /// <summary>Prepares for an epoch, after the end of the one before.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="isUnderWay">Whether a part of it was done before <see cref="Restore"/>.</param>
    void BeginEpoch(int epoch, bool isUnderWay = false);

    /// <summary>Learns from a run of places in the shuffled order: one step, or one for each pixel.</summary>
    /// <param name="shuffle">The epoch's order.</param>
    /// <param name="firstPlace">The first place of one of the epoch's <see cref="EpochCalls"/>.</param>
    /// <param name="count">How many pixels that call has.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="sums">Receives the errors before learning.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns>False where it was ended early; then the weights are as they were before the step under way.</returns>
    bool Learn(
        in PixelShuffle shuffle, int firstPlace, int count, double learningRate, out ErrorSums sums, CancellationToken cancellationToken);

    /// <summary>The most pixels a call of <see cref="Learn"/> takes.</summary>
    int PixelsPerCall { get; }

    /// <summary>Changes of the weights so far.</summary>
    long Steps { get; }

    /// <summary>The errors over some of the picture's pixels.</summary>
    /// <param name="pixels">The pixels, as places in the dataset's order.</param>
    /// <param name="cancellationToken">Ends the measuring with an <see cref="OperationCanceledException"/>.</param>
    ErrorSums Measure(PixelRange pixels, CancellationToken cancellationToken);

    /// <summary>Copies the weights out.</summary>
    void Save(Mlp network);

    /// <summary>Copies out everything that the next steps depend on, and changes nothing.</summary>
    /// <param name="destination">Receives it; made for this network and these options.</param>
    void CopyState(LearnerSnapshot destination);

    /// <summary>
    /// Continues from where <see cref="CopyState"/> was called, on this or another learner of the same network and options.
    /// </summary>
    /// <param name="source">What was copied out.</param>
    /// <param name="steps">The steps that had been done.</param>
    void Restore(LearnerSnapshot source, long steps);

    /// <summary>Provider and instructions.</summary>
    string Provider { get; }

    /// <summary>Threads that learn.</summary>
    int ThreadCount { get; }
}

/// <summary>Chooses how a run learns.</summary>
internal static class PixelLearner
{
    /// <summary>
    /// The learner for the options: pixel by pixel for plain gradient descent with batches of one pixel, by batches otherwise. MKL does not
    /// help with single pixels, but is used where it is asked for.
    /// </summary>
    /// <param name="dataset">The picture.</param>
    /// <param name="network">The weights to start from. The learner may change its tables.</param>
    /// <param name="options">Options with every default filled in.</param>
    public static IPixelLearner Create(PixelDataset dataset, Mlp network, TrainingOptions options)
    {
        if (IsPixelByPixel(network.Design, options))
            return OnlineLearner.Create(dataset, network, options, InstructionSets.Best);
        TiledNetwork tiled = ComputeProviders.CreateNetwork(
            options.Provider, network, training: true, TableOptimizers.FewestShared(options, dataset.TrainingPixelCount));
        return BatchLearner.Create(tiled, dataset, options, options.ThreadCount!.Value);
    }

    /// <summary>Whether a run learns pixel by pixel.</summary>
    public static bool IsPixelByPixel(MlpDesign design, TrainingOptions options) => design.Encoding.Kind == EncodingKind.None && options is
    {
        BatchSize: 1, Optimizer: Optimizer.Sgd, Momentum: null or 0, WeightDecay: null or 0, GradientClip: null, AverageDecay: null,
        Sampling: PixelSampling.Uniform, Provider: not ComputeProvider.Mkl,
    };
}
