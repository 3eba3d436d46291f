using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>Chooses how a run learns.</summary>
internal static class PixelLearners
{
    /// <summary>
    /// The learner for the options: pixel by pixel where they describe plain gradient descent so, by any loss; by batches otherwise.
    /// MKL has nothing to offer a single pixel, but who pins it gets it.
    /// </summary>
    /// <param name="dataset">The picture.</param>
    /// <param name="network">The weights to start from.</param>
    /// <param name="options">Options with every default filled in.</param>
    public static IPixelLearner Create(PixelDataset dataset, Mlp network, TrainingOptions options)
    {
        if (IsPixelByPixel(network.Design, options))
            return OnlineLearner.Create(dataset, network, options, InstructionSets.Best);
        TiledNetwork tiled = ComputeProviders.CreateNetwork(options.Provider, network, training: true);
        return new BatchLearner(tiled, dataset, options, options.ThreadCount!.Value);
    }

    /// <summary>Whether a run learns pixel by pixel.</summary>
    public static bool IsPixelByPixel(MlpDesign design, TrainingOptions options) => design.Encoding.Kind == EncodingKind.None && options is
    {
        BatchSize: 1, Optimizer: Optimizer.Sgd, Momentum: null or 0, WeightDecay: null or 0, GradientClip: null, AverageDecay: null,
        Sampling: PixelSampling.Uniform, Provider: not ComputeProvider.Mkl,
    };
}
