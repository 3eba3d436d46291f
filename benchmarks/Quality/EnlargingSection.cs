using System.Diagnostics;
using System.Globalization;
using MonaLisa.Engine;
using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Quality;

/// <summary>
/// Pictures made smaller in several ways, rounded to 8 bits, and enlarged again by the network that sees their neighbourhoods; beside what
/// people use instead. PSNR is over red, green and blue of 8 bits, a border of two pixels left out.
/// </summary>
internal static class EnlargingSection
{
    private const int Border = 2;

    private static readonly int[] Scales = [2, 3, 4];

    public static void Run(QualityOptions options)
    {
        ShrinkKernel[] shrunk = options.Filter.Length == 0
            ? [ShrinkKernel.Bicubic, ShrinkKernel.Area]
            : [.. Enum.GetValues<ShrinkKernel>().Where(kernel => kernel is not (ShrinkKernel.Auto or ShrinkKernel.Jpeg) && options.Wants(kernel.ToString()))];
        PixelDataset[] pictures = [.. PictureFinder.GivenOrAll(options).Select(Resampling.ToEightBits)];
        foreach (ShrinkKernel kernel in shrunk)
            foreach (int scale in options.Scale is int one ? [one] : Scales)
                Run(options, pictures, kernel, scale);
    }

    private static void Run(QualityOptions options, PixelDataset[] pictures, ShrinkKernel kernel, int scale)
    {
        string way = $"Enlarged by {scale}, made smaller by {kernel}" + (options.Jpeg is int quality ? $", JPEG of quality {quality}" : "");
        var table = new MarkdownTable(way, "picture", "bicubic, dB", "Lanczos, dB", "network, dB", "network - bicubic", "network - Lanczos", "taken for", "blend");
        Enlarger[] enlargers = [Enlarger.Bicubic, Enlarger.Lanczos, .. Enlarger.Others];
        var figures = enlargers.ToDictionary(enlarger => enlarger.Name, _ => new List<Figures>());
        const string Network = "this network";
        figures[Network] = [];
        foreach (PixelDataset picture in pictures)
        {
            FloatPicture whole = FloatPicture.Of(picture, 0, 0, picture.Width / scale * scale, picture.Height / scale * scale);
            FloatPicture small = whole.Resized(kernel, whole.Width / scale, whole.Height / scale).Rounded(byte.MaxValue);
            if (options.Jpeg is int jpeg)
                small = ThroughJpeg(small, jpeg);
            foreach (Enlarger enlarger in enlargers)
                figures[enlarger.Name].Add(Measure(() => enlarger.Enlarge(small, whole.Width, whole.Height), whole));
            NeighborhoodEncoding? encoding = null;
            figures[Network].Add(Measure(() =>
            {
                (Mlp network, FloatPicture painted) = Enlarge(picture.Name, small, whole, options);
                encoding = (NeighborhoodEncoding)network.Design.Encoding;
                Painted.Write(options, $"{picture.Name} by {scale} from {kernel}", whole.Width, whole.Height, whole.Channels,
                    Painted.Rows(painted.Values, whole.Width * whole.Channels));
                return painted;
            }, whole));
            double bicubic = figures[Enlarger.Bicubic.Name][^1].Psnr, lanczos = figures[Enlarger.Lanczos.Name][^1].Psnr, own = figures[Network][^1].Psnr;
            table.Add(
                picture.Name, Format.Decibels(bicubic), Format.Decibels(lanczos), Format.Decibels(own), Format.Gain(own - bicubic), Format.Gain(own - lanczos),
                encoding!.Kernel.ToString(), encoding.Blend.ToString("F2", CultureInfo.InvariantCulture));
        }
        MarkdownTable.End();
        var means = new MarkdownTable($"{way}, means", "method", "PSNR, dB", "over bicubic", "the least", "SSIM", "seconds");
        foreach ((string name, List<Figures> each) in figures)
        {
            double[] gains = [.. each.Zip(figures[Enlarger.Bicubic.Name]).Select(pair => pair.First.Psnr - pair.Second.Psnr)];
            means.Add(
                name, Format.Decibels(each.Average(one => one.Psnr)), Format.Gain(gains.Average()), Format.Gain(gains.Min()),
                Format.Similarity(each.Average(one => one.Ssim)), each.Average(one => one.Seconds).ToString("F2", CultureInfo.InvariantCulture));
        }
        MarkdownTable.End();
    }

    private static (Mlp Network, FloatPicture Painted) Enlarge(string name, FloatPicture small, FloatPicture whole, QualityOptions options)
    {
        PixelDataset learned = new(name, small.Width, small.Height, Enlarger.ToBytes(small), channels: small.Channels);
        return Neighborhoods.Paint(learned, new NeighborhoodEncoding { Kernel = options.Kernel }, options, whole.Width / small.Width);
    }

    /// <summary>A picture as a JPEG of some quality has it.</summary>
    public static FloatPicture ThroughJpeg(FloatPicture picture, int quality)
    {
        using Image samples = Image.NewFromMemoryCopy(
            Enlarger.ToBytes(picture), picture.Width, picture.Height, picture.Channels, Enums.BandFormat.Uchar);
        using Image image = samples.Copy(interpretation: picture.Channels == 1 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);
        using Image decoded = Image.JpegloadBuffer(image.JpegsaveBuffer(q: quality));
        return Enlarger.ToPicture(decoded.WriteToMemory<byte>(), picture.Width, picture.Height, picture.Channels);
    }

    private static Figures Measure(Func<FloatPicture> enlarge, FloatPicture whole)
    {
        var clock = Stopwatch.StartNew();
        FloatPicture enlarged = enlarge();
        double seconds = clock.Elapsed.TotalSeconds;
        FloatPicture rounded = enlarged.Rounded(byte.MaxValue);
        PixelDataset reference = new("whole", whole.Width, whole.Height, Enlarger.ToBytes(whole), channels: whole.Channels);
        double ssim = QualityMeter.Measure(reference, whole.Channels, Painted.Rows(rounded.Values, whole.Width * whole.Channels))[0].Ssim;
        return new Figures(Psnr(rounded, whole), ssim, seconds);
    }

    private static double Psnr(FloatPicture picture, FloatPicture reference)
    {
        double sum = 0;
        long count = 0;
        for (int y = Border; y < picture.Height - Border; y++)
            for (int x = Border; x < picture.Width - Border; x++)
                for (int channel = 0; channel < picture.Channels; channel++, count++)
                {
                    double error = (picture.Pixel(x, y)[channel] - reference.Pixel(x, y)[channel]) * byte.MaxValue;
                    sum += error * error;
                }
        return 10 * Math.Log10(byte.MaxValue * byte.MaxValue / (sum / count));
    }

    private readonly record struct Figures(double Psnr, double Ssim, double Seconds);
}
