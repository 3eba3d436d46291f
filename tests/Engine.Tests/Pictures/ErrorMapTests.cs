namespace MonaLisa.Engine.Tests;

public sealed class ErrorMapTests
{
    [Fact]
    public void An_error_is_the_mean_over_the_channels()
    {
        var target = new PixelDataset("two", 2, 1, [0, 0, 0, 255, 255, 255]);
        var map = new ErrorMap(target, 3, (_, _, colors) => new[] { 0.1f, 0.2f, 0.6f, 2f, 1f, 0.4f }.CopyTo(colors));
        var errors = new float[2];
        map.CopyErrors(0, 1, errors);
        Assert.Equal(0.3f, errors[0], 1e-6f);
        // A painted colour beyond white is white.
        Assert.Equal(0.2f, errors[1], 1e-6f);
    }

    [Fact]
    public void Pictures_of_other_channels_are_compared_as_colours()
    {
        // Grey is three equal colours, and alpha is laid on white.
        var map = new ErrorMap(new PixelDataset("grey", 2, 1, [255, 0], channels: 1), 4,
            (_, _, colors) => new[] { 0.4f, 1f, 1f, 1f, 0f, 0f, 0f, 0.25f }.CopyTo(colors));
        var errors = new float[2];
        map.CopyErrors(0, 1, errors);
        Assert.Equal(0.2f, errors[0], 1e-6f);
        Assert.Equal(0.75f, errors[1], 1e-6f);
    }

    [Theory, InlineData(1, 0.25f), InlineData(2, 0.5f), InlineData(10, 1f)]
    public void The_colour_is_that_of_the_error_times_the_gain(double gain, float value)
    {
        ErrorMap map = Map(4, 3, _ => 0.25f);
        var colors = new float[4 * 3 * 3];
        map.Rows(gain)(0, 3, colors);
        var expected = new float[3];
        ColorMap.Sequential.Write(value, expected);
        Assert.All(colors.Chunk(3), color => Assert.Equal(expected, color));
    }

    [Fact]
    public void The_gain_that_suits_lets_one_pixel_in_two_hundred_be_lightest()
    {
        // 10,000 pixels with errors of 0 to 0.5, row by row.
        double gain = Map(100, 100, pixel => pixel / 20_000f).SuitingGain(TestContext.Current.CancellationToken);
        Assert.Equal(0.4975, 1 / gain, 0.001);
    }

    [Theory]
    [InlineData(1 << 18, 1)]
    [InlineData(1 << 14, 17)]
    [InlineData(1, 1 << 17)]
    public void The_gain_that_suits_takes_memory_for_a_strip(int width, int height)
    {
        ErrorMap map = Map(width, height, pixel => pixel % 2 * 0.5f);
        long before = GC.GetAllocatedBytesForCurrentThread();
        double gain = map.SuitingGain(TestContext.Current.CancellationToken);
        Assert.Equal(0.5, 1 / gain, 0.001);
        // The errors of a strip, its samples and those of the painting.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8L * sizeof(float) * Math.Max(width, 1 << 16));
    }

    [Fact]
    public void A_few_large_errors_do_not_hide_the_others()
    {
        double gain = Map(100, 100, pixel => pixel < 40 ? 1 : 0.01f).SuitingGain(TestContext.Current.CancellationToken);
        Assert.InRange(1 / gain, 0.01, 0.0102);
    }

    [Fact]
    public void A_painting_without_errors_is_black()
    {
        ErrorMap map = Map(8, 8, _ => 0);
        Assert.Equal(1, map.SuitingGain(TestContext.Current.CancellationToken));
        var colors = new float[8 * 8 * 3];
        map.Rows(1)(0, 8, colors);
        Assert.All(colors, color => Assert.Equal(0, color));
    }

    [Fact]
    public void Ignored_pixels_have_no_error_and_held_out_ones_have()
    {
        PixelDataset target = new PixelDataset("grey", 3, 2, new byte[6], channels: 1)
            .WithRoles((x, _) => x == 0 ? PixelRole.Training : x == 1 ? PixelRole.HeldOut : PixelRole.Ignored);
        var map = new ErrorMap(target, 1, (_, _, colors) => colors.Fill(0.5f));
        var errors = new float[3];
        map.CopyErrors(1, 1, errors);
        Assert.Equal([0.5f, 0.5f, 0], errors);
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void There_is_no_such_gain(double gain) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Map(1, 1, _ => 0).Rows(gain));

    [Fact]
    public void It_can_be_cancelled() => Assert.Throws<OperationCanceledException>(
        () => Map(1, 1, _ => 0).SuitingGain(new CancellationToken(canceled: true)));

    private static ErrorMap Map(int width, int height, Func<int, float> error) =>
        new(new PixelDataset("black", width, height, new byte[width * height], channels: 1), 1, (firstRow, rowCount, colors) =>
        {
            for (int i = 0; i < rowCount * width; i++)
                colors[i] = error(firstRow * width + i);
        });
}
