using MonaLisa.Engine;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Quality;

/// <summary>
/// The protocol of the Fourier features paper (Tancik et al. 2020, arXiv 2006.10739): pixels of even row and even column train, those
/// of odd row and odd column are held out, and the rest are ignored. Figures are those of the end of training.
/// </summary>
internal static class HeldOutSection
{
    /// <summary>Epochs between two lines of a run's course.</summary>
    private const int CourseLines = 20;

    private static readonly string[] UsualPictures = ["astronaut.png", "coffee.png", "chelsea.png", "rocket.jpg"];

    public static void Run(QualityOptions options)
    {
        PixelDataset[] pictures = [.. PictureFinder.GivenOr(options, UsualPictures).Select(Quartered)];
        if (pictures.Length == 0)
            return;
        string length = options.Time is { } time ? $"{time.TotalSeconds} s" : $"{options.Steps ?? HeldOutSettings.UsualSteps:N0} steps";
        var table = new MarkdownTable($"PSNR in dB of held-out pixels, each after {length}",
            ["method", "weights and biases", .. pictures.Select(picture => $"{picture.Name}, {Format.Size(picture)}"), "mean",
                "mean of training pixels", "steps", "seconds a picture"]);
        foreach (Interpolation interpolation in Interpolation.All)
            if (options.Wants(interpolation.Name))
            {
                double[] figures = [.. pictures.Select(picture => HeldOutPsnr(interpolation, picture, options))];
                table.Add(
                    [interpolation.Name, null, .. figures.Select(Format.Decibels), Format.Decibels(figures.Average()), null, null, null]);
            }
        IReadOnlyList<string> names = [.. HeldOutSettings.All(pictures[0], options).Select(setting => setting.Name)];
        for (int i = 0; i < names.Count; i++)
            if (options.Wants(names[i]))
                AddRow(table, [.. pictures.Select(picture => Train(HeldOutSettings.All(picture, options)[i], picture, options))], names[i]);
        MarkdownTable.End();
    }

    /// <summary>The picture with its pixels' roles of the protocol.</summary>
    public static PixelDataset Quartered(PixelDataset picture) => picture.WithRoles((x, y) =>
        (x % 2, y % 2) switch { (0, 0) => PixelRole.Training, (1, 1) => PixelRole.HeldOut, _ => PixelRole.Ignored });

    private static void AddRow(MarkdownTable table, IReadOnlyList<TrainingRun?> runs, string name)
    {
        TrainingRun[] known = [.. runs.OfType<TrainingRun>()];
        if (known.Length == 0)
            return;
        table.Add(
        [
            name, Range(known, run => run.Network.ParameterCount), .. runs.Select(run => Format.Decibels(run?.HeldOutPsnr)),
            Format.Decibels(known.Average(run => run.HeldOutPsnr!.Value)), Format.Decibels(known.Average(run => run.Psnr)),
            Range(known, run => run.Steps), $"{known.Average(run => run.Elapsed.TotalSeconds):F1}",
        ]);
    }

    private static string Range(TrainingRun[] runs, Func<TrainingRun, long> value) =>
        runs.Min(value) is var least && runs.Max(value) is var most && least == most
            ? Format.Count(least) : $"{Format.Count(least)} to {Format.Count(most)}";

    private static TrainingRun? Train(Setting setting, PixelDataset picture, QualityOptions options)
    {
        int? epochs = setting.Options.Epochs;
        if (options.Each)
            setting = setting with
            {
                Options = setting.Options with { MeasureEachEpoch = true },
                EpochDone = epoch =>
                {
                    if (epoch.Epoch % Math.Max(1, (epochs ?? 0) / CourseLines) == 0)
                        Console.Error.WriteLine($"  epoch {epoch.Epoch}, {Format.Seconds(epoch.Elapsed)} s: training " +
                            $"{Format.Decibels(epoch.Psnr)} dB, held out {Format.Decibels(epoch.HeldOutPsnr)} dB");
                },
            };
        TrainingRun? run = setting.Train(picture);
        if (run is not null)
            Painted.Write(options, $"{picture.Name} {setting.Name}", run);
        return run;
    }

    private static double HeldOutPsnr(Interpolation interpolation, PixelDataset picture, QualityOptions options)
    {
        RowSource rows = Painted.Rows(interpolation.FromEvenPixels(picture), picture.Width * picture.Channels);
        Painted.Write(options, $"{picture.Name} {interpolation.Name}", picture.Width, picture.Height, picture.Channels, rows);
        return QualityMeter.Measure(picture, picture.Channels, rows).First(quality => quality.Pixels == PixelSet.HeldOut).Psnr;
    }
}
