using MonaLisa.Engine;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Quality;

/// <summary>The experiment behind the defaults: what each quality reaches on every picture, and what its choices are worth.</summary>
internal static class DefaultsSection
{
    /// <summary>Millions of pixels of the picture that <c>--large</c> adds.</summary>
    private const double LargeMegapixels = 12;

    public static void Run(QualityOptions options)
    {
        if (options.Sweep)
            SweepSection.Run(options, [.. Pictures(options)]);
        else
            RunQualities(options);
    }

    private static void RunQualities(QualityOptions options)
    {
        TrainingQuality[] qualities = options.Qualities ?? Enum.GetValues<TrainingQuality>();
        var means = qualities.ToDictionary(quality => quality, _ => new List<double>());
        var table = new MarkdownTable("The defaults",
            "picture", "pixels", "quality", "network", "weights and biases", "batch", "seconds", "epochs", "PSNR, dB", "SSIM", "MS-SSIM");
        foreach (PixelDataset picture in Pictures(options))
            foreach (TrainingQuality quality in qualities)
                if (Setting.Default(picture, quality, options).Train(picture) is { } run)
                {
                    ImageQuality figures = Painted.Measure(run.Network, picture, options)[0];
                    means[quality].Add(figures.Psnr);
                    table.Add(
                        picture.Name, Format.Size(picture), quality.ToString(), Format.Network(run.Network.Design),
                        Format.Count(run.Network.ParameterCount), Format.Count(run.Options.BatchSize), Format.Seconds(run.Elapsed),
                        $"{run.PixelsPerSecond * run.Elapsed.TotalSeconds / picture.TrainingPixelCount:F1}",
                        Format.Decibels(figures.Psnr), Format.Similarity(figures.Ssim),
                        figures.MsSsim is double msSsim ? Format.Similarity(msSsim) : null);
                    Painted.Write(options, $"{picture.Name} {quality}", run);
                }
        MarkdownTable.End();
        foreach (TrainingQuality quality in qualities)
            if (means[quality].Count > 0)
                Console.WriteLine($"- {quality}: mean {Format.Decibels(means[quality].Average())} dB of {means[quality].Count} pictures");
    }

    /// <summary>The pictures given or found, the icon, and a large picture where it is asked for.</summary>
    private static IEnumerable<PixelDataset> Pictures(QualityOptions options)
    {
        PixelDataset? largest = null;
        foreach (PixelDataset picture in PictureFinder.GivenOrAll(options).Where(picture => options.Sweep || options.Wants(picture.Name)))
        {
            if (largest is null || picture.PixelCount > largest.PixelCount)
                largest = picture;
            yield return picture;
        }
        PixelDataset icon = SyntheticPictures.Icon();
        if (options.Sweep || options.Wants(icon.Name))
            yield return icon;
        if (options.Large && largest is not null)
            yield return SizedPicture.Of(largest, options.Megapixels?[0] ?? LargeMegapixels);
    }
}
