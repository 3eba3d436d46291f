using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Learns what pictures of one kind have in common, for networks with latents to start with: one network learns a sheet of their parts, and
/// its numbers, unlike those of a picture's network, may be as far from the start of this program as they like.
/// </summary>
internal static class StartTraining
{
    /// <summary>The epochs where none are asked for: more than for a picture, as this is done once.</summary>
    public const int DefaultEpochs = 300;

    /// <summary>
    /// The hidden layers where none are asked for: more than of the start of this program, because their numbers are not in the files of the
    /// pictures.
    /// </summary>
    public static readonly IReadOnlyList<int> UsualLayers = [32, 32];

    /// <summary>Throws where a start cannot be learned so, from whatever pictures.</summary>
    /// <param name="hiddenLayers">As for <see cref="Learn"/>.</param>
    /// <param name="options">As for <see cref="Learn"/>.</param>
    /// <exception cref="ArgumentException">A value is out of its range, or there are two targets.</exception>
    public static void Validate(IReadOnlyList<int>? hiddenLayers, TrainingOptions options)
    {
        Design(hiddenLayers, MlpDesign.DefaultOutputCount, options).Validate();
        options.Validate();
        LatentTarget.RequireOne(options);
    }

    /// <summary>Learns a start.</summary>
    /// <param name="sheet">Parts of the pictures.</param>
    /// <param name="hiddenLayers">Neurons in each hidden layer; null for <see cref="UsualLayers"/>.</param>
    /// <param name="options">How to train; the targets are what networks that start with it are to reach.</param>
    /// <param name="progress">Called after each epoch, or null.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <returns>A network with latents whose picture is one pixel of the pictures' mean colour.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="LatentTargetException">The target cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public static Mlp Learn(
        PixelDataset sheet, IReadOnlyList<int>? hiddenLayers, TrainingOptions options, Action<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Validate(hiddenLayers, options);
        MlpDesign design = Design(hiddenLayers, sheet.Channels, options);
        using ProcessorShare.Lease share = ProcessorShare.OfProcess.Join();
        using var training = new LatentTraining(
            sheet, new Mlp(design), options.WithDefaults(design), progress, epochDone: null, watchers: null, learnsStart: true);
        Mlp network = training.Run(cancellationToken).Network;
        cancellationToken.ThrowIfCancellationRequested();
        return WithoutPicture(network);
    }

    private static MlpDesign Design(IReadOnlyList<int>? hiddenLayers, int channels, TrainingOptions options) =>
        TrainingDefaults.LatentDesign(channels, options.Seed) with { HiddenLayers = hiddenLayers ?? UsualLayers };

    private static Mlp WithoutPicture(Mlp network)
    {
        LatentEncoding encoding = LatentEncoding.For(1, 1, network.OutputCount);
        ThinKernel kernel = ThinKernel.Of(InstructionSet.Scalar);
        return LatentNetwork.Compose(
            network.Design.With(encoding), new LatentPlanes(encoding), LatentNetwork.ColorsOf(network), LatentEncoding.StepOf(network),
            LatentNetwork.EntropyOf(network, kernel), LatentSynthesis.NetworkOf(network, kernel).Parameters).WithTraining(network.Training);
    }
}
