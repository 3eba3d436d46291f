using System.Diagnostics;
using System.Globalization;
using MonaLisa.Engine;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Quality;

/// <summary>
/// Pictures with gaps, filled by a network that sees neighbourhoods, beside the guess that it corrects: the lattice of the papers' protocol,
/// beside bicubic interpolation too, a sparser one, hidden pixels at random, scratches and a block.
/// </summary>
internal static class FillingSection
{
    private static readonly (string Name, Func<PixelDataset, PixelDataset> Hide)[] Gaps =
    [
        ("lattice", HeldOutSection.Quartered),
        ("sparse lattice", picture => picture.WithHoldOut(new HoldOut { Fraction = 8 / 9.0, Pattern = HoldOutPattern.Grid })),
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
        var table = new MarkdownTable($"Gaps filled: {gap}", "picture", "network, dB", "guess, dB", "bicubic, dB", "network - bicubic", "seconds");
        var figures = new List<(double Network, double Guess, double? Bicubic, double Seconds)>();
        foreach (PixelDataset picture in pictures)
        {
            var clock = Stopwatch.StartNew();
            (Mlp network, FloatPicture painted) = Neighborhoods.Paint(picture, new NeighborhoodEncoding(), options);
            double seconds = clock.Elapsed.TotalSeconds;
            double? bicubic = gap != "lattice" ? null : Neighborhoods.Measure(picture,
                new FloatPicture(picture.Width, picture.Height, picture.Channels, Interpolation.Bicubic.FromEvenPixels(picture))).Psnr;
            double guess = Neighborhoods.Measure(picture, Neighborhoods.Paint(
                network.WithEncoding((NeighborhoodEncoding)network.Design.Encoding with { Blend = 0 }, network.EncodingTensors), picture, options)).Psnr;
            figures.Add((Neighborhoods.Measure(picture, painted).Psnr, guess, bicubic, seconds));
            Painted.Write(options, $"{picture.Name} {gap}", picture.Width, picture.Height, picture.Channels,
                Painted.Rows(painted.Values, picture.Width * picture.Channels));
            Add(table, picture.Name, figures[^1]);
        }
        Add(table, "mean", (
            figures.Average(each => each.Network), figures.Average(each => each.Guess), figures.Average(each => each.Bicubic), figures.Average(each => each.Seconds)));
        MarkdownTable.End();
    }

    private static void Add(MarkdownTable table, string name, (double Network, double Guess, double? Bicubic, double Seconds) each) => table.Add(
        name, Format.Decibels(each.Network), Format.Decibels(each.Guess), Format.Decibels(each.Bicubic),
        Format.Gain(each.Network - each.Bicubic),
        each.Seconds.ToString("F1", CultureInfo.InvariantCulture));
}
