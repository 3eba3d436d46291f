using MonaLisa.Engine;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Quality;

/// <summary>A picture halved, learned, and painted at twice that size, against the picture itself; beside classic enlarging.</summary>
internal static class ResampleSection
{
    public static void Run(QualityOptions options)
    {
        var table = new MarkdownTable("Twice the learned size",
            "picture", "learned at", "method", "weights and biases", "seconds", "PSNR at the learned size, dB",
            "PSNR, dB", "SSIM", "MS-SSIM");
        foreach (PixelDataset picture in PictureFinder.GivenOrAll(options).Select(Resampling.Even))
        {
            PixelDataset half = Resampling.Halve(picture);
            foreach (Interpolation interpolation in Interpolation.All)
                AddInterpolation(table, interpolation, half, picture, options);
            foreach (TrainingQuality quality in options.Qualities ?? [TrainingQuality.Standard, TrainingQuality.High])
                if (Setting.Default(half, quality, options).Train(half) is { } run)
                {
                    AddRow(table, half, $"network, {quality}", run, Painted.Measure(run.Network, picture, options)[0]);
                    Painted.Write(options, $"{picture.Name} doubled network {quality}", run.Network, picture.Width, picture.Height);
                }
        }
        MarkdownTable.End();
    }

    private static void AddInterpolation(
        MarkdownTable table, Interpolation interpolation, PixelDataset half, PixelDataset picture, QualityOptions options)
    {
        float[] enlarged = interpolation.Enlarge(half, picture.Width, picture.Height);
        RowSource rows = Painted.Rows(enlarged, picture.Width * picture.Channels);
        AddRow(table, half, interpolation.Name, null, QualityMeter.Measure(picture, picture.Channels, rows)[0]);
        Painted.Write(options, $"{picture.Name} doubled {interpolation.Name}", picture.Width, picture.Height, picture.Channels, rows);
    }

    private static void AddRow(MarkdownTable table, PixelDataset half, string method, TrainingRun? run, ImageQuality quality) => table.Add(
        half.Name, Format.Size(half), method, run is null ? null : Format.Count(run.Network.ParameterCount),
        run is null ? null : Format.Seconds(run.Elapsed), Format.Decibels(run?.Psnr), Format.Decibels(quality.Psnr),
        Format.Similarity(quality.Ssim), quality.MsSsim is double msSsim ? Format.Similarity(msSsim) : null);
}
