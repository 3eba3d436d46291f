using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>Pictures that are computed: the same everywhere, every time.</summary>
internal static class SyntheticPictures
{
    private const int Channels = 3;

    /// <summary>Octaves of noise in a picture with detail, from its whole width down to a 4096th of it.</summary>
    private const int Octaves = 12;

    /// <summary>What an octave is of the one before it: amplitudes by the inverse of the frequency would be photographs' mean.</summary>
    private const double Persistence = 0.6;

    /// <summary>Share of the repeated picture's own detail in an enlarged one.</summary>
    private const double DetailShare = 0.4;

    /// <summary>A drawn icon: a sun over a hill with hard edges, on even colours.</summary>
    public static PixelDataset Icon(int side = 64) => Paint("icon", side, side, (x, y) =>
    {
        double u = (x + 0.5) / side, v = (y + 0.5) / side;
        bool isRing = Math.Max(Math.Abs(u - 0.5), Math.Abs(v - 0.5)) > 0.45;
        bool isSun = Math.Pow(u - 0.66, 2) + Math.Pow(v - 0.34, 2) < 0.025;
        bool isHill = v > 0.62 + 0.12 * Math.Sin(7 * u);
        return isRing ? (0.13, 0.16, 0.22) : isSun ? (1.0, 0.83, 0.25) : isHill ? (0.18, 0.6 - 0.3 * (v - 0.6), 0.3) : (0.45, 0.7, 0.95);
    });

    /// <summary>Clouds of noise with discs on them: detail of every size, and edges.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    public static PixelDataset Detailed(int width, int height)
    {
        double side = Math.Max(width, height);
        return Paint("synthetic", width, height, (x, y) =>
        {
            double u = x / side, v = y / side;
            double red = Noise(u, v, 0), green = 0.6 * red + 0.4 * Noise(u, v, 1), blue = 0.5 * green + 0.5 * Noise(u, v, 2);
            // Discs of one size in each cell of a lattice, a third of them there.
            double shade = 0;
            for (int cells = 6; cells < side / 8; cells *= 3)
            {
                (double cellX, double cellY) = (Math.Floor(u * cells), Math.Floor(v * cells));
                double radius = Math.Sqrt(Math.Pow(u * cells - cellX - 0.5, 2) + Math.Pow(v * cells - cellY - 0.5, 2));
                if (radius < 0.35 && Hash((int)cellX, (int)cellY, cells) < 1.0 / 3)
                    shade += Hash((int)cellX, (int)cellY, cells + 1) - 0.5;
            }
            return (red + 0.5 * shade, green + 0.4 * shade, blue + 0.3 * shade);
        });
    }

    /// <summary>
    /// A picture at another size, usually larger, with its own detail laid over it: the enlarged picture, and on it the picture in its
    /// own size, mirrored from tile to tile.
    /// </summary>
    /// <param name="picture">The picture.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    public static PixelDataset Enlarged(PixelDataset picture, int width, int height)
    {
        PixelDataset large = Resampling.Resize(picture, width, height);
        byte[] samples = new byte[width * height * large.Channels];
        PixelDataset tile = Resampling.ToEightBits(picture);
        double mean = 0;
        foreach (byte sample in tile.Samples8)
            mean += (double)sample / tile.Samples8.Length;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int inTile = Mirror(y, tile.Height) * tile.Width + Mirror(x, tile.Width);
                for (int channel = 0; channel < large.Channels; channel++)
                {
                    int sample = (y * width + x) * large.Channels + channel;
                    double detail = tile.Samples8[inTile * tile.Channels + channel] - mean;
                    samples[sample] = (byte)Math.Clamp(Math.Round(large.Samples8[sample] + DetailShare * detail), 0, byte.MaxValue);
                }
            }
        return new PixelDataset(picture.Name, width, height, samples, channels: large.Channels);
    }

    private static PixelDataset Paint(string name, int width, int height, Func<int, int, (double Red, double Green, double Blue)> colorOf)
    {
        byte[] samples = new byte[width * height * Channels];
        Parallel.For(0, height, y =>
        {
            for (int x = 0; x < width; x++)
            {
                (double red, double green, double blue) = colorOf(x, y);
                int first = (y * width + x) * Channels;
                (samples[first], samples[first + 1], samples[first + 2]) = (ToByte(red), ToByte(green), ToByte(blue));
            }
        });
        return new PixelDataset(name, width, height, samples);
    }

    /// <summary>Octaves of value noise in about [0, 1].</summary>
    private static double Noise(double u, double v, int layer)
    {
        double sum = 0, amplitude = 0.5, frequency = 2;
        for (int octave = 0; octave < Octaves; octave++)
        {
            sum += amplitude * (ValueNoise(u * frequency, v * frequency, layer * Octaves + octave) - 0.5);
            amplitude *= Persistence;
            frequency *= 2;
        }
        return 0.5 + 1.2 * sum;
    }

    /// <summary>Random values on a lattice, interpolated smoothly.</summary>
    private static double ValueNoise(double x, double y, int layer)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        double a = Smooth(x - left), b = Smooth(y - top);
        double above = (1 - a) * Hash(left, top, layer) + a * Hash(left + 1, top, layer);
        double below = (1 - a) * Hash(left, top + 1, layer) + a * Hash(left + 1, top + 1, layer);
        return (1 - b) * above + b * below;
    }

    private static double Smooth(double t) => t * t * (3 - 2 * t);

    /// <summary>A number in [0, 1) that looks random.</summary>
    private static double Hash(int x, int y, int layer)
    {
        uint hash = (uint)x * 0x9E3779B1 ^ (uint)y * 0x85EBCA77 ^ (uint)layer * 0xC2B2AE3D;
        hash = (hash ^ hash >> 15) * 0x2C1B3C6D;
        hash = (hash ^ hash >> 12) * 0x297A2D39;
        return (hash ^ hash >> 15) / 4294967296.0;
    }

    private static int Mirror(int place, int length)
    {
        int phase = place % (2 * length);
        return phase < length ? phase : 2 * length - 1 - phase;
    }

    private static byte ToByte(double color) => (byte)Math.Round(byte.MaxValue * Math.Clamp(color, 0, 1));
}
