using System.Management.Automation;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class PixelsAttributeTests
{
    private readonly PixelsAttribute _pixels = new();

    [Theory]
    [InlineData("2k", 2048)]
    [InlineData("1.5k", 1536)]
    [InlineData("16K", 16384)]
    [InlineData(" 0.1 k ", 102)]
    public void A_k_is_1024(string text, int pixels) => Assert.Equal(pixels, _pixels.Transform(null!, text));

    [Theory]
    [InlineData(512)]
    [InlineData("512")]
    [InlineData("0x200")]
    [InlineData(1.5)]
    [InlineData(null)]
    public void Anything_else_is_left_to_PowerShell(object? value) => Assert.Equal(value, _pixels.Transform(null!, value));

    [Theory]
    [InlineData("2q")]
    [InlineData("k")]
    [InlineData("-2k")]
    [InlineData("large")]
    [InlineData("9999999k")]
    public void A_text_that_is_no_number_of_pixels_is_named_and_so_are_the_forms(string text)
    {
        string message = Assert.Throws<ArgumentTransformationMetadataException>(() => _pixels.Transform(null!, text)).Message;
        Assert.Contains($"'{text}'", message);
        Assert.Contains("2048, or thousands such as 2k or 1.5k", message);
    }
}
