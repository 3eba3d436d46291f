using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>What a network learns from that enlarges: the picture and smaller copies of it, each beside its own half-size copy.</summary>
internal static class EnlargingPairs
{
    /// <summary>Each copy is halved from four places a pixel apart: another half-size picture each time.</summary>
    public const int Phases = 4;

    /// <summary>Sizes of the copies, the largest first.</summary>
    private static readonly double[] Scales = [1, 0.9, 0.8];

    /// <summary>Pixels to learn for each of the picture's.</summary>
    public static double PixelsOfOne => Scales.Sum(scale => scale * scale) * Phases;

    /// <summary>The pairs of a picture.</summary>
    /// <param name="parts">The picture or parts of it, at least 2 x 2 pixels.</param>
    /// <param name="kernel">How it was made smaller.</param>
    /// <param name="most">The largest value of a sample: 255 or 65535.</param>
    /// <param name="mostPixels">The pixels to learn at most, about.</param>
    public static IEnumerable<NeighborhoodPair> Of(IEnumerable<FloatPicture> parts, ShrinkKernel kernel, int most, long mostPixels)
    {
        if (kernel == ShrinkKernel.Jpeg)
            kernel = ShrinkKernel.Area;
        long left = mostPixels;
        foreach (FloatPicture part in parts)
            foreach (double scale in Scales)
            {
                FloatPicture copy = scale == 1 ? part : Smaller(part, scale, kernel).Rounded(most);
                for (int phase = 0; phase < Phases; phase++)
                {
                    left -= (long)copy.Width * copy.Height;
                    yield return Of(copy, phase, kernel, most, scale);
                    if (left < (long)copy.Width * copy.Height)
                        yield break;
                }
            }
    }

    /// <summary>The pair of a copy and its half-size copy, both perhaps turned.</summary>
    /// <param name="copy">The copy, at least 2 x 2 pixels.</param>
    /// <param name="phase">From which of four places it is halved, 0 to 3; 1 and 2 are turned.</param>
    /// <param name="kernel">How it is halved.</param>
    /// <param name="most">The largest value of a sample: 255 or 65535.</param>
    /// <param name="scale">The copy's size as a share of the picture's.</param>
    public static NeighborhoodPair Of(FloatPicture copy, int phase, ShrinkKernel kernel, int most, double scale = 1)
    {
        // Of a side of two or three pixels there is only one whole half.
        int x = copy.Width > 3 ? phase & 1 : 0, y = copy.Height > 3 ? phase >> 1 : 0;
        FloatPicture part = copy.Part(x, y, (copy.Width - x) / 2 * 2, (copy.Height - y) / 2 * 2);
        FloatPicture small = part.Resized(kernel, part.Width / 2, part.Height / 2).Rounded(most);
        return phase is 1 or 2
            ? new NeighborhoodPair(part.Turned(), small.Turned(), x, y, scale, IsTurned: true)
            : new NeighborhoodPair(part, small, x, y, scale);
    }

    private static FloatPicture Smaller(FloatPicture part, double scale, ShrinkKernel kernel) =>
        part.Resized(kernel, Math.Max(2, (int)(part.Width * scale)), Math.Max(2, (int)(part.Height * scale)));
}
