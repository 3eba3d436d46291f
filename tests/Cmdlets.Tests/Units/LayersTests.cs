using System.Collections;
using System.Management.Automation;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class LayersTests
{
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
        { new List<int> { 8, 8 }, [8, 8] },
        { "256", [256] },
        { "0x100", [256] },
        { "1k", [1024] },
        { "2x0.5k, 8", [512, 512, 8] },
        { 256, [256] },
    };

    [Theory, MemberData(nameof(Forms))]
    public void A_number_or_a_text_stands_for_its_layers(object argument, int[] expected) =>
        Assert.Equal(expected, Layers.Of(LanguagePrimitives.ConvertTo<Layers[]>(argument)));

    [Fact]
    public void Layers_are_compared_however_they_were_written()
    {
        Assert.Equal(Layers.Parse("2x8"), Layers.Parse("1x8, 8"));
        Assert.Equal(Layers.Parse("2x8").GetHashCode(), Layers.Parse("1x8,8").GetHashCode());
        Assert.True(LanguagePrimitives.Equals(Layers.Parse("1x8"), 8, ignoreCase: true));
        Assert.Equal("8,8", Layers.Parse("2x8").ToString());
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
        string message = Assert.ThrowsAny<PSInvalidCastException>(() => LanguagePrimitives.ConvertTo<Layers>(text)).Message;
        Assert.Contains($"'{text}'", message);
        Assert.Contains("300, 300, 300, or 3x300", message);
    }
}
