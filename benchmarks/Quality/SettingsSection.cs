using MonaLisa.Engine;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Quality;

/// <summary>What named settings reach on a picture in a given time.</summary>
internal static class SettingsSection
{
    private static readonly TimeSpan UsualTime = TimeSpan.FromSeconds(30);

    public static void Run(QualityOptions options)
    {
        foreach (PixelDataset picture in PictureFinder.GivenOr(options, "mona-lisa.jpg"))
        {
            var table = new MarkdownTable($"{picture.Name}, {Format.Size(picture)}",
                "setting", "network", "weights and biases", "seconds", "epochs", "seconds an epoch", "PSNR, dB", "MAE", "ended by",
                "provider, threads");
            foreach (Setting setting in NamedSettings.All(picture, options.Time ?? UsualTime, options))
                if (options.Wants(setting.Name))
                    AddRow(table, setting, picture, options);
            MarkdownTable.End();
        }
    }

    private static void AddRow(MarkdownTable table, Setting setting, PixelDataset picture, QualityOptions options)
    {
        if (setting.Train(picture) is not { } run)
            return;
        double epochs = run.PixelsPerSecond * run.Elapsed.TotalSeconds / picture.TrainingPixelCount;
        // Who stops a run when it has reached its error cancels it.
        string ending = run.StopReason == StopReason.Canceled ? "MAE reached" : run.StopReason.ToString();
        table.Add(
            setting.Name, Format.Network(run.Network.Design), Format.Count(run.Network.ParameterCount), Format.Seconds(run.Elapsed),
            $"{epochs:F1}", $"{run.Elapsed.TotalSeconds / epochs:F2}", Format.Decibels(run.Psnr), $"{run.Mae:F4}", ending,
            $"{run.Provider}, {run.ThreadCount}");
        Painted.Write(options, $"{picture.Name} {setting.Name}", run);
    }
}
