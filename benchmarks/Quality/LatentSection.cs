using System.Diagnostics;
using MonaLisa.Engine;
using MonaLisa.Engine.Output;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Storage;
using OxyPlot;
using OxyPlot.Axes;

namespace MonaLisa.Quality;

/// <summary>Networks with latents beside JPEG, WebP and AVIF at the same number of bits a pixel; all bytes of the files count.</summary>
internal static class LatentSection
{
    private static readonly double[] UsualBits = [0.25, 0.5, 1];
    private static readonly PictureCodec[] Codecs = [PictureCodec.Jpeg, PictureCodec.WebP, PictureCodec.Avif];

    public static void Run(QualityOptions options)
    {
        PixelDataset[] pictures = [.. PictureFinder.GivenOrAll(options)];
        foreach (TrainingQuality quality in options.Qualities ?? [TrainingQuality.Standard])
        {
            var means = new List<Row>();
            foreach (double bits in options.Bits ?? UsualBits)
            {
                Row[] rows = [.. pictures.Select(picture => Measure(picture, quality, bits, options)).OfType<Row>()];
                Print($"{quality}, {Format.BitsPerPixel(bits)} bits a pixel", rows);
                if (rows.Length > 0)
                    means.Add(MeanOf(rows));
            }
            if (options.Folder is string folder)
                Plot(means, $"{pictures.Length} pictures, {quality}", folder);
        }
    }

    /// <summary>Writes curves of rate and distortion, as SVG and as PNG.</summary>
    private static void Plot(List<Row> means, string title, string folder)
    {
        const int Width = 900, Height = 560;
        IEnumerable<DataPoint> Points(Func<Row, double?> psnrOf) =>
            from row in means where psnrOf(row) is not null select new DataPoint(row.BitsPerPixel, psnrOf(row)!.Value);
        PlotModel model = PlotModels.Of(
            title, PlotModels.Axis(AxisScale.Logarithmic, AxisPosition.Bottom, "bits a pixel"),
            PlotModels.Axis(AxisScale.Linear, AxisPosition.Left, "mean PSNR (dB)"),
            [
                new RunCurve("network", [.. Points(row => row.Psnr)]),
                .. Codecs.Select((codec, i) => new RunCurve(codec.Name, [.. Points(row => row.Peers[i])])),
            ], Width);
        foreach (string extension in (string[])[".svg", ".png"])
            PlotFile.Save(
                model, Path.Combine(folder, "rate-distortion" + extension), Width, Height, overwrite: true, Console.Error.WriteLine,
                CancellationToken.None);
    }

    private static readonly Dictionary<string, IReadOnlyList<CodecPoint[]>[]> Curves = [];

    /// <summary>The formats' curves, measured once for each picture.</summary>
    private static IReadOnlyList<CodecPoint[]>[] CurvesOf(PixelDataset picture)
    {
        if (!Curves.TryGetValue(picture.Name, out IReadOnlyList<CodecPoint[]>[]? curves))
            Curves[picture.Name] = curves = [.. Codecs.Select(codec => codec.CurvesOf(picture))];
        return curves;
    }

    private static Row? Measure(PixelDataset picture, TrainingQuality quality, double bits, QualityOptions options)
    {
        TrainingOptions training = TrainingDefaults.LatentOptions(quality, options.Seed) with
        {
            TargetBitsPerPixel = bits,
            ThreadCount = options.Threads,
        };
        var network = new Mlp(TrainingDefaults.LatentDesign(picture.Channels, options.Seed)
            .With(TrainingDefaults.Encoding(EncodingKind.Latent, picture)));
        long start = Stopwatch.GetTimestamp();
        TrainingRun run;
        try
        {
            run = Trainer.Train(picture, network, training, isOwn: true);
        }
        catch (LatentTargetException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return null;
        }
        double encoding = Stopwatch.GetElapsedTime(start).TotalSeconds;
        byte[] file = LatentFile.Compose(run.Network, run.Facts());
        start = Stopwatch.GetTimestamp();
        using (var renderer = new ImageRenderer(LatentFile.Read(file, new ModelFaults(picture.Name)), threadCount: 1))
            renderer.Render(picture.Width, picture.Height, 0, picture.Height, new float[picture.PixelCount * picture.Channels]);
        double decoding = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Painted.Write(options, $"{picture.Name} {Format.BitsPerPixel(bits)}", run);
        return new Row(
            picture.Name, run.BitsPerPixel!.Value, run.Psnr, [.. CurvesOf(picture).Select(curves => PictureCodec.PsnrAt(curves, run.BitsPerPixel.Value))],
            encoding, decoding);
    }

    private static void Print(string title, Row[] rows)
    {
        var table = new MarkdownTable(title,
            ["picture", "bits a pixel", "network, dB", .. Codecs.Select(codec => $"{codec.Name}, dB"), "seconds to train", "to load and paint"]);
        foreach (Row row in rows)
            Add(table, row);
        if (rows.Length > 1)
            Add(table, MeanOf(rows));
        MarkdownTable.End();
    }

    private static Row MeanOf(Row[] rows) => new(
        "mean", rows.Average(row => row.BitsPerPixel), rows.Average(row => row.Psnr),
        [.. Codecs.Select((_, i) => rows.All(row => row.Peers[i] is not null) ? rows.Average(row => row.Peers[i]) : null)],
        rows.Average(row => row.Encoding), rows.Average(row => row.Decoding));

    private static void Add(MarkdownTable table, Row row) => table.Add([row.Name, Format.BitsPerPixel(row.BitsPerPixel), Format.Decibels(row.Psnr),
        .. row.Peers.Select(peer => peer is double known ? Format.Decibels(known) : null), $"{row.Encoding:F1}", $"{row.Decoding:F2}"]);

    private sealed record Row(
        string Name, double BitsPerPixel, double Psnr, IReadOnlyList<double?> Peers, double Encoding, double Decoding);
}
