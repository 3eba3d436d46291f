using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

public class DecibelsTests
{
    [Theory]
    [InlineData(30, 29.5, 0.5)]
    [InlineData(30, 29.999, 0.001)]
    [InlineData(30, 30.004, 0.0)]
    [InlineData(30, 30.02, -0.02)]
    [InlineData(double.PositiveInfinity, 30, null)]
    public void What_rounding_gives_by_chance_is_nothing_lost(double before, double after, double? lost)
    {
        double? found = Decibels.Lost(before, after);
        Assert.Equal(lost is null, found is null);
        Assert.Equal(lost ?? 0, found ?? 0, 1e-9);
        Assert.False(found is double value && double.IsNegative(value) && value > -0.005);
    }
}
