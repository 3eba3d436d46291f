using MonaLisa.Engine;
using NetVips;

namespace MonaLisa.Quality;

/// <summary>A picture halved, learned, and painted at twice that size, against the picture itself; beside libvips's own enlarging.</summary>
internal static class ResampleSection
{
    public static void Run(QualityOptions options)
    {
        var table = new MarkdownTable("Twice the learned size",
            "picture", "learned at", "method", "weights and biases", "seconds", "PSNR at the learned size, dB", "PSNR, dB", "SSIM", "MS-SSIM");
        foreach (PixelDataset picture in PictureFinder.GivenOrAll(options).Select(Resampling.Even))
        {
            PixelDataset half = Resampling.Halve(picture);
            foreach ((string name, Enums.Kernel kernel) in ((string, Enums.Kernel)[])[("bicubic", Enums.Kernel.Cubic), ("Lanczos 3", Enums.Kernel.Lanczos3)])
            {
                PixelDataset enlarged = Resampling.Resize(half, picture.Width, picture.Height, kernel);
                AddRow(table, half, $"{name}, libvips", null, QualityMeter.Measure(picture, enlarged.Channels, enlarged.CopyRows)[0]);
                Painted.Write(options, $"{picture.Name} doubled {name}", picture.Width, picture.Height, enlarged.Channels, enlarged.CopyRows);
            }
            foreach (TrainingQuality quality in options.Qualities ?? [TrainingQuality.Standard, TrainingQuality.High])
                if (Setting.Default(half, quality, options).Train(half) is { } run)
                {
                    AddRow(table, half, $"network, {quality}", run, Painted.Measure(run.Network, picture, options)[0]);
                    Painted.Write(options, $"{picture.Name} doubled network {quality}", run.Network, picture.Width, picture.Height);
                }
        }
        MarkdownTable.End();
    }

    private static void AddRow(MarkdownTable table, PixelDataset half, string method, TrainingRun? run, ImageQuality quality) => table.Add(
        half.Name, Format.Size(half), method, run is null ? null : Format.Count(run.Network.ParameterCount),
        run is null ? null : Format.Seconds(run.Elapsed), Format.Decibels(run?.Psnr), Format.Decibels(quality.Psnr),
        Format.Similarity(quality.Ssim), quality.MsSsim is double msSsim ? Format.Similarity(msSsim) : null);
}
