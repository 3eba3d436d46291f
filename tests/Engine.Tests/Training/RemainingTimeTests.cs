using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

public class RemainingTimeTests
{
    [Theory, InlineData(0.25, 30), InlineData(0.5, 10), InlineData(1, 0)]
    public void It_is_as_long_as_the_rest_takes_at_the_same_speed(double fraction, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RemainingTime.Of(TimeSpan.FromSeconds(10), fraction));

    [Theory, InlineData(0), InlineData(1e-12), InlineData(double.Epsilon)]
    public void What_takes_longer_than_a_century_is_not_told(double fraction) =>
        Assert.Null(RemainingTime.Of(TimeSpan.FromSeconds(10), fraction));

    [Fact]
    public void It_is_not_known_before_the_first_step() => Assert.Null(RemainingTime.Of(TimeSpan.Zero, 0));
}
