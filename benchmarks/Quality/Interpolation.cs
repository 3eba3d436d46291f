using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>Classic interpolation of pixels between known ones: the yardstick of what networks paint there.</summary>
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

    /// <summary>Both.</summary>
    public static IReadOnlyList<Interpolation> All { get; } = [Bicubic, Lanczos];

    /// <summary>
    /// The picture at twice its size, its edges where they were. (libvips's own enlarging puts every pixel half a pixel too far to the
    /// left and the top, which costs decibels, and takes a cubic filter for Lanczos.)
    /// </summary>
    /// <returns><c>[height, width, channels]</c>, not clamped.</returns>
    public float[] Enlarge(PixelDataset picture, int width, int height)
    {
        // The first pixel's centre is a quarter of a pixel within the small picture's first.
        const double EdgeShift = 0.25;
        float[] known = new float[picture.PixelCount * picture.Channels];
        picture.CopyRows(0, picture.Height, known);
        return Double(known, picture.Width, picture.Height, width, height, picture.Channels, EdgeShift);
    }

    /// <summary>A picture that keeps its pixels of even column and even row and has all others interpolated from them.</summary>
    /// <returns><c>[height, width, channels]</c>, not clamped.</returns>
    public float[] FromEvenPixels(PixelDataset picture)
    {
        (int width, int height, int channels) = (picture.Width, picture.Height, picture.Channels);
        int knownWidth = (width + 1) / 2, knownHeight = (height + 1) / 2;
        float[] row = new float[width * channels], known = new float[knownWidth * knownHeight * channels];
        for (int y = 0; y < knownHeight; y++)
        {
            picture.CopyRows(2 * y, 1, row);
            for (int x = 0; x < knownWidth; x++)
                row.AsSpan(2 * x * channels, channels).CopyTo(known.AsSpan((y * knownWidth + x) * channels));
        }
        return Double(known, knownWidth, knownHeight, width, height, channels, shift: 0);
    }

    /// <summary>Pixel x of a line is at x / 2 - shift of the known line; beyond its ends the last known pixel goes on.</summary>
    private float[] Double(float[] known, int knownWidth, int knownHeight, int width, int height, int channels, double shift)
    {
        float[] wide = new float[width * knownHeight * channels], result = new float[width * height * channels];
        for (int y = 0; y < knownHeight; y++)
            for (int channel = 0; channel < channels; channel++)
                DoubleLine(
                    known.AsSpan(y * knownWidth * channels + channel), knownWidth, wide.AsSpan(y * width * channels + channel), width,
                    channels, shift);
        for (int x = 0; x < width * channels; x++)
            DoubleLine(wide.AsSpan(x), knownHeight, result.AsSpan(x), height, width * channels, shift);
        return result;
    }

    private void DoubleLine(Span<float> known, int knownLength, Span<float> line, int length, int stride, double shift)
    {
        for (int place = 0; place < length; place++)
        {
            double center = place / 2.0 - shift, sum = 0, weights = 0;
            int left = (int)Math.Floor(center);
            for (int k = left - Reach + 1; k <= left + Reach; k++)
            {
                double weight = Weight(Math.Abs(center - k));
                sum += weight * known[Math.Clamp(k, 0, knownLength - 1) * stride];
                weights += weight;
            }
            line[place * stride] = (float)(sum / weights);
        }
    }

    private static double Cardinal(double x) => Math.Sin(Math.PI * x) / (Math.PI * x);
}
