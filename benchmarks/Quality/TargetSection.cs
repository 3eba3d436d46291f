using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>
/// What is reached with a number of weights in a time, which is training time alone: the table of targets, or other pictures.
/// </summary>
internal static class TargetSection
{
    private static readonly double[] UsualSeconds = [1, 2, 10, 60];

    public static void Run(QualityOptions options)
    {
        var table = new MarkdownTable("Training time, weights and PSNR",
            "picture", "setting", "at most", "weights and biases", "network", "seconds", "PSNR, dB", "SSIM", "MAE", "epochs",
            "million pixels/s");
        foreach (Target target in Targets(options).Where(target => options.Wants(target.Name)))
            if (PathOf(target, options) is { } path)
                AddRow(table, target, PictureReader.Read(path), options);
        MarkdownTable.End();
    }

    private static IEnumerable<Target> Targets(QualityOptions options)
    {
        if (options.Pictures.Count > 0)
            return options.Pictures.SelectMany(picture =>
                TargetTable.For(picture, options.Seconds ?? UsualSeconds, options.Weights ?? TargetTable.UsualWeights));
        return TargetTable.All.Select(target => target with { MaxWeights = options.Weights ?? target.MaxWeights })
            .Where(target => options.Seconds?.Contains(target.Seconds) ?? true);
    }

    private static string? PathOf(Target target, QualityOptions options) =>
        options.Pictures.Count > 0 ? target.Picture : PictureFinder.Find(options, target.Picture);

    private static void AddRow(MarkdownTable table, Target target, PixelDataset picture, QualityOptions options)
    {
        if (target.Setting.For(picture, target.Seconds, target.MaxWeights, options).Train(picture) is not { } run)
            return;
        ImageQuality quality = Painted.Measure(run.Network, picture, options)[0];
        table.Add(
            picture.Name, target.Setting.Name, target.MaxWeights is { } limit ? Format.Count(limit) : null,
            Format.Count(run.Network.ParameterCount), Format.Network(run.Network.Design), Format.Seconds(run.Elapsed),
            Format.Decibels(quality.Psnr), Format.Similarity(quality.Ssim), $"{quality.Mae:F4}",
            $"{run.PixelsPerSecond * run.Elapsed.TotalSeconds / picture.TrainingPixelCount:F1}", Format.Megapixels(run.PixelsPerSecond));
        Painted.Write(options, $"{picture.Name} {target.Setting.Name} {run.Network.ParameterCount} {target.Seconds} s", run);
    }
}
