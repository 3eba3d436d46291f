using System.Management.Automation;
using System.Numerics;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class DurationTests
{
    public static TheoryData<object> TwentyInEveryType =>
        [20, 20L, 20.0, 20f, 20m, (short)20, (byte)20, (sbyte)20, (ushort)20, 20u, 20ul, "20", "2e1", "20u", "20y", "20l", (Half)20, new BigInteger(20)];

    [Theory, MemberData(nameof(TwentyInEveryType))]
    public void A_number_of_any_type_is_seconds(object number)
    {
        Assert.Equal(TimeSpan.FromSeconds(20), Convert(number));
        Assert.Equal(TimeSpan.FromSeconds(20), Convert(PSObject.AsPSObject(number)));
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
    [InlineData("0:0:20", 20)]
    [InlineData("1.0:0:0", 86400)]
    public void A_text_has_units_or_colons(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Convert(text));

    [Fact]
    public void Times_are_taken_and_compared()
    {
        var day = LanguagePrimitives.ConvertTo<Duration>(TimeSpan.FromDays(1));
        Assert.Equal(TimeSpan.FromDays(1), (TimeSpan)day);
        Assert.Equal(86400, day.TotalSeconds);
        Assert.True(LanguagePrimitives.Equals(day, "24h", ignoreCase: true));
        Assert.True(LanguagePrimitives.Equals(day, 86400, ignoreCase: true));
        Assert.True(LanguagePrimitives.Compare(day, "1h") > 0);
        Assert.True(LanguagePrimitives.Compare(day, TimeSpan.FromDays(2)) < 0);
    }

    [Theory]
    [InlineData("0,5")]
    [InlineData("1,5s")]
    public void A_decimal_comma_is_refused(string text) =>
        Assert.Contains($"'{text}'", Assert.ThrowsAny<PSInvalidCastException>(() => Convert(text)).Message);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1e300)]
    public void A_number_that_is_no_time_is_refused(double number) => Assert.ThrowsAny<PSInvalidCastException>(() => Convert(number));

    [Theory]
    [InlineData("soon")]
    [InlineData("5x")]
    [InlineData("2d")]
    [InlineData("30s1m")]
    [InlineData("1m1m")]
    [InlineData("ms")]
    [InlineData("99999999999999h")]
    [InlineData("0:0:20s")]
    [InlineData("")]
    [InlineData(" ")]
    public void A_text_that_is_no_time_is_named_and_so_are_the_forms(string text)
    {
        string message = Assert.ThrowsAny<PSInvalidCastException>(() => Convert(text)).Message;
        Assert.Contains($"'{text}'", message);
        Assert.Contains("500ms, 30s, 1m30s or 1.5h", message);
        Assert.Contains("0:0:30", message);
    }

    private static TimeSpan Convert(object value) => LanguagePrimitives.ConvertTo<Duration>(value);
}
