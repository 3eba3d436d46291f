using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Estimates the standard deviation of a picture's noise from its plainest blocks: what these have of high frequencies in the cosine transform is
/// noise (after Ponomarenko et al. 2007).
/// </summary>
internal static class NoiseEstimate
{
    /// <summary>The least estimate, of samples in [0, 1]: a quarter of a step of 8 bits.</summary>
    public const float Least = 0.25f / byte.MaxValue;

    /// <summary>The side of a block.</summary>
    private const int Side = 8;

    /// <summary>Blocks of a channel to look at, about.</summary>
    private const double UsualCount = 20_000;

    /// <summary>Frequencies across and down together: up to the first a block's shape, from the second on its noise.</summary>
    private const int LastOfShape = 3, FirstOfNoise = 7;

    /// <summary>One in so many blocks is plain, and there must be so many.</summary>
    private const int PlainShare = 10, FewestPlain = 8;

    /// <summary>The side of the middle part of a large picture that is looked at.</summary>
    private const int MostSide = 1024;

    private static readonly float[] Cosines = [.. from frequency in Enumerable.Range(0, Side)
                                                  from place in Enumerable.Range(0, Side)
                                                  select (float)(Math.Sqrt((frequency == 0 ? 1.0 : 2.0) / Side) * Math.Cos((2 * place + 1) * frequency * Math.PI / (2 * Side)))];

    /// <summary>The pixels along a picture's shorter side below which there are too few blocks to see noise in.</summary>
    public const int SmallestSide = 16;

    /// <summary>The standard deviation of a sample's noise, of samples in [0, 1], at least <see cref="Least"/>.</summary>
    /// <param name="picture">The picture; its alpha has no noise, and pixels under full transparency have no colour.</param>
    /// <param name="cancellationToken">Ends the estimate with an <see cref="OperationCanceledException"/>.</param>
    public static float Of(PixelDataset picture, CancellationToken cancellationToken = default)
    {
        int width = Math.Min(MostSide, picture.Width), height = Math.Min(MostSide, picture.Height);
        int left = (picture.Width - width) / 2, top = (picture.Height - height) / 2;
        PixelRoleMap? roles = picture.Partition?.ToMap(picture.PixelCount);
        Block[] blocks =
        [
            .. Blocks(FloatPicture.Of(picture, left, top, width, height), (x, y) => roles?[(top + y) * picture.Width + left + x] is null or PixelRole.Training,
                cancellationToken),
        ];
        // Where noise is clipped at black or white, there is less of it; how far from them that is depends on the noise.
        const double Usual = 0.15, Most = 0.4, Deviations = 2.5;
        double first = Of(blocks, Usual) ?? Of(blocks, 0) ?? 0;
        return (float)Math.Max(Least, Of(blocks, Math.Min(Most, Deviations * first)) ?? first);
    }

    /// <summary>The estimate from the blocks whose means are so far from black and white; null where these are too few.</summary>
    private static double? Of(Block[] blocks, double distance)
    {
        // A block of one colour was painted, not taken: a frame, say.
        const float Plain = 1e-9f;
        Block[] inside = [.. blocks.Where(block => block.Shape > Plain && block.Mean >= distance && block.Mean <= 1 - distance).OrderBy(block => block.Shape)];
        int plain = inside.Length / PlainShare;
        if (plain < FewestPlain)
            return null;
        // The median of the frequencies: a texture has some of them.
        double[] variances = [.. Enumerable.Range(0, inside[0].Noise.Length)
            .Select(frequency => inside.Take(plain).Average(block => (double)block.Noise[frequency])).Order()];
        return Math.Sqrt(variances[variances.Length / 2]);
    }

    private static IEnumerable<Block> Blocks(FloatPicture picture, Func<int, int, bool> isSeen, CancellationToken cancellationToken)
    {
        int step = Math.Clamp((int)Math.Sqrt(picture.Width * picture.Height / UsualCount), 1, Side);
        for (int channel = 0; channel < Math.Min(NeighborhoodFeature.Alpha, picture.Channels); channel++)
            for (int y = 0; y + Side <= picture.Height; y += step)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (int x = 0; x + Side <= picture.Width; x += step)
                    if (isSeen(x, y) && isSeen(x + Side - 1, y) && isSeen(x, y + Side - 1) && isSeen(x + Side - 1, y + Side - 1))
                        yield return BlockAt(picture, x, y, channel);
            }
    }

    private static Block BlockAt(FloatPicture picture, int x, int y, int channel)
    {
        Span<float> across = stackalloc float[Side * Side];
        for (int row = 0; row < Side; row++)
            for (int frequency = 0; frequency < Side; frequency++)
            {
                float sum = 0;
                for (int column = 0; column < Side; column++)
                    sum += Cosines[frequency * Side + column] * picture.Values[((y + row) * picture.Width + x + column) * picture.Channels + channel];
                across[frequency * Side + row] = sum;
            }
        float mean = 0, shape = 0;
        var noise = new List<float>();
        for (int i = 0; i < Side; i++)
            for (int j = 0; j < Side; j++)
            {
                if (i + j > LastOfShape && i + j < FirstOfNoise)
                    continue;
                float sum = 0;
                for (int row = 0; row < Side; row++)
                    sum += Cosines[j * Side + row] * across[i * Side + row];
                if (i + j == 0)
                    mean = sum / Side;
                else if (i + j <= LastOfShape)
                    shape += sum * sum;
                else
                    noise.Add(sum * sum);
            }
        return new Block(mean, shape, [.. noise]);
    }

    /// <summary>What is told of a block of one channel.</summary>
    /// <param name="Mean">The mean of its samples.</param>
    /// <param name="Shape">The energy of its low frequencies.</param>
    /// <param name="Noise">That of each of its high ones.</param>
    private readonly record struct Block(float Mean, float Shape, float[] Noise);
}
