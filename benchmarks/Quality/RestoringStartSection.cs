using System.Runtime.InteropServices;
using MonaLisa.Engine;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.Quality;

/// <summary>
/// Learns what networks that remove noise and fill gaps begin with (src/Engine/Model/denoising-start.bin and filling-start.bin) from large,
/// sharp photographs, which docs/quality.md names.
/// </summary>
internal static class RestoringStartSection
{
    /// <summary>The sizes of the photographs' copies, as shares of the size that <see cref="EnlargingStartSection.Small"/> gives them.</summary>
    private static readonly double[] Scales = [0.42, 0.36, 0.32, 0.28, 0.25, 0.22, 0.19, 0.16, 0.13];

    /// <summary>The side of the pieces that copies are cut into.</summary>
    private const int Side = 96;

    private const int UsualEpochs = 5, Channels = 3;

    /// <summary>
    /// The noise that all pieces have. What counts is the noise beside the contrast: pieces of less contrast stand for more noise, up to twelve
    /// times as much.
    /// </summary>
    private const float Noise = 5f / byte.MaxValue, LeastContrast = 1 / 12f;

    public static void Run(QualityOptions options)
    {
        FloatPicture[] pictures = [.. PictureFinder.All(options).Select(EnlargingStartSection.Small)];
        foreach (NeighborhoodTask task in (NeighborhoodTask[])[NeighborhoodTask.Denoise, NeighborhoodTask.Fill])
            if (options.Wants(task.ToString()))
                Learn(task, pictures, options);
    }

    private static void Learn(NeighborhoodTask task, FloatPicture[] pictures, QualityOptions options)
    {
        Console.WriteLine($"{task}:");
        MlpDesign design = NeighborhoodStart.DesignOf(task);
        if (task == NeighborhoodTask.Denoise)
            design = design.With((NeighborhoodEncoding)design.Encoding with { Noise = Noise });
        var random = new Random(options.Seed);
        List<NeighborhoodPair> pairs =
            [.. Pieces(pictures, random).Select(piece => task == NeighborhoodTask.Denoise ? WithNoise(piece, random) : WithGaps(piece, random))];
        Mlp network = EnlargingStartSection.Learn(design, pairs, options.Steps ?? UsualEpochs, options);
        EnlargingStartSection.Write(options, task == NeighborhoodTask.Denoise ? "denoising-start.bin" : "filling-start.bin", EnlargingStartSection.NumbersOf(network));
    }

    private static IEnumerable<FloatPicture> Pieces(FloatPicture[] pictures, Random random)
    {
        foreach (FloatPicture picture in pictures)
            foreach (double scale in Scales)
            {
                FloatPicture copy = EnlargingStartSection.Resize(picture, scale, random.Next(2) == 0 ? ShrinkKernel.Bicubic : ShrinkKernel.Area);
                for (int y = 0; y + Side <= copy.Height; y += Side)
                    for (int x = 0; x + Side <= copy.Width; x += Side)
                        yield return copy.Part(x, y, Side, Side);
            }
    }

    /// <summary>A piece of some contrast and brightness, and what it is with noise: of each sample, or of the luma alone, as grey pictures have it.</summary>
    private static NeighborhoodPair WithNoise(FloatPicture piece, Random random)
    {
        const double GreyShare = 0.15, GreyNoiseShare = 0.15;
        float contrast = MathF.Pow(LeastContrast, random.NextSingle()), offset = (1 - contrast) * random.NextSingle();
        bool hasGreyNoise = random.NextDouble() < GreyNoiseShare;
        if (hasGreyNoise || random.NextDouble() < GreyShare)
            piece = Grey(piece);
        FloatPicture clean = Mapped(piece, sample => sample * contrast + offset);
        var source = new RandomSource((ulong)random.NextInt64());
        if (hasGreyNoise)
        {
            float[] noise = [.. Enumerable.Range(0, Side * Side).Select(_ => source.NextNormal(Noise / Math.Sqrt(Channels)))];
            return new NeighborhoodPair(clean.Doubled(), clean with { Values = [.. clean.Values.Select((sample, at) => sample + noise[at / Channels])] });
        }
        FloatPicture seen = DenoisingPairs.WithNoise(clean, Noise, ref source);
        if (random.Next(2) == 0)
            return new NeighborhoodPair(clean.Doubled(), seen);
        // The other half has its noise clipped where the piece has its black and white.
        var clipped = new ClippedNoise(Noise / contrast);
        return new NeighborhoodPair(
            Mapped(piece, sample => clipped.MeanOf(sample) * contrast + offset).Doubled(),
            Mapped(seen, sample => Math.Clamp(sample, offset, offset + contrast)));
    }

    private static FloatPicture Grey(FloatPicture piece) => piece with
    {
        Values = [.. Enumerable.Range(0, piece.Values.Length).Select(at => piece.Values.AsSpan(at / Channels * Channels, Channels).ToArray().Average())],
    };

    private static FloatPicture Mapped(FloatPicture picture, Converter<float, float> map) => picture with { Values = Array.ConvertAll(picture.Values, map) };

    /// <summary>A piece with gaps: a lattice of known pixels, scattered hidden ones, or scratches.</summary>
    private static NeighborhoodPair WithGaps(FloatPicture piece, Random random)
    {
        const double HalvedShare = 0.45, ScatteredShare = 0.3, SparserShare = 0.05, LeastHidden = 0.05, MostHidden = 0.97;
        piece = piece.Sharpened(random.NextSingle()).Rounded(byte.MaxValue);
        bool[] isHidden;
        double kind = random.NextDouble();
        if (kind < HalvedShare)
            isHidden = AllBut(2, random);
        else if (kind < HalvedShare + SparserShare)
            isHidden = AllBut(random.Next(3, 5), random);
        else if (kind < HalvedShare + SparserShare + ScatteredShare)
        {
            double share = LeastHidden + (MostHidden - LeastHidden) * random.NextDouble();
            isHidden = [.. Enumerable.Range(0, Side * Side).Select(_ => random.NextDouble() < share)];
        }
        else
            isHidden = Scratches(random);
        return new NeighborhoodPair(piece.Doubled(), NeighborhoodPicture.Hide(piece, isHidden)) { Learned = isHidden };
    }

    private static bool[] AllBut(int step, Random random)
    {
        int left = random.Next(step), top = random.Next(step);
        return [.. Enumerable.Range(0, Side * Side).Select(pixel => pixel % Side % step != left || pixel / Side % step != top)];
    }

    private static bool[] Scratches(Random random)
    {
        const int Count = 10;
        const double HalfLength = 25, LeastHalfWidth = 0.5, MostHalfWidth = 4;
        var isHidden = new bool[Side * Side];
        for (int scratch = 0; scratch < Count; scratch++)
        {
            double x = random.NextDouble() * Side, y = random.NextDouble() * Side;
            (double sine, double cosine) = Math.SinCos(random.NextDouble() * Math.PI);
            double halfWidth = LeastHalfWidth + (MostHalfWidth - LeastHalfWidth) * random.NextDouble();
            for (int pixel = 0; pixel < isHidden.Length; pixel++)
            {
                double across = pixel % Side - x, down = pixel / Side - y;
                isHidden[pixel] |= Math.Abs(across * sine - down * cosine) < halfWidth && Math.Abs(across * cosine + down * sine) < HalfLength;
            }
        }
        return isHidden;
    }
}
