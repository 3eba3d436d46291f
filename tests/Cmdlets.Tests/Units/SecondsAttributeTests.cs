using System.Management.Automation;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class SecondsAttributeTests
{
    private readonly SecondsAttribute _seconds = new();

    [Theory]
    [InlineData(20)]
    [InlineData(20L)]
    [InlineData(20.0)]
    [InlineData("20")]
    [InlineData("2e1")]
    public void A_number_is_seconds(object number)
    {
        Assert.Equal(TimeSpan.FromSeconds(20), _seconds.Transform(null!, number));
        Assert.Equal(TimeSpan.FromSeconds(20), _seconds.Transform(null!, PSObject.AsPSObject(number)));
    }

    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("30s", 30)]
    [InlineData("1.5s", 1.5)]
    [InlineData(".5s", 0.5)]
    [InlineData("2m", 120)]
    [InlineData("2min", 120)]
    [InlineData("1.5h", 5400)]
    [InlineData("1m30s", 90)]
    [InlineData("1h 30m", 5400)]
    [InlineData("1H2M3S4MS", 3723.004)]
    [InlineData(" 40000s ", 40000)]
    public void Units_say_what_a_number_counts(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), _seconds.Transform(null!, text));

    [Fact]
    public void Anything_else_is_left_to_PowerShell()
    {
        Assert.Equal("0:0:20", _seconds.Transform(null!, "0:0:20"));
        Assert.Equal(TimeSpan.FromDays(1), _seconds.Transform(null!, TimeSpan.FromDays(1)));
        Assert.Null(_seconds.Transform(null!, null));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1e300)]
    public void A_number_that_is_no_time_is_refused(double number) =>
        Assert.Throws<ArgumentTransformationMetadataException>(() => _seconds.Transform(null!, number));

    [Theory]
    [InlineData("soon")]
    [InlineData("5x")]
    [InlineData("30s1m")]
    [InlineData("1m1m")]
    [InlineData("-5s")]
    [InlineData("ms")]
    [InlineData("99999999999999h")]
    [InlineData("0:0:20s")]
    public void A_text_that_is_no_time_is_named_and_so_are_the_forms(string text)
    {
        string message = Assert.Throws<ArgumentTransformationMetadataException>(() => _seconds.Transform(null!, text)).Message;
        Assert.Contains($"'{text}'", message);
        Assert.Contains("500ms, 30s, 1m30s or 1.5h", message);
        Assert.Contains("0:0:30", message);
    }

    [Fact]
    public void An_empty_text_is_no_time() => Assert.Throws<ArgumentTransformationMetadataException>(() => _seconds.Transform(null!, ""));
}
