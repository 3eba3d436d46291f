using MonaLisa.Engine;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.Quality;

/// <summary>
/// Learns what networks that enlarge pictures begin with (src/Engine/Model/enlarging-start.bin) from large, sharp photographs: layers for
/// each kernel, and a network that tells the kernels apart. docs/quality.md says from which. Pictures that are given decide how much it takes
/// to be taken for one of the kernels.
/// </summary>
internal static class EnlargingStartSection
{
    /// <summary>The sizes of the photographs' copies, as shares of the size that <see cref="NeighborhoodLearning.Small"/> gives them.</summary>
    private static readonly double[] Scales = [0.36, 0.33, 0.3, 0.27, 0.25, 0.23, 0.21, 0.19, 0.17, 0.15, 0.13, 0.12];

    /// <summary>The side of the pieces that copies are cut into.</summary>
    private const int Side = 48;

    /// <summary>Pieces are sharpened by up to so much, as cameras and people do.</summary>
    private const float MostSharpening = 1;

    /// <summary>What JPEGs are of, and their qualities.</summary>
    private static readonly ShrinkKernel[] BeforeJpeg = [ShrinkKernel.Bicubic, ShrinkKernel.Area, ShrinkKernel.Lanczos];

    private const int LeastQuality = 75, MostQuality = 95;

    private const int UsualEpochs = 30;

    public static void Run(QualityOptions options)
    {
        FloatPicture[] pictures = [.. PictureFinder.All(options).Select(NeighborhoodLearning.Small)];
        int epochs = options.Steps ?? UsualEpochs;
        var numbers = new List<float>();
        foreach (ShrinkKernel kernel in NeighborhoodStart.Kernels)
        {
            // What is not wanted stays as it is.
            MlpDesign start = NeighborhoodStart.DesignOf(NeighborhoodTask.Enlarge), design = start.With((NeighborhoodEncoding)start.Encoding with { Kernel = kernel });
            Console.WriteLine($"Kernel {kernel}:");
            numbers.AddRange(NeighborhoodLearning.NumbersOf(options.Wants(kernel.ToString())
                ? NeighborhoodLearning.Learn(design, Pairs(pictures, kernel, options.Seed), epochs, options) : new Mlp(design)));
        }
        Console.WriteLine("Kernels told apart:");
        Mlp network = !options.Wants("Kernels") ? NeighborhoodStart.CreateKernelNetwork(channels: 3) : NeighborhoodLearning.Learn(
            NeighborhoodStart.KernelDesign, [.. NeighborhoodStart.ToldApart.SelectMany((kernel, number) =>
                Pairs(pictures, kernel, options.Seed).Select(pair => pair with { Wanted = Answer(pair.Wanted, number) }))], epochs / 3, options);
        Balance(network, [.. PictureFinder.GivenOrAll(options)]);
        numbers.AddRange(NeighborhoodLearning.NumbersOf(network));
        NeighborhoodLearning.Write(options, "enlarging-start.bin", numbers);
    }

    private static List<NeighborhoodPair> Pairs(FloatPicture[] pictures, ShrinkKernel kernel, int seed)
    {
        var random = new Random(seed);
        var pairs = new List<NeighborhoodPair>();
        foreach (FloatPicture picture in pictures)
            foreach (double scale in Scales)
            {
                FloatPicture copy = NeighborhoodLearning.Resize(picture, scale, random.Next(2) == 0 ? ShrinkKernel.Bicubic : ShrinkKernel.Area);
                for (int y = 0; y + Side < copy.Height; y += Side)
                    for (int x = 0; x + Side < copy.Width; x += Side)
                    {
                        FloatPicture piece = copy.Part(x, y, Side + 1, Side + 1).Sharpened(random.NextSingle() * MostSharpening).Rounded(byte.MaxValue);
                        if (kernel != ShrinkKernel.Jpeg)
                        {
                            pairs.Add(EnlargingPairs.Of(piece, random.Next(4), kernel, byte.MaxValue));
                            continue;
                        }
                        NeighborhoodPair plain = EnlargingPairs.Of(piece, phase: 0, BeforeJpeg[random.Next(BeforeJpeg.Length)], byte.MaxValue);
                        pairs.Add(plain with { Seen = EnlargingSection.ThroughJpeg(plain.Seen, random.Next(LeastQuality, MostQuality + 1)) });
                    }
            }
        return pairs;
    }

    private static FloatPicture Answer(FloatPicture copy, int number) =>
        copy with { Values = [.. Enumerable.Range(0, copy.Values.Length).Select(i => i % copy.Channels == number ? 1f : 0f)] };

    /// <summary>Moves the last layer's biases so that whole pictures are taken for what they are, by as much as can be.</summary>
    private static void Balance(Mlp network, PixelDataset[] pictures)
    {
        const double Enough = 0.05, Widest = 0.5, Step = 0.01;
        (int Kernel, double[] Scores)[] samples =
        [
            .. from picture in pictures
               from kernel in NeighborhoodStart.Kernels
               where kernel != ShrinkKernel.Jpeg
               let small = FloatPicture.Of(picture, 0, 0, picture.Width / 2 * 2, picture.Height / 2 * 2)
                   .Resized(kernel, picture.Width / 2, picture.Height / 2)
               select (Math.Max(0, Array.IndexOf(NeighborhoodStart.ToldApart, kernel)), KernelEstimate.Scores([small.Rounded(byte.MaxValue)], network)),
        ];
        double MarginOf((int Kernel, double[] Scores) sample, double[] biases) => Enumerable.Range(0, biases.Length)
            .Where(other => other != sample.Kernel)
            .Min(other => sample.Scores[sample.Kernel] + biases[sample.Kernel] - sample.Scores[other] - biases[other]);
        double[] steps = [.. Enumerable.Range(0, (int)(2 * Widest / Step) + 1).Select(i => i * Step - Widest)];
        double[] best = steps.SelectMany(second => steps.Select(third => (double[])[0, second, third]))
            .MaxBy(biases => samples.Sum(sample => Math.Min(MarginOf(sample, biases), Enough)))!;
        for (int output = 0; output < best.Length; output++)
            network.Layers[^1].Biases[output] += (float)best[output];
        Console.WriteLine($"{samples.Count(sample => MarginOf(sample, best) > 0)} of {samples.Length} copies are taken for what they are.");
    }
}
