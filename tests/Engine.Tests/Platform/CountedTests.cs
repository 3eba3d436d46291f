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

    [Theory, InlineData(1, "its only one is"), InlineData(2, "all 2 are")]
    public void All_of_one_is_its_only_one(long count, string text) => Assert.Equal(text, Counted.All(count));
}
