using CsCheck;

namespace MonaLisa.Engine.Tests;

/// <summary>Regions of a learned picture, rendered at any size.</summary>
public class PictureRegionTests
{
    /// <summary>Coordinates differ in their last bit, which the network makes more of.</summary>
    private const double Bound = 3e-5;

    private static readonly CoordinateConvention[] PixelCenters = [CoordinateConvention.SymmetricPixelCenter, CoordinateConvention.PixelCenter];

    public static TheoryData<CoordinateConvention> Conventions => [.. Enum.GetValues<CoordinateConvention>()];

    public static TheoryData<double[], string> Bad => new()
    {
        { [-0.5, 0, 1, 1], "A region's x is a number of pixels at least 0, not -0.5." },
        { [0, double.NaN, 1, 1], "A region's y is a number of pixels at least 0, not NaN." },
        { [0, 0, 0, 1], "A region's width is a number of pixels above 0, not 0." },
        { [0, 0, 1, -2], "A region's height is a number of pixels above 0, not -2." },
        { [0, 0, double.PositiveInfinity, 1], "A region's width is a number of pixels above 0, not Infinity." },
        { [25, 0, 6, 10], "its right edge is at 31, and 30 is the most." },
        { [0, 1.5, 30, 19], "its lower edge is at 20.5, and 20 is the most." },
        { [30, 0, 1, 1], "its right edge is at 31, and 30 is the most." },
    };

    [Theory, MemberData(nameof(Conventions))]
    public void Every_pixel_is_the_color_at_its_center(CoordinateConvention convention)
    {
        Mlp network = Network(convention);
        var reference = new ReferenceNetwork(network);
        var region = new PictureRegion(3.25, 1.5, 20.5, 7, 30, 20);
        const int Width = 23, Height = 11;
        double[] expected = [.. Enumerable.Range(0, Width * Height).SelectMany(pixel =>
        {
            double x = 3.25 + (pixel % Width + 0.5) * 20.5 / Width, y = 1.5 + (pixel / Width + 0.5) * 7 / Height;
            return convention switch
            {
                CoordinateConvention.SymmetricPixelCenter => reference.Color(2 * x / 30 - 1, 2 * y / 20 - 1),
                CoordinateConvention.PixelCenter => reference.Color(x / 30, y / 20),
                _ => reference.Color((y - 0.5) / 19, (x - 0.5) / 29),
            };
        })];
        Assert.InRange(Closeness.LargestDifference(Render(network, region, Width, Height), expected, leastScale: 1), 0, Bound);
    }

    [Theory, MemberData(nameof(Conventions))]
    public void A_region_of_a_large_rendering_has_the_colors_of_its_pixels_in_the_whole(CoordinateConvention convention)
    {
        Mlp network = Network(convention);
        (from picture in Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40])
         from whole in Gen.Select(Gen.Int[1, 60], Gen.Int[1, 60])
         from left in Gen.Int[0, whole.Item1 - 1]
         from top in Gen.Int[0, whole.Item2 - 1]
         from width in Gen.Int[1, whole.Item1 - left]
         from height in Gen.Int[1, whole.Item2 - top]
         select (picture, whole, left, top, width, height)).Sample(test =>
         {
             ((int pictureWidth, int pictureHeight), (int wholeWidth, int wholeHeight), int left, int top, int width, int height) = test;
             double across = (double)pictureWidth / wholeWidth, down = (double)pictureHeight / wholeHeight;
             var region = new PictureRegion(left * across, top * down, width * across, height * down, pictureWidth, pictureHeight);
             double[] part = Render(network, region, width, height);
             double[] all = Render(network, PictureRegion.Whole(pictureWidth, pictureHeight), wholeWidth, wholeHeight);
             double[] cut = [.. Enumerable.Range(top, height).SelectMany(row => all[((row * wholeWidth + left) * 3)..((row * wholeWidth + left + width) * 3)])];
             Assert.InRange(Closeness.LargestDifference(part, cut, leastScale: 1), 0, Bound);
         }, iter: 40, threads: 1);
    }

    [Fact]
    public void The_whole_picture_is_a_region_at_every_scale_where_coordinates_are_pixel_centers()
    {
        foreach (CoordinateConvention convention in PixelCenters)
        {
            Mlp network = Network(convention);
            foreach ((int width, int height) in new[] { (1, 1), (7, 13), (30, 20), (60, 40), (97, 61) })
                Assert.InRange(
                    Closeness.LargestDifference(
                        Render(network, PictureRegion.Whole(30, 20), width, height), Render(network, null, width, height), leastScale: 1),
                    0, Bound);
        }
    }

    [Fact]
    public void The_whole_picture_is_a_region_at_its_own_size_where_the_corners_lie_on_the_edge()
    {
        Mlp network = Network(CoordinateConvention.RowColumnCorner);
        foreach ((int width, int height) in new[] { (30, 20), (1, 9), (9, 1), (1, 1) })
            Assert.InRange(
                Closeness.LargestDifference(
                    Render(network, PictureRegion.Whole(width, height), width, height), Render(network, null, width, height), leastScale: 1),
                0, Bound);
    }

    [Fact]
    public void Strips_and_threads_change_no_bit()
    {
        Mlp network = Network(CoordinateConvention.SymmetricPixelCenter);
        var region = new PictureRegion(2, 3, 11.5, 9, 30, 20);
        float[] whole = new float[41 * 37 * 3], strips = new float[whole.Length];
        using var alone = new ImageRenderer(network, threadCount: 1);
        using var threads = new ImageRenderer(network, threadCount: 3);
        alone.Render(region, 41, 37, 0, 37, whole, TestContext.Current.CancellationToken);
        for (int row = 0; row < 37; row += 5)
            threads.Render(region, 41, 37, row, Math.Min(5, 37 - row), strips.AsSpan(row * 41 * 3), TestContext.Current.CancellationToken);
        Assert.Equal(whole, strips);
    }

    [Theory, MemberData(nameof(Bad))]
    public void A_region_that_is_none_or_not_inside_is_refused(double[] region, string message) => Assert.Contains(
        message, Assert.Throws<ArgumentException>(() => new PictureRegion(region[0], region[1], region[2], region[3], 30, 20)).Message);

    [Fact]
    public void A_sum_that_was_rounded_up_is_still_inside()
    {
        _ = new PictureRegion(29.9, 0, 0.1 + 1e-14, 20, 30, 20);
        Assert.Throws<ArgumentException>(() => new PictureRegion(29.9, 0, 0.1001, 20, 30, 20));
    }

    [Fact]
    public void A_picture_has_a_size_and_the_default_value_is_no_region()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PictureRegion(0, 0, 1, 1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PictureRegion(0, 0, 1, 1, 1, 0));
        using var renderer = new ImageRenderer(Network(CoordinateConvention.PixelCenter), threadCount: 1);
        Assert.Throws<ArgumentException>(() => renderer.Render(default(PictureRegion), 1, 1, 0, 1, new float[3], TestContext.Current.CancellationToken));
    }

    [Theory, InlineData(0, 4, 0, 1), InlineData(4, 0, 0, 0), InlineData(4, 4, 3, 2), InlineData(4, 4, -1, 1)]
    public void Rows_outside_of_the_rendering_are_refused(int width, int height, int firstRow, int rowCount)
    {
        using var renderer = new ImageRenderer(Network(CoordinateConvention.PixelCenter), threadCount: 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => renderer.Render(
            PictureRegion.Whole(9, 9), width, height, firstRow, rowCount, new float[99], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Its_text_says_what_and_where() => Assert.Equal(
        "20.5 x 7 at (3.25, 1) of 30 x 20", new PictureRegion(3.25, 1, 20.5, 7, 30, 20).ToString());

    private static double[] Render(Mlp network, PictureRegion? region, int width, int height)
    {
        using var renderer = new ImageRenderer(network, threadCount: 1);
        var colors = new float[width * height * 3];
        if (region is PictureRegion part)
            renderer.Render(part, width, height, 0, height, colors, TestContext.Current.CancellationToken);
        else
            renderer.Render(width, height, 0, height, colors, TestContext.Current.CancellationToken);
        return [.. colors.Select(color => (double)color)];
    }

    private static Mlp Network(CoordinateConvention convention) =>
        new(new MlpDesign { HiddenLayers = [33, 17], Omega = 20, Coordinates = convention });
}
