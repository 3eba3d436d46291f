using MonaLisa.Engine;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Quality;

/// <summary>The defaults with one choice at a time changed, at equal time.</summary>
internal static class SweepSection
{
    private static readonly TimeSpan UsualTime = TimeSpan.FromSeconds(10);

    /// <summary>Trains the default and every variation of it that is asked for on every picture.</summary>
    public static void Run(QualityOptions options, IReadOnlyList<PixelDataset> pictures)
    {
        Setting.WarmUp(options);
        TrainingQuality quality = options.Qualities?[0] ?? TrainingQuality.Standard;
        TimeSpan time = options.Time ?? UsualTime;
        var table = new MarkdownTable($"One choice changed at a time: PSNR in dB after {time.TotalSeconds} s, the defaults of {quality}",
            ["choice", .. pictures.Select(picture => $"{picture.Name}, {Format.Size(picture)}"), "mean", "to the default"]);
        double?[] defaults = [.. pictures.Select(picture => PsnrOf(Base(picture), picture))];
        table.Add(["default", .. defaults.Select(Format.Decibels), Mean(defaults), null]);
        foreach (Variation variation in Variation.All.Where(variation => options.Wants(variation.Name)))
        {
            double?[] figures = [.. pictures.Select(picture => PsnrOf(variation.Change(Base(picture), picture) is { } changed
                ? changed with { Name = variation.Name } : null, picture))];
            IEnumerable<double> gains = figures.Zip(defaults, (changed, before) => changed - before).OfType<double>();
            string? gain = gains.Any() ? Format.Gain(gains.Average()) : null;
            table.Add([variation.Name, .. figures.Select(Format.Decibels), Mean(figures), gain]);
        }
        MarkdownTable.End();

        Setting Base(PixelDataset picture)
        {
            Setting setting = Setting.Default(picture, quality, options);
            return setting with { Name = "default", Options = setting.Options with { MaxTime = time, Epochs = null } };
        }
    }

    private static double? PsnrOf(Setting? setting, PixelDataset picture) => setting?.Train(picture)?.Psnr;

    private static string? Mean(double?[] figures) =>
        figures.OfType<double>().ToArray() is { Length: > 0 } known ? Format.Decibels(known.Average()) : null;
}
