using CsCheck;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

public class PixelShuffleTests
{
    private const int PictureSize = 300 * 429;

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(100), InlineData(101)]
    [InlineData(9973), InlineData(10_000), InlineData(104_729), InlineData(PictureSize)]
    public void Every_pixel_comes_once(int count) => AssertPermutation(count, seed: 2012, epoch: 1);

    [Fact]
    public void Every_pixel_comes_once_whatever_the_count_seed_and_epoch() =>
        Gen.Select(Gen.Int[1, 3000], Gen.Int, Gen.Int[1, 100_000]).Sample(AssertPermutation, iter: 300, threads: 1);

    [Fact]
    public void Neighbouring_places_together_give_the_same_pixels_as_one_by_one() =>
        Gen.Select(Gen.Int[1, 3000], Gen.Int, Gen.Int[0, 2999], Gen.Int[0, 100]).Sample((count, seed, first, length) =>
        {
            first %= count;
            length = Math.Min(length, count - first);
            var pixels = new uint[length];
            new PixelShuffle(count, seed, epoch: 1).CopyTo(first, pixels);
            Assert.Equal(Order(count, seed, 1)[first..(first + length)], pixels.Select(pixel => (int)pixel));
        }, iter: 500, threads: 1);

    [Theory, InlineData(0), InlineData(-1), InlineData(PixelShuffle.MaxCount + 1)]
    public void A_count_out_of_range_is_refused(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PixelShuffle(count, seed: 1, epoch: 1));

    [Fact]
    public void Epochs_and_seeds_have_orders_of_their_own()
    {
        int[][] orders = [Order(1000, 1, 1), Order(1000, 1, 2), Order(1000, 2, 1), Order(1000, -1, 1), Order(1000, 0, 1)];
        for (int i = 0; i < orders.Length; i++)
            for (int j = 0; j < i; j++)
                Assert.InRange(SamePlaces(orders[i], orders[j]), 0, 10);
    }

    [Fact]
    public void The_same_seed_and_epoch_give_the_same_order() => Assert.Equal(Order(1000, 7, 3), Order(1000, 7, 3));

    [Theory, InlineData(1), InlineData(2), InlineData(17)]
    public void Places_tell_nothing_of_pixels(int epoch)
    {
        int[] order = Order(PictureSize, 2012, epoch);
        int[] places = [.. Enumerable.Range(0, PictureSize)];
        // A random order's coefficient has a deviation of 1 / sqrt(128,700) = 0.0028.
        Assert.InRange(Math.Abs(Correlation(places, order)), 0, 0.014);
        Assert.InRange(Math.Abs(Correlation(order[..^1], order[1..])), 0, 0.014);
        Assert.InRange(Math.Abs(Correlation(order[..^300], order[300..])), 0, 0.014);
    }

    [Fact]
    public void The_first_batch_is_spread_evenly_over_the_picture()
    {
        const int Batch = 4096, Bins = 64;
        var counts = new int[Bins];
        foreach (int pixel in Order(PictureSize, 2012, 1)[..Batch])
            counts[(long)pixel * Bins / PictureSize]++;
        double expected = (double)Batch / Bins, chiSquared = counts.Sum(count => (count - expected) * (count - expected) / expected);
        // 63 degrees of freedom: 99.99 % of random draws stay below 113; far below 63 would be a pattern.
        Assert.InRange(chiSquared, 25, 113);
    }

    [Fact]
    public void Parts_are_orders_of_their_own()
    {
        var shuffle = new PixelShuffle(5000, seed: 1, epoch: 1);
        int[][] parts = [.. Enumerable.Range(0, 3).Select(part => Order(shuffle.Part(part, 1000), 1000))];
        foreach (int[] part in parts)
            Assert.Equal(Enumerable.Range(0, 1000), part.Order());
        Assert.Equal(parts[0], Order(shuffle.Part(0, 1000), 1000));
        Assert.InRange(SamePlaces(parts[0], parts[1]), 0, 10);
        Assert.InRange(Math.Abs(Correlation(parts[1], parts[2])), 0, 0.15);
        Assert.NotEqual(parts[0], Order(new PixelShuffle(5000, seed: 1, epoch: 2).Part(0, 1000), 1000));
    }

    private static void AssertPermutation(int count, int seed, int epoch) =>
        Assert.Equal(Enumerable.Range(0, count), Order(count, seed, epoch).Order());

    private static int[] Order(int count, int seed, int epoch) => Order(new PixelShuffle(count, seed, epoch), count);

    private static int[] Order(PixelShuffle shuffle, int count)
    {
        var order = new int[count];
        for (int place = 0; place < count; place++)
            order[place] = shuffle[place];
        return order;
    }

    private static int SamePlaces(int[] first, int[] second) => first.Zip(second).Count(pair => pair.First == pair.Second);

    private static double Correlation(int[] first, int[] second)
    {
        double meanFirst = first.Average(), meanSecond = second.Average(), product = 0, squaresFirst = 0, squaresSecond = 0;
        for (int i = 0; i < first.Length; i++)
        {
            double a = first[i] - meanFirst, b = second[i] - meanSecond;
            product += a * b;
            squaresFirst += a * a;
            squaresSecond += b * b;
        }
        return product / Math.Sqrt(squaresFirst * squaresSecond);
    }
}
