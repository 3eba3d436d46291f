using System.Collections;
using System.Management.Automation;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class LayersAttributeTests
{
    private readonly LayersAttribute _layers = new();

    public static TheoryData<object, int[]> Forms => new()
    {
        { "3x256", [256, 256, 256] },
        { "3 x 256", [256, 256, 256] },
        { "3×256", [256, 256, 256] },
        { "2X64", [64, 64] },
        { "2x256, 64", [256, 256, 64] },
        { new object[] { "2x256", 64 }, [256, 256, 64] },
        { new object[] { 64, "2x8", "16" }, [64, 8, 8, 16] },
        { new ArrayList { PSObject.AsPSObject("1x5") }, [5] },
        { "256", [256] },
        { "0x100", [256] },
    };

    [Theory, MemberData(nameof(Forms))]
    public void A_text_stands_for_its_layers(object argument, int[] expected) =>
        Assert.Equal(expected, Assert.IsType<object[]>(_layers.Transform(null!, argument)).Select(layer => Assert.IsType<int>(layer)));

    [Fact]
    public void What_has_no_text_is_left_to_PowerShell()
    {
        int[] layers = [8, 8];
        Assert.Same(layers, _layers.Transform(null!, layers));
        Assert.Equal(256, _layers.Transform(null!, 256));
        Assert.Null(_layers.Transform(null!, null));
    }

    [Theory]
    [InlineData("deep")]
    [InlineData("3xwide")]
    [InlineData("x256")]
    [InlineData("2x256,")]
    [InlineData("257x8")]
    [InlineData("99999999999x8")]
    [InlineData("2x99999999999")]
    [InlineData("")]
    public void A_text_that_is_no_layers_is_named_and_so_are_the_forms(string text)
    {
        string message = Assert.Throws<ArgumentTransformationMetadataException>(() => _layers.Transform(null!, text)).Message;
        Assert.Contains($"'{text}'", message);
        Assert.Contains("300, 300, 300, or 3x300", message);
    }
}
