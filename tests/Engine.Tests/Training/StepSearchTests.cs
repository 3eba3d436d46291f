using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>The search of the quantisation step that meets a target.</summary>
public class StepSearchTests
{
    /// <summary>How much a step misses by its logarithm: as most pictures, flat, and steep.</summary>
    private static readonly Dictionary<string, Func<double, double>> Misses = new()
    {
        ["usual"] = at => -1.2 * (at + 3),
        ["flat"] = at => -0.02 * (at + 3),
        ["steep"] = at => -8 * (at + 3),
    };

    public static TheoryData<string> Names => [.. Misses.Keys];

    [Theory, MemberData(nameof(Names))]
    public void It_comes_to_the_right_step_from_either_side(string name)
    {
        foreach (double start in new[] { 0.001, 0.049, 0.06, 2 })
        {
            var search = new StepSearch();
            double step = start;
            for (int attempt = 0; attempt < 40; attempt++)
                step = search.Next(step, Misses[name](Math.Log(step)));
            Assert.Equal(-3, Math.Log(step), 0.01);
        }
    }

    [Fact]
    public void A_run_changes_the_step_ever_less_and_more_seldom()
    {
        var search = new StepSearch();
        var random = new Random(1);
        var changes = new List<(int Epoch, double Size)>();
        double at = -3;
        for (int epoch = 0; epoch < 400; epoch++)
        {
            // What an epoch misses is chance.
            if (search.Waits() || search.Follow(Math.Exp(at), random.NextDouble() - 0.5, tolerance: 0.02) is not double next)
                continue;
            changes.Add((epoch, Math.Abs(Math.Log(next) - at)));
            at = Math.Log(next);
        }
        Assert.InRange(changes.Count, 40, 90);
        Assert.All(changes.Zip(changes.Skip(1)), pair => Assert.True(pair.Second.Epoch - pair.First.Epoch > 1));
        Assert.InRange(changes.Take(5).Max(change => change.Size), 0.1, 0.7);
        Assert.InRange(changes.Skip(changes.Count - 20).Max(change => change.Size), 0.03, 0.06);
    }

    [Fact]
    public void A_miss_within_tolerance_changes_nothing()
    {
        var search = new StepSearch();
        Assert.Null(search.Follow(0.1, miss: 0.019, tolerance: 0.02));
        Assert.False(search.Waits());
        Assert.NotNull(search.Follow(0.1, miss: 0.021, tolerance: 0.02));
        Assert.True(search.Waits());
        Assert.False(search.Waits());
    }
}
