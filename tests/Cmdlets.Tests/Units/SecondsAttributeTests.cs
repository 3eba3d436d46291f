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
}
