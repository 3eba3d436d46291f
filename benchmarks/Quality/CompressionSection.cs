using MonaLisa.Engine;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Quality;

/// <summary>Compressed networks beside JPEG and WebP at the same PSNR.</summary>
internal static class CompressionSection
{
    // What the stored network may lose of the trained one's PSNR, in dB: little, and so much that a smaller network would do better.
    private static readonly double[] Losses = [0.5, 2];

    public static void Run(QualityOptions options)
    {
        string file = Path.Combine(Path.GetTempPath(), $"monalisa-{Guid.NewGuid():N}{CompressedModelFile.Extension}");
        try
        {
            foreach (PixelDataset picture in PictureFinder.GivenOrAll(options))
            {
                var table = new MarkdownTable($"{picture.Name}, {Format.Size(picture)}",
                    "network", "weights and biases", "epochs", "PSNR trained, dB", "PSNR stored, dB", "bytes", "bits a pixel", "JPEG's",
                    "WebP's");
                foreach (Setting setting in CompressionSettings.All(picture, options))
                    if (options.Wants(setting.Name) && setting.Train(picture) is { } run)
                        foreach (double loss in Losses)
                            AddRow(table, setting, run, loss, file);
                MarkdownTable.End();
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void AddRow(MarkdownTable table, Setting setting, TrainingRun run, double loss, string file)
    {
        var options = new CompressionOptions { TargetPsnr = run.Psnr - loss, Overwrite = true };
        CompressedModel model = CompressedModelFile.Save(run, file, options);
        table.Add(
            setting.Name, Format.Count(run.Network.ParameterCount), $"{run.Epochs}", Format.Decibels(run.Psnr), Format.Decibels(model.Psnr),
            Format.Count(model.Length), Format.BitsPerPixel(model.BitsPerPixel),
            PictureCodec.Jpeg.RateFor(run.Dataset, model.Psnr)?.ToString(),
            PictureCodec.WebP.RateFor(run.Dataset, model.Psnr)?.ToString());
    }
}
