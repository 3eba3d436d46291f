using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>Bits and whole numbers in a range code.</summary>
public class RangeCoderTests
{
    [Theory, InlineData(0), InlineData(1), InlineData(7), InlineData(20_000)]
    public void What_is_read_is_what_was_written(int count)
    {
        var random = new Random(count);
        (bool Bit, int Probability)[] bits = [.. Enumerable.Range(0, count).Select(_ => Draw(random))];
        var encoder = new RangeEncoder();
        foreach ((bool bit, int probability) in bits)
            encoder.Code(bit, probability);
        byte[] code = encoder.Finish();
        var decoder = new RangeDecoder(code);
        foreach ((bool bit, int probability) in bits)
            Assert.Equal(bit, decoder.Code(bit: false, probability));
        double expected = bits.Sum(bit => -Math.Log2((bit.Bit ? bit.Probability : 65536 - bit.Probability) / 65536.0));
        Assert.InRange(8 * code.Length, 0, expected * 1.0001 + 16);
    }

    [Theory, InlineData(1, true), InlineData(65535, false), InlineData(65535, true), InlineData(1, false)]
    public void The_most_unlikely_and_the_most_likely_bits_are_kept(int probability, bool bit)
    {
        const int Count = 3000;
        var encoder = new RangeEncoder();
        for (int i = 0; i < Count; i++)
            encoder.Code(bit, probability);
        var decoder = new RangeDecoder(encoder.Finish());
        for (int i = 0; i < Count; i++)
            Assert.Equal(bit, decoder.Code(bit: false, probability));
    }

    [Fact]
    public void Whole_numbers_of_any_size_are_kept()
    {
        int[] numbers = [0, 0, 1, -1, 2, 13, -14, 15, -16, 100, -1022, 1022, 70_000, -16_000_000, 0];
        var encoder = new RangeEncoder();
        var writer = new WholeNumberCoder();
        foreach (int number in numbers)
            writer.Code(encoder, number);
        var decoder = new RangeDecoder(encoder.Finish());
        var reader = new WholeNumberCoder();
        foreach (int number in numbers)
            Assert.Equal(number, reader.Code(decoder, 0));
    }

    [Fact]
    public void Many_zeros_take_few_bits()
    {
        const int Count = 2000;
        var encoder = new RangeEncoder();
        var coder = new WholeNumberCoder();
        for (int i = 0; i < Count; i++)
            coder.Code(encoder, i % 100 == 0 ? 3 : 0);
        Assert.InRange(encoder.Finish().Length, 1, Count / 8 / 5);
    }

    [Theory]
    [InlineData(0, 0, 0), InlineData(48, 3, 15), InlineData(LaplaceTable.ScaleCount - 1, -7, 8), InlineData(30, 100, 4)]
    public void A_distribution_codes_every_number_and_its_probabilities_are_one_together(int scale, int nearest, int place)
    {
        double sum = 0;
        for (int value = nearest - 170; value <= nearest + 170; value++)
        {
            var encoder = new RangeEncoder();
            LaplaceTable.Code(encoder, value, scale, nearest, place);
            Assert.Equal(value, LaplaceTable.Code(new RangeDecoder(encoder.Finish()), 0, scale, nearest, place));
            var bits = new BitSum();
            LaplaceTable.Code(bits, value, scale, nearest, place);
            sum += Math.Pow(2, -bits.Bits);
        }
        // What is left of the widest lies further away.
        Assert.InRange(sum, scale == LaplaceTable.ScaleCount - 1 ? 0.3 : 0.999, 1.000001);
    }

    private static (bool, int) Draw(Random random)
    {
        int probability = random.Next(3) switch { 0 => 1 + random.Next(3), 1 => 65533 + random.Next(3), _ => 1 + random.Next(65535) };
        return (random.Next(65536) < probability, probability);
    }

    /// <summary>Counts what a code would take.</summary>
    private sealed class BitSum : IBitCoder
    {
        public double Bits { get; private set; }

        public bool Code(bool bit, int probability)
        {
            Bits -= Math.Log2((bit ? probability : 65536 - probability) / 65536.0);
            return bit;
        }
    }
}
