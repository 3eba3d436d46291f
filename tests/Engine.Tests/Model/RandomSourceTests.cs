namespace MonaLisa.Engine.Tests;

public class RandomSourceTests
{
    [Fact]
    public void It_is_SplitMix64()
    {
        // The reference implementation's first numbers from seed 1234567.
        var random = new RandomSource(1234567);
        foreach (ulong expected in new ulong[] { 6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821 })
            Assert.Equal(expected, random.NextBits());
    }

    [Fact]
    public void Uniform_numbers_fill_their_range_evenly()
    {
        var random = new RandomSource(1);
        float[] numbers = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextUniform(2))];
        Assert.All(numbers, number => Assert.InRange(number, -2, 2));
        Assert.InRange(numbers.Average(), -0.04, 0.04);
        Assert.Equal(4 / 3.0, numbers.Average(number => number * number), 0.05);
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_a_bell()
    {
        var random = new RandomSource(1);
        double[] numbers = [.. Enumerable.Range(0, 40_000).Select(_ => (double)random.NextNormal(3) / 3)];
        Assert.InRange(numbers.Average(), -0.02, 0.02);
        Assert.Equal(1, numbers.Average(number => number * number), 0.03);
        Assert.Equal(3, numbers.Average(number => Math.Pow(number, 4)), 0.2);
        Assert.Equal(0.6827, numbers.Count(number => Math.Abs(number) < 1) / 40_000.0, 0.01);
    }
}
