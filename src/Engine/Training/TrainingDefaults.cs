using System.ComponentModel;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine;

/// <summary>The defaults for a picture: network and training.</summary>
internal static class TrainingDefaults
{
    /// <summary>The picture's size where none is known.</summary>
    public const int UsualSide = 512;

    /// <summary>
    /// The root of the mean squared error, in steps of the picture's samples, below which the painted picture can hardly be told
    /// from it: a sixth of the half step that changes a sample.
    /// </summary>
    private const double InvisibleError = 0.08;

    /// <summary>The peak of a short run's learning rate, for a whole picture.</summary>
    private const double DraftRate = 3e-2;

    /// <summary>Sine's frequency for a picture of which less than half is there.</summary>
    private const float SparseOmega = 40;

    /// <summary>
    /// Network and training for a picture. A whole picture gets a grid of about one and a half values a pixel and one hidden layer. A
    /// picture with gaps gets a grid whose vertices share no values, so that gaps can be filled from their rims; one of
    /// which less than half is there, a sine network trained with Muon for a fixed number of epochs at every quality: that fills in
    /// between scattered pixels best, and more epochs would overfit. docs/quality.md has the experiments.
    /// </summary>
    /// <param name="dataset">The picture.</param>
    /// <param name="quality">How good the painting should be.</param>
    /// <param name="seed">Seed of weights and shuffling.</param>
    /// <param name="encoding">The encoding that was chosen, or null: a grid is planned as one, however little of the picture is there.</param>
    public static TrainingPlan For(
        PixelDataset dataset, TrainingQuality quality = TrainingQuality.Standard, int seed = MlpDesign.DefaultSeed, EncodingKind? encoding = null)
    {
        bool isSparse = dataset.TrainingPixelCount < dataset.PixelCount / 2 && encoding != EncodingKind.Grid;
        TrainingPlan plan = isSparse ? Sparse(dataset, seed) : Grid(dataset, quality, seed);
        return plan with { Design = plan.Design with { OutputCount = dataset.Channels } };
    }

    /// <summary>
    /// A network that is to learn a picture. Where the picture has no gaps and <see cref="GridStart.IsFor"/> holds, its tables and some of its
    /// neurons begin with the picture; all else is drawn.
    /// </summary>
    /// <param name="design">The network.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="cancellationToken">Leaves a part of the tables zero.</param>
    public static Mlp NetworkFor(MlpDesign design, PixelDataset picture, CancellationToken cancellationToken = default)
    {
        var network = new Mlp(design);
        if (!GridStart.IsFor(design) || picture.TrainingPixelCount < picture.PixelCount)
            return network;
        GridStart.CopyTo(network);
        PictureTables.Fill(network, picture, cancellationToken);
        return network;
    }

    private static TrainingPlan Grid(PixelDataset dataset, TrainingQuality quality, int seed)
    {
        bool hasGaps = dataset.TrainingPixelCount < dataset.PixelCount;
        GridEncoding grid = hasGaps
            ? GridEncoding.ForGaps(dataset.Width, dataset.Height)
            : GridEncoding.For(dataset.Width, dataset.Height);
        MlpDesign design = new() { HiddenLayers = [64], Activation = Activation.ReLU, Seed = seed };
        return new TrainingPlan(design.With(grid), new TrainingOptions
        {
            Seed = seed,
            Sampling = PixelSampling.ErrorWeighted,
            // A grid gains from a slow start only in so short a run, and then takes a higher rate.
            Schedule = quality == TrainingQuality.Draft ? LearningRateSchedule.OneCycle : LearningRateSchedule.Cosine,
            LearningRate = quality == TrainingQuality.Draft && !hasGaps ? DraftRate : null,
            BatchSize = BatchSize(dataset),
            MaxTime = TimeSpan.FromSeconds(Seconds(quality, dataset.TrainingPixelCount / 1e6)),
            TargetPsnr = 20 * Math.Log10(((1 << dataset.BitDepth) - 1) / InvisibleError),
        });
    }

    private static TrainingPlan Sparse(PixelDataset dataset, int seed) =>
        new(Design(seed) with { Omega = SparseOmega }, new TrainingOptions
        {
            Seed = seed,
            Optimizer = Optimizer.Muon,
            Epochs = SparseEpochs(dataset.TrainingPixelCount),
        });

    /// <summary>After forty epochs a network begins to overfit; a small picture needs more of them for enough steps.</summary>
    private static int SparseEpochs(int pixelCount)
    {
        const int Epochs = 40, FewestSteps = 2500;
        return Math.Max(Epochs, (int)Math.Ceiling((double)FewestSteps * TrainingOptions.DefaultBatchSize / pixelCount));
    }

    /// <summary>
    /// Small pictures need steps, and large ones enough pixels in each for all threads. Where a step looks at the whole of the tables, it
    /// has as many as its picture needs.
    /// </summary>
    private static int BatchSize(PixelDataset dataset)
    {
        const int Fewest = 512, Enough = 1 << 14, Most = 1 << 18;
        (int stepsPerEpoch, int most) = TableOptimizers.For(dataset) switch
        {
            TableOptimizer.AccumulatedAdam => (128, Most),
            TableOptimizer.NovoGrad => (64, Enough),
            _ => (64, Most),
        };
        return Math.Clamp(dataset.TrainingPixelCount / stepsPerEpoch, Fewest, most);
    }

    private static double Seconds(TrainingQuality quality, double megapixels) => quality switch
    {
        TrainingQuality.Draft => 1 + 2 * megapixels,
        TrainingQuality.Standard => 8 + 6 * megapixels,
        TrainingQuality.High => 60 + 20 * megapixels,
        _ => throw new ArgumentOutOfRangeException(nameof(quality), quality, "There is no such quality."),
    };

    /// <summary>An encoding for a picture, its other values chosen by the picture's size.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    public static InputEncoding Encoding(EncodingKind kind, int width = UsualSide, int height = UsualSide) => kind switch
    {
        EncodingKind.Frequency => FrequencyEncoding.For(width, height),
        EncodingKind.Fourier => FourierEncoding.For(width, height),
        EncodingKind.Grid => GridEncoding.For(width, height),
        EncodingKind.Neighborhood => new NeighborhoodEncoding { Width = width, Height = height },
        EncodingKind.Latent => LatentEncoding.For(width, height, MlpDesign.DefaultOutputCount),
        _ => InputEncoding.None,
    };

    /// <summary>An encoding for a picture, its other values chosen by the picture.</summary>
    public static InputEncoding Encoding(EncodingKind kind, PixelDataset picture) => kind switch
    {
        EncodingKind.Neighborhood => NeighborhoodPicture.EncodingFor(picture, new NeighborhoodEncoding()),
        EncodingKind.Latent => LatentEncoding.For(picture.Width, picture.Height, picture.Channels),
        _ => Encoding(kind, picture.Width, picture.Height),
    };

    /// <summary>
    /// The training of a network with latents: so many epochs, so that the result does not depend on the machine's speed.
    /// docs/compression.md has what more of them bring.
    /// </summary>
    /// <param name="quality">How small the file is to be.</param>
    /// <param name="seed">Seed of the order.</param>
    public static TrainingOptions LatentOptions(TrainingQuality quality = TrainingQuality.Standard, int seed = MlpDesign.DefaultSeed) => new()
    {
        Seed = seed,
        Epochs = quality switch
        {
            TrainingQuality.Draft => 10,
            TrainingQuality.Standard => 40,
            TrainingQuality.High => 160,
            _ => throw new ArgumentOutOfRangeException(nameof(quality), quality, "There is no such quality."),
        },
    };

    /// <summary>A network with latents for pictures of some channels.</summary>
    public static MlpDesign LatentDesign(int channels, int seed = MlpDesign.DefaultSeed) => (Design(seed) with
    {
        HiddenLayers = LatentStart.UsualLayers,
        Activation = Activation.ReLU,
        Colors = ColorRange.Unit,
        OutputCount = channels,
    }).With(LatentEncoding.For(UsualSide, UsualSide, channels));

    /// <summary>
    /// The training of a network that sees a picture's neighbourhoods: so many pixels of what it learns from, whatever its size, so that the result does
    /// not depend on the machine's speed. docs/quality.md has what more of them bring.
    /// </summary>
    /// <param name="picture">The picture.</param>
    /// <param name="design">The network; its weights are averaged so that a part of those it begins with is kept, if they are good.</param>
    /// <param name="quality">How good the result is to be.</param>
    /// <param name="seed">Seed of the shuffling.</param>
    /// <param name="givenEpochs">The epochs that it is to have, where they are given: over these the average is taken.</param>
    public static TrainingOptions NeighborhoodOptions(
        PixelDataset picture, MlpDesign design, TrainingQuality quality = TrainingQuality.Standard, int seed = MlpDesign.DefaultSeed,
        int? givenEpochs = null)
    {
        // A picture of a few pixels has seen all of them often enough.
        const int MostEpochs = 200;
        var encoding = design.Encoding as NeighborhoodEncoding ?? new NeighborhoodEncoding();
        bool hasStart = NeighborhoodStart.IsFor(design);
        (int batchSize, double rate, double rateFromStart, double kept, int mostEpochs) = encoding switch
        {
            { Task: NeighborhoodTask.Enlarge, Kernel: ShrinkKernel.Jpeg } => (256, 2e-3, 1e-3, 0.9, MostEpochs),
            { Task: NeighborhoodTask.Enlarge } => (256, 2e-3, 1e-3, 0.4, MostEpochs),
            { Task: NeighborhoodTask.Denoise } => (1024, 1e-3, 2e-4, 0.4, MostEpochs),
            // What a picture's own pixels teach is worth little beside the start, and of a lattice does harm: docs/quality.md has how much.
            _ => (1024, 1e-3, 2e-4, 0.95, hasStart ? 2 : MostEpochs),
        };
        double pixels = quality switch
        {
            TrainingQuality.Draft => 1.5e6,
            TrainingQuality.Standard => 6e6,
            TrainingQuality.High => 24e6,
            _ => throw new ArgumentOutOfRangeException(nameof(quality), quality, "There is no such quality."),
        };
        // The other networks have four times the weights.
        if (encoding.Task != NeighborhoodTask.Enlarge)
            pixels /= encoding.Task == NeighborhoodTask.Fill && hasStart ? 8 : 2;
        long epochPixels = NeighborhoodLesson.CountPixels(picture, encoding.Task);
        int epochs = (int)Math.Clamp(Math.Round(pixels / epochPixels), 1, mostEpochs);
        return new TrainingOptions
        {
            Seed = seed,
            BatchSize = batchSize,
            LearningRate = hasStart ? rateFromStart : rate,
            AverageDecay = hasStart ? Math.Pow(kept, 1 / Math.Ceiling((double)(givenEpochs ?? epochs) * epochPixels / batchSize)) : null,
            Epochs = epochs,
        };
    }

    /// <summary>A network that sees a picture's neighbourhoods.</summary>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="seed">Seed of the weights, where it has layers that did not learn before.</param>
    public static MlpDesign NeighborhoodDesign(NeighborhoodEncoding encoding, int seed = MlpDesign.DefaultSeed) =>
        (NeighborhoodStart.DesignOf(encoding.Task) with { OutputCount = encoding.Channels, Seed = seed }).With(encoding);

    /// <summary>The dense network without an encoding that paints best: SIREN, three hidden layers of 256.</summary>
    /// <param name="seed">Seed of the weights.</param>
    public static MlpDesign Design(int seed = MlpDesign.DefaultSeed) => new() { HiddenLayers = [256, 256, 256], Seed = seed };

    /// <summary>The design of a network whose layers the user chose; coordinates and colours in the range that suits the activation.</summary>
    /// <param name="hiddenLayers">Neurons in each hidden layer.</param>
    /// <param name="activation">The hidden layers' activation.</param>
    /// <param name="seed">Seed of the weights.</param>
    public static MlpDesign Design(IReadOnlyList<int> hiddenLayers, Activation activation = Activation.Sine, int seed = MlpDesign.DefaultSeed) =>
        new() { HiddenLayers = hiddenLayers, Activation = activation, Seed = seed };
}

/// <summary>The choice for a picture: a network and its training.</summary>
/// <param name="Design">The network.</param>
/// <param name="Options">The training; what is null in it has the trainer's default.</param>
internal sealed record TrainingPlan(MlpDesign Design, TrainingOptions Options);

/// <summary>How good the picture is to be: it decides network, time and batches. docs/quality.md has what each reaches.</summary>
public enum TrainingQuality
{
    /// <summary>Recognisable in a second or two.</summary>
    [Description("recognisable in a second or two")]
    Draft,

    /// <summary>Good, in some ten seconds; more for large pictures.</summary>
    [Description("good in some ten seconds, more for large pictures; the default")]
    Standard,

    /// <summary>Hard to tell from the original, in a minute; more for large pictures.</summary>
    [Description("hard to tell from the original, in a minute; more for large pictures")]
    High,
}
