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
        long most = ParameterBudget.CountParameters(1, MlpDesign.MaxWidth);
        Assert.Equal(MlpDesign.MaxWidth, ParameterBudget.WidthFor(1, most));
    }

    [Theory]
    [InlineData(1, 393_220, "1 hidden layer can have at most 393219. Make the budget smaller, or choose a larger Depth.")]
    [InlineData(1, long.MaxValue, "1 hidden layer can have at most 393219.")]
    [InlineData(3, long.MaxValue, "a network can have at most 268435456. Make the budget smaller.")]
    public void A_budget_that_no_network_can_use_is_refused(int depth, long budget, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => ParameterBudget.WidthFor(depth, budget)).Message);

    [Theory, InlineData(EncodingKind.None), InlineData(EncodingKind.Frequency)]
    [InlineData(EncodingKind.Fourier), InlineData(EncodingKind.Grid)]
    public void An_encoding_counts_with_its_features_and_its_tables(EncodingKind kind)
    {
        InputEncoding encoding = TrainingDefaults.Encoding(kind, 40, 30);
        MlpDesign design = new MlpDesign { HiddenLayers = [17, 17], OutputCount = 4 }.With(encoding);
        long parameters = ParameterBudget.CountParameters(2, 17, 4, encoding);
        Assert.Equal(new Mlp(design).ParameterCount, parameters);
        Assert.Equal(17, ParameterBudget.WidthFor(2, parameters, 4, encoding));
        Assert.Equal(16, ParameterBudget.WidthFor(2, parameters - 1, 4, encoding));
    }

    [Fact]
    public void Tables_that_fill_the_budget_are_named()
    {
        GridEncoding encoding = GridEncoding.For(10, 10, levelCount: 1, coarsest: 10, finest: 10);
        Assert.Equal(200, encoding.ParameterCount);
        Assert.Equal(
            "A budget of 208 parameters is too small for 1 hidden layer: one neuron in each already takes 209, 200 of them in the encoding's tables. " +
            "Make the tables smaller, or the budget larger.",
            Assert.Throws<ArgumentException>(() => ParameterBudget.WidthFor(1, 208, encoding: encoding)).Message);
        Assert.Equal(1, ParameterBudget.WidthFor(1, 209, encoding: encoding));
    }

    [Fact]
    public void A_budget_too_small_and_a_depth_out_of_range_are_refused()
    {
        Assert.Equal(
            "A budget of 8 parameters is too small for 1 hidden layer: one neuron in each already takes 9.",
            Assert.Throws<ArgumentException>(() => ParameterBudget.WidthFor(1, 8)).Message);
        foreach (int depth in new[] { 0, -1, 257 })
            Assert.Equal(
                $"A network has 1 to 256 hidden layers; {depth} were asked for.",
                Assert.Throws<ArgumentException>(() => ParameterBudget.WidthFor(depth, 1000)).Message);
    }
}
