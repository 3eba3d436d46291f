using System.Diagnostics;
using MonaLisa.Engine;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Quality;

/// <summary>
/// Pictures made smaller in several ways, rounded to 8 bits, and enlarged again by the network that sees their neighbourhoods; beside bicubic
/// and Lanczos interpolation. PSNR is over red, green and blue of 8 bits, a border of two pixels left out.
/// </summary>
internal static class EnlargingSection
{
    private const int Border = 2;

    private static readonly int[] Scales = [2, 3, 4];

    public static void Run(QualityOptions options)
    {
        ShrinkKernel[] shrunk = options.Filter.Length == 0
            ? [ShrinkKernel.Bicubic, ShrinkKernel.Area]
            : [.. Enum.GetValues<ShrinkKernel>().Where(kernel => kernel != ShrinkKernel.Auto && options.Wants(kernel.ToString()))];
        PixelDataset[] pictures = [.. PictureFinder.GivenOrAll(options).Select(Resampling.ToEightBits)];
        foreach (ShrinkKernel kernel in shrunk)
            foreach (int scale in options.Scale is int one ? [one] : Scales)
                Run(options, pictures, kernel, scale);
    }

    private static void Run(QualityOptions options, PixelDataset[] pictures, ShrinkKernel kernel, int scale)
    {
        TrainingQuality quality = options.Qualities?[0] ?? TrainingQuality.Standard;
        var table = new MarkdownTable($"Enlarged by {scale}, made smaller by {kernel}",
            "picture", "bicubic, dB", "Lanczos, dB", "network, dB", "network - bicubic", "network - Lanczos", "blend", "seconds");
        var gains = new List<(double Bicubic, double Lanczos)>();
        foreach (PixelDataset picture in pictures)
        {
            FloatPicture whole = FloatPicture.Of(picture, 0, 0, picture.Width / scale * scale, picture.Height / scale * scale);
            FloatPicture small = whole.Resized(kernel, whole.Width / scale, whole.Height / scale).Rounded(byte.MaxValue);
            PixelDataset learned = new(picture.Name, small.Width, small.Height,
                [.. small.Values.Select(value => (byte)MathF.Round(value * byte.MaxValue))], channels: small.Channels);
            double bicubic = Psnr(small.Resized(ShrinkKernel.Bicubic, whole.Width, whole.Height), whole);
            double lanczos = Psnr(small.Resized(ShrinkKernel.Lanczos, whole.Width, whole.Height), whole);
            var clock = Stopwatch.StartNew();
            (Mlp network, float[] painted) = Enlarge(learned, whole, quality, options);
            double own = Psnr(whole with { Values = painted }, whole);
            gains.Add((own - bicubic, own - lanczos));
            table.Add(
                picture.Name, Format.Decibels(bicubic), Format.Decibels(lanczos), Format.Decibels(own), Gain(own - bicubic), Gain(own - lanczos),
                ((NeighborhoodEncoding)network.Design.Encoding).Blend.ToString("F2"), Format.Seconds(clock.Elapsed));
            Painted.Write(options, $"{picture.Name} by {scale} from {kernel}", whole.Width, whole.Height, whole.Channels,
                Painted.Rows(painted, whole.Width * whole.Channels));
        }
        table.Add("mean", null, null, null, Gain(gains.Average(gain => gain.Bicubic)), Gain(gains.Average(gain => gain.Lanczos)), null, null);
        MarkdownTable.End();
    }

    private static (Mlp Network, float[] Painted) Enlarge(PixelDataset learned, FloatPicture whole, TrainingQuality quality, QualityOptions options)
    {
        TrainingOptions training = TrainingDefaults.NeighborhoodOptions(learned, quality, options.Seed) with { ThreadCount = options.Threads };
        MlpDesign design = TrainingDefaults.NeighborhoodDesign(options.Seed) with { OutputCount = learned.Channels };
        TrainingRun run = Trainer.Train(
            learned, new Mlp(design.With(NeighborhoodPicture.EncodingFor(learned, options.Kernel))), training);
        var painted = new float[whole.Values.Length];
        using var renderer = new ImageRenderer(run.Network, threadCount: options.Threads);
        renderer.Render(whole.Width, whole.Height, 0, whole.Height, painted);
        return (run.Network, painted);
    }

    private static string Gain(double decibels) => decibels.ToString("+0.00;-0.00", System.Globalization.CultureInfo.InvariantCulture);

    private static double Psnr(FloatPicture picture, FloatPicture reference)
    {
        double sum = 0;
        long count = 0;
        for (int y = Border; y < picture.Height - Border; y++)
            for (int x = Border; x < picture.Width - Border; x++)
                for (int channel = 0; channel < picture.Channels; channel++, count++)
                {
                    double error = Step(picture.Pixel(x, y)[channel]) - Step(reference.Pixel(x, y)[channel]);
                    sum += error * error;
                }
        return 10 * Math.Log10(byte.MaxValue * byte.MaxValue / (sum / count));

        static double Step(float value) => Math.Round(Math.Clamp(value, 0f, 1f) * byte.MaxValue);
    }
}
