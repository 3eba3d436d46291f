using System.Runtime.InteropServices;
using MonaLisa.Engine;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.Quality;

/// <summary>How networks that see neighbourhoods learn what they begin with, from photographs.</summary>
internal static class NeighborhoodLearning
{
    /// <summary>
    /// The photographs' longer side at first. Copies are smaller, and so sharp; larger ones teach to sharpen what is sharp already.
    /// </summary>
    private const int LongerSide = 1536;

    /// <summary>A photograph of eight bits, its longer side at most <see cref="LongerSide"/>.</summary>
    public static FloatPicture Small(PixelDataset picture)
    {
        double scale = Math.Min(1, (double)LongerSide / Math.Max(picture.Width, picture.Height));
        FloatPicture whole = FloatPicture.Of(Resampling.ToEightBits(picture), 0, 0, picture.Width, picture.Height);
        return Resize(whole, scale, ShrinkKernel.Area);
    }

    /// <summary>A copy of another size, of eight bits.</summary>
    public static FloatPicture Resize(FloatPicture picture, double scale, ShrinkKernel kernel) =>
        scale == 1 ? picture : picture.Resized(kernel, (int)(picture.Width * scale), (int)(picture.Height * scale)).Rounded(byte.MaxValue);

    /// <summary>Trains a network from random weights.</summary>
    public static Mlp Learn(MlpDesign design, List<NeighborhoodPair> pairs, int epochs, QualityOptions options)
    {
        // A rule of its own leaves out the start that is to be learned.
        var network = new Mlp(design with { Seed = options.Seed, Initialization = WeightInitialization.He });
        NeighborhoodLesson lesson = NeighborhoodLesson.Of(pairs, network);
        TrainingOptions training = new TrainingOptions
        {
            Seed = options.Seed, BatchSize = 512, LearningRate = 2e-3, Epochs = epochs, ThreadCount = options.Threads,
        }.WithDefaults(design);
        using IPixelLearner learner = PixelLearner.Create(lesson.Pixels, lesson.Network, training);
        new TrainingLoop(
            lesson.Pixels, network, training, learner, progress: null,
            epoch => Console.WriteLine($"Epoch {epoch.Epoch}: {epoch.Psnr:F3} dB, {epoch.Elapsed.TotalSeconds:F0} s.")).Run(CancellationToken.None);
        return network;
    }

    /// <summary>The weights and biases, layer by layer.</summary>
    public static IEnumerable<float> NumbersOf(Mlp network) => network.Layers.SelectMany(layer => layer.Weights.Concat(layer.Biases));

    /// <summary>Writes numbers as halves.</summary>
    public static void Write(QualityOptions options, string file, IEnumerable<float> numbers)
    {
        Half[] halves = [.. numbers.Select(number => (Half)number)];
        File.WriteAllBytes(Path.Combine(options.Folder ?? ".", file), MemoryMarshal.AsBytes<Half>(halves).ToArray());
    }
}
