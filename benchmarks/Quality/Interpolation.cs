using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>Classic interpolation of the pixels that lie between those of even column and even row: the yardstick of held-out pixels.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Reach">Known pixels on each side that count.</param>
/// <param name="Weight">The kernel, by the distance in steps of the known lattice.</param>
internal sealed record Interpolation(string Name, int Reach, Func<double, double> Weight)
{
    /// <summary>Keys 1981, "Cubic convolution interpolation for digital image processing", a = -0.5.</summary>
    public static Interpolation Bicubic { get; } = new("bicubic", 2, distance => distance switch
    {
        < 1 => (1.5 * distance - 2.5) * distance * distance + 1,
        < 2 => ((-0.5 * distance + 2.5) * distance - 4) * distance + 2,
        _ => 0,
    });

    /// <summary>The sine cardinal in a window of its own main lobe, three lobes wide (Duchon 1979).</summary>
    public static Interpolation Lanczos { get; } = new("Lanczos 3", 3, distance => distance switch
    {
        0 => 1,
        < 3 => Cardinal(distance) * Cardinal(distance / 3),
        _ => 0,
    });

    /// <summary>
    /// A picture that keeps the pixels of even column and even row and has all others interpolated from them, beyond the edge
    /// from the nearest of them.
    /// </summary>
    /// <returns><c>[height, width, channels]</c>, not clamped.</returns>
    public float[] FromEvenPixels(PixelDataset picture)
    {
        (int width, int height, int channels) = (picture.Width, picture.Height, picture.Channels);
        float[] known = new float[width * height * channels];
        picture.CopyRows(0, height, known);
        float[] alongRows = new float[known.Length], result = new float[known.Length];
        for (int y = 0; y < height; y += 2)
            for (int channel = 0; channel < channels; channel++)
                Line(known, alongRows, y * width * channels + channel, channels, width);
        for (int x = 0; x < width * channels; x++)
            Line(alongRows, result, x, width * channels, height);
        return result;
    }

    private void Line(float[] from, float[] to, int first, int stride, int length)
    {
        int knownCount = (length + 1) / 2;
        for (int place = 0; place < length; place++)
        {
            double center = place / 2.0, sum = 0, weights = 0;
            for (int k = (int)Math.Floor(center) - Reach + 1; k <= (int)Math.Floor(center) + Reach; k++)
            {
                double weight = Weight(Math.Abs(center - k));
                sum += weight * from[first + 2 * Math.Clamp(k, 0, knownCount - 1) * stride];
                weights += weight;
            }
            to[first + place * stride] = (float)(sum / weights);
        }
    }

    private static double Cardinal(double x) => Math.Sin(Math.PI * x) / (Math.PI * x);
}
