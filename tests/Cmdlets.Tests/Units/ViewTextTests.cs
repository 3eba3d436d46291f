using System.Globalization;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class ViewTextTests
{
    [Theory]
    [InlineData(41.267, 2, 6, "41.27")]
    [InlineData(-0.01234, 4, 7, "-0.0123")]
    [InlineData(-0.00001, 4, 7, "0.0000")]
    [InlineData(0.0, 2, 6, "0.00")]
    [InlineData(-100.0, 2, 7, "-100.00")]
    [InlineData(123.4567, 4, 6, "123.46")]
    [InlineData(12345678.0, 2, 6, "1E+7")]
    [InlineData(double.PositiveInfinity, 2, 6, "Inf")]
    [InlineData(double.NegativeInfinity, 2, 6, "-Inf")]
    [InlineData(double.NaN, 2, 6, "NaN")]
    [InlineData(null, 2, 6, "")]
    public void A_figure_fits_its_column(double? value, int decimals, int width, string text)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Assert.Equal(text, ViewText.Figure(value, decimals, width));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData("2-256-256-256-3", "2-3x256-3")]
    [InlineData("2-256-256-64-3", "2-2x256-64-3")]
    [InlineData("2-8-16-8-8-1", "2-8-16-2x8-1")]
    [InlineData("2-16-64-3", "2-16-64-3")]
    [InlineData("3-3", "3-3")]
    public void Equal_layers_are_counted(string shape, string expected) => Assert.Equal(expected, ViewText.Shape(shape));

    [Theory]
    [InlineData(0.04, "0.0s")]
    [InlineData(9.31, "9.3s")]
    [InlineData(999.9, "999.9s")]
    [InlineData(1025, "17:05")]
    [InlineData(11400, "3:10:00")]
    [InlineData(100 * 3600, "100:00:00")]
    public void A_time_is_short(double seconds, string expected) => Assert.Equal(expected, ViewText.Time(TimeSpan.FromSeconds(seconds)));
}
