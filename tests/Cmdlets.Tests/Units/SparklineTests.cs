using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class SparklineTests
{
    [Fact]
    public void Each_value_is_a_block_between_the_least_and_the_greatest() =>
        Assert.Equal("▁▂▃▄▅▆▇█", Sparkline.Of([0, 1, 2, 3, 4, 5, 6, 7], 12));

    [Fact]
    public void More_values_than_there_is_room_for_are_averaged() =>
        Assert.Equal("█▁", Sparkline.Of([4, 6, 1, 1], 2));

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(1000)]
    public void It_is_never_longer_than_asked(int count) =>
        Assert.Equal(Math.Min(count, 12), Sparkline.Of([.. Enumerable.Range(0, count).Select(i => (double)-i)], 12).Length);

    [Fact]
    public void Every_value_counts_in_the_average()
    {
        // 5 values in 2 parts: 2 and 3. Were one left out, both parts would be equal.
        Assert.Equal("▁█", Sparkline.Of([0, 0, 0, 0, 9], 2));
        Assert.Equal("█▁", Sparkline.Of([9, 0, 0, 0, 0], 2));
    }

    [Fact]
    public void Equal_values_are_a_line_at_half_height() => Assert.Equal("▄▄▄", Sparkline.Of([2, 2, 2], 3));

    [Fact]
    public void No_values_are_no_text() => Assert.Equal("", Sparkline.Of([], 5));

    [Fact]
    public void What_is_no_number_leaves_a_gap_and_does_not_bend_the_rest()
    {
        Assert.Equal("▁ █", Sparkline.Of([1, double.NaN, 2], 3));
        Assert.Equal("▁ █", Sparkline.Of([1, double.PositiveInfinity, 2], 3));
        Assert.Equal("  ", Sparkline.Of([double.NaN, double.NegativeInfinity], 3));
    }

    [Fact]
    public void Without_room_it_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Sparkline.Of([1], 0));
}
