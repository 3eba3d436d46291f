using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>Pixels are drawn by their errors, and what is drawn still tells the truth of all of them.</summary>
public sealed class ErrorSamplerTests : IDisposable
{
    private const int PixelCount = 600, Epochs = 400;

    private readonly WorkerPool _pool = new(workerCount: 2);

    public void Dispose() => _pool.Dispose();

    /// <summary>The definition: four fifths by the error, at most four times before all are brought to the epoch's length.</summary>
    private static double[] ExpectedDraws(double[] errors)
    {
        double mean = errors.Average();
        double[] draws = [.. errors.Select(error => Math.Min(4, 0.2 + 0.8 * error / mean))];
        double sum = draws.Sum();
        return [.. draws.Select(share => share * PixelCount / sum)];
    }

    /// <summary>A few large errors, many small ones, and all in between.</summary>
    private static readonly double[] Errors = [.. Enumerable.Range(0, PixelCount).Select(i => 0.5 * Math.Pow(i * 389 % PixelCount / (double)PixelCount, 4) + 1e-3)];

    [Fact]
    public void The_first_epoch_has_each_pixel_once()
    {
        var sampler = new ErrorSampler(PixelCount, seed: 1);
        sampler.BeginEpoch(1, _pool);
        Tile tile = NewTile();
        uint[] drawn = Draw(sampler, tile);
        Assert.Equal(Enumerable.Range(0, PixelCount).Select(i => (uint)i), drawn);
        Assert.Equal(drawn, tile.DrawnRows!.Places[..PixelCount]);
        Assert.All(tile.DrawnRows.Weights.Span[..PixelCount].ToArray(), weight => Assert.Equal(1, weight));
    }

    [Fact]
    public void Pixels_come_as_often_as_their_errors_say()
    {
        var sampler = new ErrorSampler(PixelCount, seed: 1);
        double[] expected = ExpectedDraws(Errors);
        var counts = new int[PixelCount];
        Note(sampler, Errors);
        for (int epoch = 2; epoch < Epochs + 2; epoch++)
        {
            sampler.BeginEpoch(epoch, _pool);
            foreach (uint place in Draw(sampler, NewTile()))
                counts[place]++;
        }
        for (int place = 0; place < PixelCount; place++)
            // An error is kept in eighths of an octave of its square; the rest is chance.
            Assert.Equal(expected[place], (double)counts[place] / Epochs, 0.06 * expected[place] + 0.06);
    }

    [Fact]
    public void Weighted_sums_over_what_is_drawn_are_those_over_all_pixels()
    {
        var sampler = new ErrorSampler(PixelCount, seed: 1);
        Note(sampler, Errors);
        double sum = 0;
        Tile tile = NewTile();
        for (int epoch = 2; epoch < Epochs + 2; epoch++)
        {
            sampler.BeginEpoch(epoch, _pool);
            uint[] drawn = Draw(sampler, tile);
            sum += drawn.Select((place, row) => Errors[place] * Errors[place] * tile.DrawnRows!.Weights.Span[row]).Sum();
        }
        Assert.Equal(1, sum / Epochs / Errors.Sum(error => error * error), 0.02);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void An_epoch_that_begins_again_forgets_what_was_noted_of_it(int epoch)
    {
        ErrorSampler stopped = new(PixelCount, seed: 1), whole = new(PixelCount, seed: 1);
        Tile tile = NewTile();
        foreach (ErrorSampler sampler in (ErrorSampler[])[stopped, whole])
            for (int before = 1; before < epoch; before++)
            {
                sampler.BeginEpoch(before, _pool);
                Draw(sampler, tile);
                NoteRows(sampler, tile, Errors);
            }
        stopped.BeginEpoch(epoch, _pool);
        Draw(stopped, tile);
        NoteRows(stopped, tile, [.. Errors.Reverse()]);
        stopped.BeginAgain();
        var kept = ErrorCodes.For(PixelCount);
        stopped.CopyTo(kept);
        var resumed = new ErrorSampler(PixelCount, seed: 1);
        resumed.Restore(kept);
        resumed.BeginEpoch(epoch, _pool);
        whole.BeginEpoch(epoch, _pool);
        Assert.Equal(Draw(whole, NewTile()), Draw(resumed, tile));
    }

    [Fact]
    public void A_pixel_that_comes_repeatedly_is_noted_once_and_one_that_does_not_come_keeps_its_error()
    {
        var sampler = new ErrorSampler(PixelCount, seed: 1);
        Note(sampler, Errors);
        sampler.BeginEpoch(2, _pool);
        Tile tile = NewTile();
        uint[] drawn = Draw(sampler, tile);
        uint[] noted = [.. tile.DrawnRows!.Places[..PixelCount].Where(place => place != DrawnRows.Repeated)];
        Assert.Equal(drawn.Distinct(), noted);
        Assert.InRange(noted.Length, 1, PixelCount - 1);

        // Those that came are perfect now, so the next epoch belongs to those that did not.
        NoteRows(sampler, tile, new double[PixelCount]);
        sampler.BeginEpoch(3, _pool);
        int[] others = [.. Enumerable.Range(0, PixelCount).Except(noted.Select(place => (int)place))];
        ILookup<uint, uint> next = Draw(sampler, tile).ToLookup(place => place);
        Assert.True(others.Average(place => next[(uint)place].Count()) > 2 * noted.Average(place => next[place].Count()));
    }

    [Fact]
    public void Any_number_of_threads_draws_the_same_of_a_large_picture()
    {
        const int Large = 200_000, Part = 20_000;
        double[] errors = [.. Enumerable.Range(0, Large).Select(i => Errors[i % PixelCount] * (i < Large / 2 ? 1 : 3))];
        Tile tile = NewTile(Large);
        uint[] DrawnBy(int workerCount)
        {
            using var pool = new WorkerPool(workerCount);
            var sampler = new ErrorSampler(Large, seed: 1);
            Note(sampler, errors);
            sampler.BeginEpoch(2, pool);
            return Draw(sampler, tile, Large);
        }
        uint[] drawn = DrawnBy(1);
        Assert.Equal(drawn.Order(), drawn);
        // Each part of the picture has its share: the weights of what is drawn count its pixels.
        double[] counts = new double[Large / Part];
        for (int i = 0; i < Large; i++)
            counts[drawn[i] / Part] += tile.DrawnRows!.Weights.Span[i];
        Assert.All(counts, count => Assert.Equal(Part, count, 0.02 * Part));
        foreach (int workerCount in (int[])[2, 3, 8])
            Assert.Equal(drawn, DrawnBy(workerCount));
    }

    [Fact]
    public void Equal_errors_bring_each_pixel_once()
    {
        foreach (double error in (double[])[0, 1e-9, 0.3, 1e6, double.NaN])
        {
            var sampler = new ErrorSampler(PixelCount, seed: 1);
            Note(sampler, [.. Enumerable.Repeat(error, PixelCount)]);
            sampler.BeginEpoch(2, _pool);
            Assert.Equal(PixelCount, Draw(sampler, NewTile()).Distinct().Count());
        }
    }

    [Fact]
    public void Seed_and_epoch_change_what_is_drawn()
    {
        uint[] Drawn(int seed, int epoch)
        {
            var sampler = new ErrorSampler(PixelCount, seed);
            Note(sampler, Errors);
            sampler.BeginEpoch(epoch, _pool);
            return Draw(sampler, NewTile());
        }
        Assert.Equal(Drawn(1, 2), Drawn(1, 2));
        Assert.NotEqual(Drawn(1, 2), Drawn(1, 3));
        Assert.NotEqual(Drawn(1, 2), Drawn(2, 2));
    }

    private static Tile NewTile(int rows = PixelCount)
    {
        int capacity = PanelLayout.PaddedColumns(rows);
        return new Tile(outputCount: 3, capacity, featureLength: 0, [PanelLayout.Width], training: false, keepsDerivatives: false)
        {
            DrawnRows = new DrawnRows(capacity),
        };
    }

    private static uint[] Draw(ErrorSampler sampler, Tile tile, int count = PixelCount)
    {
        uint[] numbers = [.. Enumerable.Range(0, count).Select(i => (uint)i)];
        sampler.Draw(tile, numbers);
        return numbers;
    }

    /// <summary>Notes errors for the first epoch.</summary>
    private void Note(ErrorSampler sampler, double[] errors)
    {
        Tile tile = NewTile(errors.Length);
        sampler.BeginEpoch(1, _pool);
        Draw(sampler, tile, errors.Length);
        NoteRows(sampler, tile, errors);
    }

    /// <summary>Notes a tile whose colours err by these, a third of the square in each channel.</summary>
    private static void NoteRows(ErrorSampler sampler, Tile tile, double[] errors)
    {
        for (int row = 0; row < errors.Length; row++)
            for (int channel = 0; channel < 3; channel++)
            {
                int at = PanelLayout.SkinnyOffset(row, 3) + channel * PanelLayout.Width;
                tile.Targets.Span[at] = 0.25f;
                tile.Outputs.Span[at] = (float)(2 * (0.25 + errors[row] / Math.Sqrt(3)) - 1);
            }
        sampler.Note(tile, errors.Length, ColorTransform.Of(ColorRange.Symmetric), channels: 3);
    }
}
