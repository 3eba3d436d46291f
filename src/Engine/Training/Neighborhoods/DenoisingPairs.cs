using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>
/// What a network learns from that removes noise: the picture without its noise, as far as the learned start removes it, made smaller and
/// sharper, so that little is left of what the start did; beside it the same with new noise, as much as the picture has.
/// </summary>
internal static class DenoisingPairs
{
    /// <summary>Sizes of the copies.</summary>
    private static readonly double[] Scales = [0.5, 0.6, 0.7, 0.8];

    /// <summary>How much the copies are sharpened.</summary>
    private const float Sharpening = 0.5f;

    private const int Seed = 1;

    /// <summary>Pixels to learn for each of the picture's: four views of each of the copies'.</summary>
    public static double PixelsOfOne => 4 * Scales.Sum(scale => scale * scale);

    /// <summary>The pairs of a picture.</summary>
    /// <param name="parts">The picture or parts of it.</param>
    /// <param name="noise">The standard deviation of its noise, of samples in [0, 1], above 0.</param>
    /// <param name="most">The largest value of a sample: 255 or 65535.</param>
    /// <param name="provider">What computes the matrix products.</param>
    /// <param name="threadCount">Threads, or null for one a processor core.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static IEnumerable<NeighborhoodPair> Of(
        IEnumerable<FloatPicture> parts, float noise, int most, ComputeProvider provider, int? threadCount, CancellationToken cancellationToken)
    {
        var random = new RandomSource(Seed);
        var clipped = new ClippedNoise(noise);
        var pairs = new List<NeighborhoodPair>();
        foreach (FloatPicture part in parts)
        {
            FloatPicture clean = Cleaned(part, noise, provider, threadCount, cancellationToken);
            foreach (double scale in Scales)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int width = Math.Max(1, (int)(clean.Width * scale)), height = Math.Max(1, (int)(clean.Height * scale));
                FloatPicture copy = clean.Resized(ShrinkKernel.Area, width, height).Sharpened(Sharpening);
                FloatPicture seen = WithNoise(copy, noise, ref random).Rounded(most);
                FloatPicture wanted = copy with { Values = [.. copy.Values.Select((sample, at) => IsAlpha(copy, at) ? sample : clipped.MeanOf(sample))] };
                pairs.Add(new NeighborhoodPair(wanted.Doubled(), seen, Scale: 2 * scale));
            }
        }
        return pairs;
    }

    /// <summary>A picture with normal noise on all samples but alpha.</summary>
    public static FloatPicture WithNoise(FloatPicture picture, float noise, ref RandomSource random)
    {
        float[] values = (float[])picture.Values.Clone();
        for (int at = 0; at < values.Length; at++)
            if (!IsAlpha(picture, at))
                values[at] += random.NextNormal(noise);
        return picture with { Values = values };
    }

    private static bool IsAlpha(FloatPicture picture, int at) => at % picture.Channels == NeighborhoodFeature.Alpha;

    private static FloatPicture Cleaned(
        FloatPicture part, float noise, ComputeProvider provider, int? threadCount, CancellationToken cancellationToken)
    {
        MlpDesign start = NeighborhoodStart.DesignOf(NeighborhoodTask.Denoise) with { OutputCount = part.Channels };
        var network = new Mlp(start.With(
            (NeighborhoodEncoding)start.Encoding with { Width = part.Width, Height = part.Height, Channels = part.Channels, Noise = noise }));
        part.Values.CopyTo(network.EncodingTensors[0].Values, 0);
        var clean = new FloatPicture(part.Width, part.Height, part.Channels);
        using var renderer = new ImageRenderer(network, provider, threadCount, cancellationToken);
        renderer.Render(part.Width, part.Height, 0, part.Height, clean.Values, cancellationToken);
        return clean;
    }
}
