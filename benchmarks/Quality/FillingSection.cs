using System.Diagnostics;
using System.Globalization;
using MonaLisa.Engine;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Quality;

/// <summary>
/// Pictures with gaps, filled by a network that sees neighbourhoods: the lattice of the papers' protocol beside bicubic interpolation, hidden
/// pixels at random, and scratches.
/// </summary>
internal static class FillingSection
{
    private static readonly (string Name, Func<PixelDataset, PixelDataset> Hide)[] Gaps =
    [
        ("lattice", HeldOutSection.Quartered),
        .. ((int[])[50, 80, 95]).Select(share => (
            $"{share} % at random", (Func<PixelDataset, PixelDataset>)(picture => picture.WithHoldOut(new HoldOut { Fraction = share / 100.0 })))),
        ("scratches", Gap.Scratches.Hide),
        ("block", Gap.Block.Hide),
    ];

    public static void Run(QualityOptions options)
    {
        PixelDataset[] pictures = [.. PictureFinder.GivenOrAll(options).Select(Resampling.ToEightBits)];
        foreach ((string name, Func<PixelDataset, PixelDataset> hide) in Gaps)
            if (options.Wants(name))
                Run(options, [.. pictures.Select(hide)], name);
    }

    private static void Run(QualityOptions options, PixelDataset[] pictures, string gap)
    {
        var table = new MarkdownTable($"Gaps filled: {gap}", "picture", "network, dB", "bicubic, dB", "network - bicubic", "blend", "seconds");
        var figures = new List<(double Network, double? Bicubic, double Seconds)>();
        foreach (PixelDataset picture in pictures)
        {
            var clock = Stopwatch.StartNew();
            (Mlp network, FloatPicture painted) = Neighborhoods.Paint(picture, new NeighborhoodEncoding(), options);
            double seconds = clock.Elapsed.TotalSeconds;
            double? bicubic = gap != "lattice" ? null : Neighborhoods.Measure(picture,
                new FloatPicture(picture.Width, picture.Height, picture.Channels, Interpolation.Bicubic.FromEvenPixels(picture))).Psnr;
            figures.Add((Neighborhoods.Measure(picture, painted).Psnr, bicubic, seconds));
            Painted.Write(options, $"{picture.Name} {gap}", picture.Width, picture.Height, picture.Channels,
                Painted.Rows(painted.Values, picture.Width * picture.Channels));
            Add(table, picture.Name, figures[^1], ((NeighborhoodEncoding)network.Design.Encoding).Blend.ToString("F2", CultureInfo.InvariantCulture));
        }
        Add(table, "mean", (figures.Average(each => each.Network), figures.Average(each => each.Bicubic), figures.Average(each => each.Seconds)), "");
        MarkdownTable.End();
    }

    private static void Add(MarkdownTable table, string name, (double Network, double? Bicubic, double Seconds) each, string blend) => table.Add(
        name, Format.Decibels(each.Network), Format.Decibels(each.Bicubic),
        Format.Gain(each.Network - each.Bicubic), blend,
        each.Seconds.ToString("F1", CultureInfo.InvariantCulture));
}
