using System.Diagnostics;
using System.Globalization;
using MonaLisa.Engine;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.Quality;

/// <summary>
/// Pictures with normal noise of known strength, in 8 bits, and the network that removes it, beside filters that people use. PSNR is over all
/// samples of 8 bits.
/// </summary>
internal static class DenoisingSection
{
    private static readonly int[] UsualNoise = [15, 25, 50];

    private const int Seed = 1;

    public static void Run(QualityOptions options)
    {
        PixelDataset[] pictures = [.. PictureFinder.GivenOrAll(options).Select(Resampling.ToEightBits)];
        foreach (int noise in options.Noise is int one ? [one] : UsualNoise)
        {
            var table = new MarkdownTable($"Noise of {noise} of 255 removed", "picture", "noisy, dB", "estimated noise", "network, dB", "SSIM", "seconds");
            var figures = new List<(double Noisy, double Cleaned, double Ssim, double Seconds)>();
            foreach (PixelDataset picture in pictures)
            {
                FloatPicture whole = FloatPicture.Of(picture, 0, 0, picture.Width, picture.Height);
                FloatPicture noisy = WithNoise(whole, noise / 255f).Rounded(byte.MaxValue);
                PixelDataset learned = new(picture.Name, noisy.Width, noisy.Height, Enlarger.ToBytes(noisy), channels: noisy.Channels);
                Painted.Write(options, $"{picture.Name} noise {noise} before", whole.Width, whole.Height, whole.Channels, Painted.Rows(noisy.Values, whole.Width * whole.Channels));
                var clock = Stopwatch.StartNew();
                (Mlp network, FloatPicture painted) = Neighborhoods.Paint(
                    learned, new NeighborhoodEncoding { Task = NeighborhoodTask.Denoise, Noise = options.Told ? noise / 255f : 0 }, options);
                double seconds = clock.Elapsed.TotalSeconds;
                FloatPicture rounded = painted.Rounded(byte.MaxValue);
                var (before, after) = (Neighborhoods.Measure(picture, noisy), Neighborhoods.Measure(picture, rounded));
                figures.Add((before.Psnr, after.Psnr, after.Ssim, seconds));
                Painted.Write(options, $"{picture.Name} noise {noise} after", whole.Width, whole.Height, whole.Channels, Painted.Rows(rounded.Values, whole.Width * whole.Channels));
                Add(table, picture.Name, (((NeighborhoodEncoding)network.Design.Encoding).Noise * 255).ToString("F1", CultureInfo.InvariantCulture), figures[^1]);
            }
            Add(table, "mean", "", (figures.Average(each => each.Noisy), figures.Average(each => each.Cleaned),
                figures.Average(each => each.Ssim), figures.Average(each => each.Seconds)));
            MarkdownTable.End();
        }
    }

    /// <summary>A picture with normal noise, not rounded.</summary>
    public static FloatPicture WithNoise(FloatPicture picture, float noise)
    {
        var random = new RandomSource(Seed);
        return DenoisingPairs.WithNoise(picture, noise, ref random);
    }

    private static void Add(MarkdownTable table, string name, string noise, (double Noisy, double Cleaned, double Ssim, double Seconds) each) => table.Add(
        name, Format.Decibels(each.Noisy), noise, Format.Decibels(each.Cleaned), Format.Similarity(each.Ssim),
        each.Seconds.ToString("F1", CultureInfo.InvariantCulture));
}
