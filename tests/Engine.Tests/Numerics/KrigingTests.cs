using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>What is guessed of unknown pixels from the known ones around.</summary>
public class KrigingTests
{
    private const int Side = 15, Middle = Side / 2;

    // By the system of ordinary kriging in double precision: the expected squared differences of the known pixels and of the smooth value, which
    // is 7 from all, and weights whose sum is 1.
    [Theory, InlineData(0.05), InlineData(0.3), InlineData(0.9)]
    public void It_is_ordinary_kriging(double share)
    {
        const float Smooth = 0.3f;
        const double SmoothDistance = 7;
        var random = new Random(7);
        bool[] isKnown = [.. Enumerable.Range(0, Side * Side).Select(pixel => pixel != Middle * Side + Middle && random.NextDouble() < share)];
        float[] values = [.. isKnown.Select(known => known ? random.NextSingle() : Smooth)];
        List<(int X, int Y)> around =
            [.. Enumerable.Range(0, Side * Side).Where(pixel => isKnown[pixel]).Select(pixel => (pixel % Side - Middle, pixel / Side - Middle))];
        double[] distances = [.. around.Select(at => Length(at.X, at.Y)).Order()];
        double farthest = Math.Min(6, distances.Length > 12 ? distances[11] : double.MaxValue) + 1e-9;
        around.RemoveAll(at => Length(at.X, at.Y) > farthest);
        int count = around.Count;
        double VariogramOf(int one, int other) => one == other ? 0
            : one == count || other == count ? SmoothDistance : Length(around[one].X - around[other].X, around[one].Y - around[other].Y);
        double[][] system =
        [
            .. Enumerable.Range(0, count + 1).Select(row => (double[])
            [
                .. Enumerable.Range(0, count + 1).Select(column => VariogramOf(row, column)), 1,
                row == count ? SmoothDistance : Length(around[row].X, around[row].Y),
            ]),
            [.. Enumerable.Repeat(1.0, count + 1), 0, 1],
        ];
        double[] weights = Solve(system);
        double expected = weights[count] * Smooth + Enumerable.Range(0, count)
            .Sum(i => weights[i] * values[(around[i].Y + Middle) * Side + around[i].X + Middle]);

        Kriging.Fill(values, isKnown, Side, Side, features: 1, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(expected, values[Middle * Side + Middle], 1e-5);
    }

    [Fact]
    public void Known_pixels_stay_and_a_plain_picture_is_plain()
    {
        bool[] isKnown = [.. Enumerable.Range(0, Side * Side).Select(pixel => pixel * 7 % 5 > 2)];
        float[] values = [.. isKnown.SelectMany((known, pixel) => known ? (float[])[pixel, 0.6f] : [pixel, 0.6f])], before = [.. values];
        Kriging.Fill(values, isKnown, Side, Side, features: 2, cancellationToken: TestContext.Current.CancellationToken);
        for (int pixel = 0; pixel < isKnown.Length; pixel++)
        {
            Assert.Equal(0.6f, values[2 * pixel + 1], 1e-5f);
            if (isKnown[pixel])
                Assert.Equal(before[2 * pixel], values[2 * pixel]);
        }
    }

    [Fact]
    public void Far_from_known_pixels_the_smooth_value_stays()
    {
        float[] values = [.. Enumerable.Range(0, Side).Select(x => x / 16f)], before = [.. values];
        Kriging.Fill(values, [.. Enumerable.Range(0, Side).Select(x => x == 0)], rows: 1, columns: Side, features: 1, cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotEqual(before[6], values[6]);
        Assert.Equal(before[7..], values[7..]);
    }

    private static double Length(int x, int y) => Math.Sqrt(x * x + y * y);

    /// <summary>Solves a system of which each row has its right side at the end, by elimination.</summary>
    private static double[] Solve(double[][] rows)
    {
        int count = rows.Length;
        for (int column = 0; column < count; column++)
        {
            int pivot = Enumerable.Range(column, count - column).MaxBy(row => Math.Abs(rows[row][column]));
            (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
            foreach (double[] row in rows.Where(row => row != rows[column]))
            {
                double factor = row[column] / rows[column][column];
                for (int i = column; i <= count; i++)
                    row[i] -= factor * rows[column][i];
            }
        }
        return [.. rows.Select((row, i) => row[count] / row[i])];
    }
}
