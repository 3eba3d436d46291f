using System.Globalization;
using CsCheck;
using MonaLisa.Engine.Output;

namespace MonaLisa.Engine.Tests;

public class ShaderNumberTests
{
    [Theory]
    [InlineData(0f, "0.")]
    [InlineData(3f, "3.")]
    [InlineData(-0.25f, "-.25")]
    [InlineData(0.1f, ".1")]
    [InlineData(-12.5f, "-12.5")]
    [InlineData(1e-5f, "1E-05")]
    [InlineData(float.MaxValue, "3.4028235E+38")]
    public void A_number_is_a_short_floating_point_constant(float value, string text) => Assert.Equal(text, ShaderNumber.Text(value));

    [Fact]
    public void Every_bit_survives() =>
        Gen.UInt.Select(BitConverter.UInt32BitsToSingle).Where(value => float.IsFinite(value) && value != 0).Sample(
            value => Assert.Equal(value, float.Parse(ShaderNumber.Text(value), CultureInfo.InvariantCulture)));

    [Fact]
    public void Every_constant_is_one_of_a_shading_language() => Gen.Float.Where(float.IsFinite).Sample(
        value => Assert.Matches(@"^-?(\d+\.\d*|\.\d+|\d+(?=E))(E[+-]\d+)?$", ShaderNumber.Text(value)));
}
