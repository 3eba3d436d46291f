using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Tests;

public class CountedTests
{
    [Theory]
    [InlineData(0, "0 pixels")]
    [InlineData(1, "1 pixel")]
    [InlineData(2, "2 pixels")]
    [InlineData(-1, "-1 pixels")]
    [InlineData(12_345_678_901, "12345678901 pixels")]
    public void One_is_singular(long count, string text) => Assert.Equal(text, Counted.Text(count, "pixel"));
}
