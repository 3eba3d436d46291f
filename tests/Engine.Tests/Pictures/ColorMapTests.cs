namespace MonaLisa.Engine.Tests;

public sealed class ColorMapTests
{
    [Fact]
    public void The_sequential_map_grows_lighter_all_the_way()
    {
        double[] luma = [.. Enumerable.Range(0, 257).Select(i => Luma(ColorMap.Sequential, i / 256f))];
        Assert.Equal([.. luma.Order()], luma);
        Assert.Equal(257, luma.Distinct().Count());
        Assert.InRange(luma[0], 0, 0);
        Assert.InRange(luma[^1], 0.9, 1);
    }

    [Fact]
    public void The_diverging_map_grows_darker_to_both_sides_alike()
    {
        for (int i = 1; i <= 128; i++)
        {
            Assert.True(Luma(ColorMap.Diverging, 0.5f + i / 256f) < Luma(ColorMap.Diverging, 0.5f + (i - 1) / 256f));
            Assert.True(Luma(ColorMap.Diverging, 0.5f - i / 256f) < Luma(ColorMap.Diverging, 0.5f - (i - 1) / 256f));
            Assert.Equal(Luma(ColorMap.Diverging, 0.5f + i / 256f), Luma(ColorMap.Diverging, 0.5f - i / 256f), 0.16);
        }
    }

    // Who cannot tell red from green sees blue and yellow: one side is the bluer all the way, the other the yellower.
    [Fact]
    public void Its_sides_differ_in_blue()
    {
        for (int i = 8; i <= 128; i++)
        {
            float[] negative = Color(ColorMap.Diverging, 0.5f - i / 256f), positive = Color(ColorMap.Diverging, 0.5f + i / 256f);
            Assert.True(negative[2] > negative[0] && positive[2] < positive[0], $"at {i}");
        }
    }

    [Theory, InlineData(-1f, 0f), InlineData(2f, 1f), InlineData(float.NaN, 0f), InlineData(float.PositiveInfinity, 1f)]
    public void What_is_outside_has_the_colour_of_an_end(float value, float end) =>
        Assert.Equal(Color(ColorMap.Sequential, end), Color(ColorMap.Sequential, value));

    private static float[] Color(ColorMap map, float value)
    {
        var color = new float[3];
        map.Write(value, color);
        return color;
    }

    private static double Luma(ColorMap map, float value) => Color(map, value) is [float red, float green, float blue]
        ? 0.299 * red + 0.587 * green + 0.114 * blue : throw new InvalidOperationException();
}
