using CsCheck;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

/// <summary>The coding of quantised numbers.</summary>
public class WholeNumberTests
{
    private static readonly Gen<int> Numbers = Gen.Frequency(
        (4, Gen.Int[-3, 3]), (2, Gen.Int[-200, 200]), (1, Gen.Int[-40000, 40000]), (1, Gen.Int[-ByteDigits.Largest, ByteDigits.Largest]));

    [Fact]
    public void Digits_add_up_to_their_number() => Numbers.Sample(number =>
    {
        int count = ByteDigits.CountFor([number]);
        Assert.InRange(count, 0, ByteDigits.MaxCount);
        Assert.Equal(number, Enumerable.Range(0, count).Sum(digit => ByteDigits.Digit(number, digit) << (8 * digit)));
        Assert.Equal(number, ByteDigits.Wrap(number, count));
        Assert.Equal(number == 0, count == 0);
    });

    [Theory]
    [InlineData(127, 1)]
    [InlineData(-127, 1)]
    [InlineData(128, 2)]
    [InlineData(32639, 2)]
    [InlineData(32640, 3)]
    [InlineData(ByteDigits.Largest, 3)]
    public void Digits_are_as_few_as_may_be(int number, int count) => Assert.Equal(count, ByteDigits.CountFor([0, number, 1]));

    [Fact]
    public void Matrices_come_back() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 6], Gen.Int[0, 5], Gen.Bool).SelectMany((rows, columns, level, isPredicted) =>
            Numbers.Array[rows * columns].Select(numbers => (rows, columns, level, isPredicted, numbers)))
        .Sample((rows, columns, level, isPredicted, numbers) =>
        {
            var slot = new NetworkTensor("matrix", TensorRole.Encoding, 0, rows, columns, level == 0 ? null : level);
            var form = new TensorForm(0.5f, ByteDigits.CountFor(numbers), isPredicted && level > 0);
            byte[] bytes = new byte[form.Length(slot)];
            TensorBytes.Write(numbers, slot, form, bytes);
            float[] values = new float[numbers.Length];
            TensorBytes.Read(bytes, slot, form, form.Step, values);
            Assert.Equal(numbers.Select(number => number * 0.5f), values);
        });

    [Fact]
    public void A_ramp_is_predicted_and_noise_is_not()
    {
        const int Side = 40;
        var slot = new NetworkTensor("table", TensorRole.Encoding, 0, Side * Side, 2, Side);
        int[] ramp = [.. Enumerable.Range(0, 2 * Side * Side).Select(i => i / 2 % Side + i / 2 / Side)];
        var random = new Random(1);
        int[] noise = [.. ramp.Select(_ => random.Next(-60, 60))];

        Assert.True(TensorForm.Best(ramp, slot, 1).IsPredicted);
        Assert.False(TensorForm.Best(noise, slot, 1).IsPredicted);
        Assert.False(TensorForm.Best(ramp, slot with { LevelColumns = null }, 1).IsPredicted);
    }

    [Fact]
    public void Brotli_gives_back_what_it_was_given_and_nothing_longer_or_shorter() =>
        Gen.Byte[0, 3].Array[0, 2000].Sample(bytes =>
        {
            byte[] compressed = BrotliBlock.Compress(bytes), decompressed = new byte[bytes.Length];
            Assert.True(BrotliBlock.TryDecompress([.. compressed, 7, 7], decompressed, out int consumed));
            Assert.Equal(bytes, decompressed);
            Assert.Equal(compressed.Length, consumed);
            Assert.False(BrotliBlock.TryDecompress(compressed, new byte[bytes.Length + 1], out _));
            if (bytes.Length > 0)
                Assert.False(BrotliBlock.TryDecompress(compressed, new byte[bytes.Length - 1], out _));
        }, iter: 100);

    [Fact]
    public void Steps_fit_two_bytes_and_are_no_less_than_asked_for() => Gen.Double[-120, 120].Sample(exponent =>
    {
        double wanted = Math.Pow(2, exponent);
        float step = QuantizationStep.Ceiling(wanted);
        Assert.InRange(step, wanted, wanted * 1.01);
        Assert.Equal(step, QuantizationStep.Load(QuantizationStep.Store(step)));
        Assert.True(QuantizationStep.IsValid(step));
    });

    [Fact]
    public void A_product_of_number_and_step_is_quantised_to_the_number() =>
        Gen.Select(Numbers, Gen.Double[-60, 60]).Sample((number, exponent) =>
        {
            float step = QuantizationStep.Ceiling(Math.Pow(2, exponent));
            Assert.Equal(number, QuantizationStep.Quantize(number * step, step));
        });

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Other_steps_are_none(float step) => Assert.False(QuantizationStep.IsValid(step));

    [Fact]
    public void The_finest_and_the_coarsest_step_are_those_of_the_largest_number()
    {
        float[] numbers = [0.1f, -3.7f, 0];
        StepRange range = StepRange.Of(numbers);

        Assert.InRange(Math.Abs(QuantizationStep.Quantize(-3.7f, range.Finest)), ByteDigits.Largest / 2, ByteDigits.Largest);
        Assert.All(numbers, number => Assert.Equal(0, QuantizationStep.Quantize(number, range.Coarsest)));
        Assert.Equal(new StepRange(1, 1), StepRange.Of([0, 0]));
    }
}
