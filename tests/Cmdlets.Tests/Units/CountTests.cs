using System.Management.Automation;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class CountTests
{
    [Theory]
    [InlineData("2k", 2048)]
    [InlineData("1.5k", 1536)]
    [InlineData("16K", 16384)]
    [InlineData(" 0.1 k ", 102)]
    [InlineData(512, 512)]
    [InlineData("512", 512)]
    [InlineData("0x200", 512)]
    [InlineData("1kb", 1024)]
    [InlineData("1,024", 1024)]
    [InlineData(1.6, 2)]
    [InlineData(-3L, -3)]
    public void A_number_is_itself_and_a_k_is_1024(object given, int count)
    {
        var converted = LanguagePrimitives.ConvertTo<Count>(given);
        Assert.Equal(count, (int)converted);
        Assert.True(LanguagePrimitives.Equals(converted, count, ignoreCase: true));
        Assert.True(LanguagePrimitives.Compare(converted, count - 1) > 0);
    }

    [Theory]
    [InlineData("2q")]
    [InlineData("k")]
    [InlineData("-2k")]
    [InlineData("large")]
    [InlineData("9999999k")]
    [InlineData("99999999999")]
    [InlineData("NaN")]
    [InlineData("")]
    [InlineData("1,5")]
    [InlineData("0,500")]
    [InlineData("1,0240")]
    public void A_text_that_is_no_number_is_named_and_so_are_the_forms(string text)
    {
        string message = Assert.ThrowsAny<PSInvalidCastException>(() => LanguagePrimitives.ConvertTo<Count>(text)).Message;
        Assert.Contains($"'{text}'", message);
        Assert.Contains("2048, or thousands such as 2k or 1.5k", message);
    }
}
