namespace MonaLisa.Engine.Tests;

/// <summary>Which pixels are held out, and that the rest are all there.</summary>
public class HoldOutTests
{
    [Theory]
    [InlineData(40, 30, 0.5, 600)]
    [InlineData(37, 29, 0.1, 107)]
    [InlineData(37, 29, 0.999, 1072)]
    [InlineData(3, 1, 0.5, 2)]
    [InlineData(300, 200, 1 / 3.0, 20_000)]
    public void Random_holds_out_exactly_the_nearest_count(int width, int height, double fraction, int expected)
    {
        PixelDataset dataset = Create(width, height, new HoldOut { Fraction = fraction });
        Assert.Equal((width * height - expected, expected, 0),
            (dataset.TrainingPixelCount, dataset.HeldOutPixelCount, dataset.IgnoredPixelCount));
        AssertIsPartition(dataset);
    }

    [Fact]
    public void Random_is_spread_evenly_and_each_seed_has_its_own()
    {
        uint[] first = HeldOut(Create(200, 200, new HoldOut { Fraction = 0.25, Seed = 1 }));
        uint[] same = HeldOut(Create(200, 200, new HoldOut { Fraction = 0.25, Seed = 1 }));
        uint[] other = HeldOut(Create(200, 200, new HoldOut { Fraction = 0.25, Seed = 2 }));
        Assert.Equal(first, same);
        // Two independent quarters share a sixteenth.
        Assert.InRange(first.Intersect(other).Count() / 40_000.0, 0.0575, 0.0675);
        foreach (int quarter in Enumerable.Range(0, 4))
            Assert.InRange(first.Count(pixel => pixel % 200 / 100 + pixel / 20_000 * 2 == quarter), 2350, 2650);
        // No stripes: neighbours are independent.
        var set = first.ToHashSet();
        Assert.InRange(first.Count(pixel => set.Contains(pixel + 1)) / 10_000.0, 0.23, 0.27);
        Assert.InRange(first.Count(pixel => set.Contains(pixel + 200)) / 10_000.0, 0.23, 0.27);
    }

    [Theory]
    [InlineData(0.75, 2)]
    [InlineData(8 / 9.0, 3)]
    [InlineData(0.888889, 3)]
    [InlineData(0.9375, 4)]
    public void Grid_keeps_one_pixel_in_each_square(double fraction, int side)
    {
        PixelDataset dataset = Create(25, 14, new HoldOut { Fraction = fraction, Pattern = HoldOutPattern.Grid });
        uint[] expected = [.. Enumerable.Range(0, 25 * 14)
            .Where(pixel => pixel % 25 % side == 0 && pixel / 25 % side == 0).Select(pixel => (uint)pixel)];
        Assert.Equal(expected, Training(dataset));
        AssertIsPartition(dataset);
    }

    [Theory, InlineData(0.3), InlineData(0.5), InlineData(0.6), InlineData(0.8), InlineData(0.97)]
    public void Grid_meets_other_shares_with_two_distances_that_alternate(double fraction)
    {
        PixelDataset dataset = Create(400, 300, new HoldOut { Fraction = fraction, Pattern = HoldOutPattern.Grid });
        Assert.Equal(fraction, dataset.HeldOutPixelCount / 120_000.0, 0.01);
        uint[] training = Training(dataset);
        uint[] columns = [.. training.Select(pixel => pixel % 400).Distinct()];
        uint[] rows = [.. training.Select(pixel => pixel / 400).Distinct()];
        Assert.Equal(training.Length, columns.Length * rows.Length);
        double distance = 1 / Math.Sqrt(1 - fraction);
        Assert.All(columns.Zip(columns.Skip(1), (left, right) => right - left),
            step => Assert.InRange((double)step, Math.Floor(distance), Math.Ceiling(distance)));
        AssertIsPartition(dataset);
    }

    [Fact]
    public void Block_is_one_rectangle_of_the_share_near_the_middle()
    {
        var places = new HashSet<(uint, uint)>();
        for (int seed = 0; seed < 20; seed++)
        {
            PixelDataset dataset = Create(80, 60, new HoldOut { Fraction = 0.2, Pattern = HoldOutPattern.Block, Seed = seed });
            uint[] pixels = HeldOut(dataset);
            uint left = pixels.Min(pixel => pixel % 80), right = pixels.Max(pixel => pixel % 80);
            uint top = pixels[0] / 80, bottom = pixels[^1] / 80;
            Assert.Equal((uint)pixels.Length, (right - left + 1) * (bottom - top + 1));
            Assert.InRange(pixels.Length, 0.19 * 4800, 0.21 * 4800);
            Assert.InRange((left + right + 1) / 2.0, 28, 52);
            Assert.InRange((top + bottom + 1) / 2.0, 21, 39);
            places.Add((left, top));
            AssertIsPartition(dataset);
        }
        Assert.True(places.Count > 10);
    }

    [Theory, InlineData(0.0), InlineData(1.0), InlineData(-0.5), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_share_is_above_0_and_below_1(double fraction)
    {
        var error = Assert.Throws<ArgumentException>(() => Create(4, 4, new HoldOut { Fraction = fraction }));
        Assert.Contains("above 0 and below 1", error.Message);
    }

    [Fact]
    public void A_pattern_that_is_none_is_refused() =>
        Assert.Throws<ArgumentException>(() => Create(4, 4, new HoldOut { Fraction = 0.5, Pattern = (HoldOutPattern)7 }));

    [Theory, InlineData(HoldOutPattern.Random), InlineData(HoldOutPattern.Block)]
    public void A_picture_without_a_training_pixel_left_is_refused(HoldOutPattern pattern)
    {
        var error = Assert.Throws<ArgumentException>(() => Create(1, 1, new HoldOut { Fraction = 0.9, Pattern = pattern }));
        Assert.Contains("no training pixel", error.Message);
    }

    [Fact]
    public void A_share_that_rounds_to_no_pixel_leaves_an_ordinary_picture() =>
        Assert.Null(Create(4, 4, new HoldOut { Fraction = 0.01 }).Partition);

    [Fact]
    public void Roles_can_be_given_by_code_and_added_to()
    {
        PixelDataset picture = TestPictures.Create(10, 8);
        PixelDataset dataset = picture.WithRoles((x, y) =>
            x % 2 == 0 && y % 2 == 0 ? PixelRole.Training : x % 2 == 1 && y % 2 == 1 ? PixelRole.HeldOut : PixelRole.Ignored);
        Assert.Equal((20, 20, 40), (dataset.TrainingPixelCount, dataset.HeldOutPixelCount, dataset.IgnoredPixelCount));
        Assert.All(Training(dataset), pixel => Assert.True(pixel % 10 % 2 == 0 && pixel / 10 % 2 == 0));
        Assert.All(HeldOut(dataset), pixel => Assert.True(pixel % 10 % 2 == 1 && pixel / 10 % 2 == 1));
        Assert.Equal(picture.Samples8, dataset.Samples8);

        PixelDataset more = dataset.WithHoldOut(new HoldOut { Fraction = 0.5 });
        Assert.Equal((10, 30, 40), (more.TrainingPixelCount, more.HeldOutPixelCount, more.IgnoredPixelCount));
        Assert.Empty(HeldOut(dataset).Except(HeldOut(more)));
        Assert.Empty(Training(more).Except(Training(dataset)));
        Assert.Equal((picture.Name, 80, 0), (more.Name, picture.TrainingPixelCount, picture.HeldOutPixelCount));
        Assert.Throws<ArgumentException>(() => picture.WithRoles((_, _) => PixelRole.HeldOut));
        Assert.Null(more.WithRoles((_, _) => PixelRole.Training).Partition);
    }

    [Theory]
    [InlineData(2, 12)]
    [InlineData(0, 0)]
    [InlineData(5, 30)]
    public void A_pixel_has_1_3_or_4_channels(int channels, int length) =>
        Assert.Throws<ArgumentException>(() => new PixelDataset("odd", 3, 2, new byte[length], channels: channels));

    [Fact]
    public void The_number_of_samples_is_checked_for_each_number_of_channels()
    {
        foreach (int channels in (int[])[1, 3, 4])
        {
            Assert.Equal(channels, new PixelDataset("fits", 3, 2, new ushort[6 * channels], channels: channels).Channels);
            Assert.Throws<ArgumentException>(() => new PixelDataset("short", 3, 2, new byte[6 * channels - 1], channels: channels));
        }
    }

    private static PixelDataset Create(int width, int height, HoldOut holdOut) => TestPictures.Create(width, height).WithHoldOut(holdOut);

    private static uint[] Training(PixelDataset dataset) => dataset.Partition!.Pixels[..dataset.TrainingPixelCount];

    private static uint[] HeldOut(PixelDataset dataset) => dataset.Partition!.Pixels[dataset.TrainingPixelCount..];

    private static void AssertIsPartition(PixelDataset dataset)
    {
        Assert.Equal(
            Enumerable.Range(0, dataset.PixelCount).Select(pixel => (uint)pixel), Training(dataset).Concat(HeldOut(dataset)).Order());
        Assert.Equal(Training(dataset).Order(), Training(dataset));
        Assert.Equal(HeldOut(dataset).Order(), HeldOut(dataset));
    }
}
