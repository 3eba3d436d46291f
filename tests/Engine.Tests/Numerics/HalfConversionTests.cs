using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

public class HalfConversionTests
{
    [Fact]
    public void Every_half_stays_what_it_is()
    {
        float[] values = [.. Enumerable.Range(0, ushort.MaxValue + 1)
            .Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits)).Where(Half.IsFinite).Select(half => (float)half)];
        Assert.Equal(values.Select(value => BitConverter.HalfToUInt16Bits((Half)value)), Round(values));
    }

    [Fact]
    public void Between_two_halves_it_rounds_as_the_runtime_does()
    {
        var random = new Random(5);
        // Bits at random have every exponent; halfway cases come with the second lot.
        float[] values =
        [
            .. Enumerable.Range(0, 100_000).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))),
            .. Enumerable.Range(0, 31 << 10).Select(bits =>
                ((float)BitConverter.UInt16BitsToHalf((ushort)bits) + (float)BitConverter.UInt16BitsToHalf((ushort)(bits + 1))) / 2),
        ];
        values = [.. values.Where(value => Half.IsFinite((Half)value))];
        Assert.Equal(values.Select(value => BitConverter.HalfToUInt16Bits((Half)value)), Round(values));
    }

    [Theory]
    [InlineData(65504f, 65504f)]
    [InlineData(65520f, 65504f)]
    [InlineData(1e30f, 65504f)]
    [InlineData(-1e30f, -65504f)]
    [InlineData(float.PositiveInfinity, 65504f)]
    [InlineData(float.NegativeInfinity, -65504f)]
    public void What_is_too_large_becomes_the_largest(float value, float expected)
    {
        foreach (int count in (int[])[1, 40])
            Assert.All(
                Round([.. Enumerable.Repeat(value, count)]), half => Assert.Equal(expected, (float)BitConverter.UInt16BitsToHalf(half)));
    }

    [Fact]
    public void What_is_no_number_becomes_one() =>
        Assert.All(Round([float.NaN, -float.NaN]), half => Assert.True(Half.IsFinite(BitConverter.UInt16BitsToHalf(half))));

    [Fact]
    public void Too_little_room_is_an_error() =>
        Assert.Throws<ArgumentException>(() => HalfConversion.Round(new float[3], new ushort[2]));

    private static ushort[] Round(float[] values)
    {
        ushort[] halves = new ushort[values.Length];
        HalfConversion.Round(values, halves);
        return halves;
    }
}
