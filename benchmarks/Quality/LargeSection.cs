using MonaLisa.Engine;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Quality;

/// <summary>How weights, memory and time of the default grow with the picture's size.</summary>
internal static class LargeSection
{
    private static readonly double[] UsualMegapixels = [0.25, 1, 4, 16];

    public static void Run(QualityOptions options)
    {
        Setting.WarmUp(options);
        TrainingQuality quality = options.Qualities?[0] ?? TrainingQuality.Standard;
        var table = new MarkdownTable($"By the picture's size, the defaults of {quality}",
            "picture", "pixels", "million pixels", "weights and biases", "a pixel", "batch", "picture, MiB", "peak beyond it, MiB",
            "bytes a pixel", "seconds", "epochs", "million pixels/s", "PSNR, dB", "SSIM");
        PixelDataset?[] pictures = options.Pictures.Count > 0 ? [.. PictureFinder.GivenOr(options)] : [null];
        foreach (PixelDataset? given in pictures)
            foreach (double megapixels in options.Megapixels ?? UsualMegapixels)
                AddRow(table, given is null ? SizedPicture.Of(megapixels) : SizedPicture.Of(given, megapixels), quality, options);
        MarkdownTable.End();
    }

    private static void AddRow(MarkdownTable table, PixelDataset picture, TrainingQuality quality, QualityOptions options)
    {
        Setting setting = Setting.Default(picture, quality, options);
        TrainingRun? run;
        long growth;
        using (var watch = new MemoryWatch())
        {
            run = setting.Train(picture);
            growth = watch.Growth;
        }
        if (run is null)
            return;
        ImageQuality figures = Painted.Measure(run.Network, picture, options)[0];
        double bytes = (double)picture.PixelCount * picture.Channels * picture.BitDepth / 8;
        table.Add(
            picture.Name, Format.Size(picture), $"{picture.PixelCount / 1e6:F2}", Format.Count(run.Network.ParameterCount),
            $"{(double)run.Network.ParameterCount / picture.PixelCount:F2}", Format.Count(run.Options.BatchSize), Format.Mebibytes(bytes),
            Format.Mebibytes(growth), $"{(double)growth / picture.PixelCount:F1}", Format.Seconds(run.Elapsed),
            $"{run.PixelsPerSecond * run.Elapsed.TotalSeconds / picture.TrainingPixelCount:F1}", Format.Megapixels(run.PixelsPerSecond),
            Format.Decibels(figures.Psnr), Format.Similarity(figures.Ssim));
        Painted.Write(options, $"{picture.Name} {picture.Width}x{picture.Height}", run);
    }
}
