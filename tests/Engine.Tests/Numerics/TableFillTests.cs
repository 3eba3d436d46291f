using CsCheck;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>What gaps in a table are filled with.</summary>
public class TableFillTests
{
    [Fact]
    public void Known_entries_stay_and_unknown_ones_lie_between_them() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int[1, 3], Gen.Int[0, 1000]).Sample((rows, columns, features, seed) =>
        {
            var random = new Random(seed);
            float[] values = [.. Enumerable.Range(0, rows * columns * features).Select(_ => random.NextSingle())], filled = [.. values];
            bool[] isKnown = [.. Enumerable.Range(0, rows * columns).Select(_ => random.Next(3) == 0)];
            TableFill.Fill(filled, isKnown, rows, columns, features);
            for (int i = 0; i < features; i++)
            {
                float[] known = [.. values.Where((_, place) => place % features == i && isKnown[place / features])];
                for (int entry = 0; entry < isKnown.Length; entry++)
                    if (isKnown[entry] || known.Length == 0)
                        Assert.Equal(values[entry * features + i], filled[entry * features + i]);
                    else
                        Assert.InRange(filled[entry * features + i], known.Min() - 1e-6f, known.Max() + 1e-6f);
            }
        }, iter: 200);

    [Fact]
    public void A_gap_in_a_plane_is_filled_with_the_plane()
    {
        const int Side = 33;
        float Plane(int row, int column) => 0.02f * row - 0.03f * column + 0.5f;
        float[] values = [.. Enumerable.Range(0, Side * Side).Select(entry => Plane(entry / Side, entry % Side))];
        bool[] isKnown = [.. Enumerable.Range(0, Side * Side).Select(entry => !(entry / Side is > 8 and < 22 && entry % Side is > 10 and < 25))];
        float[] filled = [.. values.Select((value, entry) => isKnown[entry] ? value : 99)];
        TableFill.Fill(filled, isKnown, Side, Side, 1, cancellationToken: TestContext.Current.CancellationToken);
        for (int entry = 0; entry < values.Length; entry++)
            Assert.Equal(values[entry], filled[entry], 0.02f);
    }
}
