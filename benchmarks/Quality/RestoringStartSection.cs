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
    /// <summary>The sizes of the photographs' copies, as shares of the size that <see cref="NeighborhoodLearning.Small"/> gives them.</summary>
    private static readonly double[] Scales = [0.42, 0.36, 0.32, 0.28, 0.25, 0.22, 0.19, 0.16, 0.13];

    /// <summary>The side of the pieces that copies are cut into.</summary>
    private const int Side = 96;

    private const int UsualEpochs = 8, Channels = 3;

    /// <summary>
    /// The noise that all pieces have. What counts is the noise beside the contrast: pieces of less contrast stand for more noise, up to twelve
    /// times as much.
    /// </summary>
    private const float Noise = 5f / byte.MaxValue, LeastContrast = 1 / 12f;

    public static void Run(QualityOptions options)
    {
        FloatPicture[] pictures = [.. PictureFinder.All(options).Select(NeighborhoodLearning.Small)];
        Write("denoising-start.bin", Learn("Noise", NeighborhoodTask.Denoise, encoding => encoding with { Noise = Noise }, WithNoise));
        Write("filling-start.bin", [
            .. Learn("Gaps", NeighborhoodTask.Fill, encoding => encoding, WithGaps),
            .. Learn("Lattices", NeighborhoodTask.Fill, encoding => encoding with { IsLattice = true }, WithLattice)]);

        IEnumerable<float> Learn(
            string name, NeighborhoodTask task, Func<NeighborhoodEncoding, NeighborhoodEncoding> choose, Func<FloatPicture, Random, NeighborhoodPair> pair)
        {
            Console.WriteLine($"{name}:");
            MlpDesign start = NeighborhoodStart.DesignOf(task), design = start.With(choose((NeighborhoodEncoding)start.Encoding));
            var random = new Random(options.Seed);
            // What is not wanted stays as it is.
            return NeighborhoodLearning.NumbersOf(!options.Wants(name) ? new Mlp(design) : NeighborhoodLearning.Learn(
                design, [.. Pieces(pictures, random).Select(piece => pair(piece, random))], options.Steps ?? UsualEpochs, options));
        }

        void Write(string file, IEnumerable<float> numbers) => NeighborhoodLearning.Write(options, file, numbers);
    }

    private static IEnumerable<FloatPicture> Pieces(FloatPicture[] pictures, Random random)
    {
        foreach (FloatPicture picture in pictures)
            foreach (double scale in Scales)
            {
                FloatPicture copy = NeighborhoodLearning.Resize(picture, scale, random.Next(2) == 0 ? ShrinkKernel.Bicubic : ShrinkKernel.Area);
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

    /// <summary>A piece with gaps: scattered hidden pixels, scratches, or all pixels but a sparse lattice.</summary>
    private static NeighborhoodPair WithGaps(FloatPicture piece, Random random)
    {
        const double ScatteredShare = 0.5, ScratchedShare = 0.4, LeastHidden = 0.05, MostHidden = 0.97;
        piece = Photographed(piece, random);
        double kind = random.NextDouble();
        if (kind >= ScatteredShare)
            return WithGaps(piece, kind < ScatteredShare + ScratchedShare ? Scratches(random) : AllBut(random.Next(3, 5), random));
        double share = LeastHidden + (MostHidden - LeastHidden) * random.NextDouble();
        return WithGaps(piece, [.. Enumerable.Range(0, Side * Side).Select(_ => random.NextDouble() < share)]);
    }

    /// <summary>A piece of which a lattice is known.</summary>
    private static NeighborhoodPair WithLattice(FloatPicture piece, Random random) => WithGaps(Photographed(piece, random), AllBut(2, random));

    private static NeighborhoodPair WithGaps(FloatPicture piece, bool[] isHidden) => FillingPairs.Of(piece, isHidden, isHidden);

    /// <summary>A piece, sharpened as some pictures are.</summary>
    private static FloatPicture Photographed(FloatPicture piece, Random random) => piece.Sharpened(random.NextSingle()).Rounded(byte.MaxValue);

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
