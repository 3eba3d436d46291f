using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>The search of the quantisation step that meets a target.</summary>
public class StepSearchTests
{
    /// <summary>How much a step misses by its logarithm: as most pictures, flat, and with a cliff.</summary>
    private static readonly Dictionary<string, Func<double, double>> Misses = new()
    {
        ["usual"] = at => -1.2 * (at + 3),
        ["flat"] = at => -0.02 * (at + 3),
        ["steep"] = at => -8 * (at + 3),
        ["cliff"] = at => at < -3 ? 0.4 - 0.1 * (at + 3) : -0.4 - 0.1 * (at + 3),
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
                step = search.Next(step, Misses[name](Math.Log(step)), isStationary: true);
            Assert.Equal(-3, Math.Log(step), 0.01);
        }
    }
}
