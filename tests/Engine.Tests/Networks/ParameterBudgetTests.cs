using CsCheck;

namespace MonaLisa.Engine.Tests;

public class ParameterBudgetTests
{
    [Fact]
    public void The_width_is_the_largest_within_the_budget() =>
        Gen.Select(Gen.Int[1, 40], Gen.Long[500, 390_000]).Sample((depth, budget) =>
        {
            int width = ParameterBudget.WidthFor(depth, budget);
            Assert.True(ParameterBudget.CountParameters(depth, width) <= budget);
            Assert.True(ParameterBudget.CountParameters(depth, width + 1) > budget);
        }, iter: 2000, threads: 1);

    [Theory, InlineData(1, 1), InlineData(1, 6000), InlineData(3, 64), InlineData(6, 300), InlineData(256, 1)]
    public void The_count_is_that_of_the_network(int depth, int width) =>
        Assert.Equal(new Mlp(new MlpDesign { HiddenLayers = [.. Enumerable.Repeat(width, depth)] }).ParameterCount, ParameterBudget.CountParameters(depth, width));

    [Fact]
    public void At_the_edges_one_parameter_decides()
    {
        long exact = ParameterBudget.CountParameters(3, 256);
        Assert.Equal(256, ParameterBudget.WidthFor(3, exact));
        Assert.Equal(255, ParameterBudget.WidthFor(3, exact - 1));
        Assert.Equal(1, ParameterBudget.WidthFor(1, 9));
        Assert.Equal(MlpDesign.MaxWidth, ParameterBudget.WidthFor(1, long.MaxValue));
    }

    [Fact]
    public void A_budget_too_small_and_a_depth_out_of_range_are_refused()
    {
        Assert.Equal(
            "8 parameters are too few for 1 hidden layers: one neuron in each already takes 9.",
            Assert.Throws<ArgumentException>(() => ParameterBudget.WidthFor(1, 8)).Message);
        foreach (int depth in new[] { 0, -1, 257 })
            Assert.Equal(
                $"A network has 1 to 256 hidden layers; {depth} were asked for.",
                Assert.Throws<ArgumentException>(() => ParameterBudget.WidthFor(depth, 1000)).Message);
    }
}
