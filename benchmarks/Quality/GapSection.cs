using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>A quarter of a picture hidden in one block, and scratches, filled by the default for pictures with gaps.</summary>
internal static class GapSection
{
    public static void Run(QualityOptions options)
    {
        var table = new MarkdownTable("Gaps filled",
            "picture", "gap", "hidden pixels", "quality", "network", "weights and biases", "seconds",
            "PSNR of training pixels, dB", "of hidden ones", "SSIM of training pixels", "of hidden ones");
        foreach ((string name, Gap gap) in ((string, Gap)[])[("coffee.png", Gap.Block), ("mona-lisa.jpg", Gap.Scratches)])
            foreach (PixelDataset picture in PictureFinder.GivenOr(options, name).Select(gap.Hide))
            {
                Write(options, $"{picture.Name} {gap.Name} before", picture, gap, (_, _, colors) => colors.Fill(1));
                foreach (TrainingQuality quality in options.Qualities ?? [TrainingQuality.Standard])
                    if (Setting.Default(picture, quality, options).Train(picture) is { } run)
                        AddRow(table, gap, quality, run, options);
            }
        MarkdownTable.End();
    }

    private static void AddRow(MarkdownTable table, Gap gap, TrainingQuality quality, TrainingRun run, QualityOptions options)
    {
        PixelDataset picture = run.Dataset;
        IReadOnlyList<ImageQuality> figures = Painted.Measure(run.Network, picture, options);
        ImageQuality training = figures[0], hidden = figures.First(figure => figure.Pixels == PixelSet.HeldOut);
        table.Add(
            picture.Name, gap.Name, $"{100.0 * picture.HeldOutPixelCount / picture.PixelCount:F1} %", quality.ToString(),
            Format.Network(run.Network.Design), Format.Count(run.Network.ParameterCount), Format.Seconds(run.Elapsed),
            Format.Decibels(training.Psnr), Format.Decibels(hidden.Psnr), Format.Similarity(training.Ssim), Format.Similarity(hidden.Ssim));
        Painted.Write(options, $"{picture.Name} {gap.Name} painted {quality}", run);
        using var renderer = new ImageRenderer(run.Network, threadCount: options.Threads);
        Write(options, $"{picture.Name} {gap.Name} after {quality}", picture, gap, Painted.Rows(renderer, picture.Width, picture.Height));
    }

    private static void Write(QualityOptions options, string name, PixelDataset picture, Gap gap, RowSource filling) =>
        Painted.Write(options, name, picture.Width, picture.Height, picture.Channels, gap.Fill(picture, filling));
}
