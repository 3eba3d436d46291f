namespace MonaLisa.Engine.Tests;

public sealed class AreaAverageTests
{
    [Fact]
    public void Pixels_that_fit_are_averaged_exactly() =>
        Assert.Equal([2.5f, 4.5f, 10.5f, 12.5f], Sample([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], 4, 4, 2, 2));

    [Fact]
    public void A_larger_picture_shows_squares() =>
        Assert.Equal([1, 1, 2, 2, 1, 1, 2, 2], Sample([1, 2], 2, 1, 4, 2));

    [Fact]
    public void Parts_of_pixels_count_by_their_area()
    {
        float[] thirds = Sample([0, 3, 6, 9], 4, 1, 3, 1);
        Assert.Equal([0.75f, 4.5f, 8.25f], thirds.Select(value => MathF.Round(value, 4)));
    }

    [Fact]
    public void The_mean_stays()
    {
        var random = new Random(1);
        float[] colors = [.. Enumerable.Range(0, 37 * 29 * 3).Select(_ => random.NextSingle())];
        float[] sampled = AreaAverage.Sample(Rows(colors, 37, 3), 37, 29, 3, 10, 7, TestContext.Current.CancellationToken);
        for (int channel = 0; channel < 3; channel++)
            Assert.Equal(
                colors.Where((_, i) => i % 3 == channel).Average(), sampled.Where((_, i) => i % 3 == channel).Average(), 1e-4f);
    }

    [Fact]
    public void A_region_may_begin_and_end_within_pixels()
    {
        float[] sampled = AreaAverage.Sample(
            Rows([0, 10, 20, 30], 4, 1), 4, 1, 1, 0.5, 0, 3, 1, 2, 1, TestContext.Current.CancellationToken);
        // 0.5 to 2 covers half of the first and all of the second; 2 to 3.5 all of the third and half of the fourth.
        Assert.Equal([10 / 1.5f, (20 + 15) / 1.5f], sampled, (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void No_colour_leaks_from_under_transparency()
    {
        float[] sampled = AreaAverage.Sample(
            Rows([1, 0, 0, 0, 0, 0, 1, 1], 2, 4), 2, 1, 4, 1, 1, TestContext.Current.CancellationToken);
        Assert.Equal([0, 0, 1, 0.5f], sampled);
        Assert.Equal([0, 0, 0, 0], AreaAverage.Sample(Rows([1, 1, 1, 0], 1, 4), 1, 1, 4, 1, 1, TestContext.Current.CancellationToken));
    }

    private static float[] Sample(float[] colors, int width, int height, int toWidth, int toHeight) =>
        AreaAverage.Sample(Rows(colors, width, 1), width, height, 1, toWidth, toHeight, TestContext.Current.CancellationToken);

    private static RowSource Rows(float[] colors, int width, int channels) => (firstRow, rowCount, destination) =>
        colors.AsSpan(firstRow * width * channels, rowCount * width * channels).CopyTo(destination);
}
