using CsCheck;

namespace MonaLisa.Engine.Tests;

/// <summary>What encodings say of themselves.</summary>
public class InputEncodingTests
{
    private static readonly Gen<GridLevel> Levels =
        from columns in Gen.Int[2, 300]
        from rows in Gen.Int[2, 300]
        from most in Gen.Int[1, 90_000]
        select GridLevel.Of(columns, rows, most);

    [Fact]
    public void No_row_of_a_level_runs_over_its_table() => Levels.Sample(level =>
    {
        for (int row = 0; row < level.Rows; row++)
            Assert.InRange(level.RowStart(row), 0, level.EntryCount - level.Columns);
        Assert.InRange(level.EntryCount, level.Columns, level.Columns * level.Rows);
    }, iter: 300);

    [Fact]
    public void A_dense_level_has_an_entry_for_every_vertex()
    {
        GridLevel level = GridLevel.Of(7, 5, 35);
        Assert.True(level.IsDense);
        Assert.Equal(35, Enumerable.Range(0, 5).SelectMany(row => Enumerable.Range(level.RowStart(row), 7)).Distinct().Count());
    }

    [Fact]
    public void Vertices_that_share_an_entry_are_far_apart()
    {
        GridLevel level = GridLevel.Of(256, 366, 1 << 15);
        Assert.False(level.IsDense);
        for (int row = 0; row < level.Rows; row++)
            for (int other = row + 1; other < Math.Min(level.Rows, row + 8); other++)
                Assert.True(Math.Abs(level.RowStart(row) - level.RowStart(other)) > 32, $"Rows {row} and {other} begin too near to each other.");
    }

    [Fact]
    public void A_grid_for_a_picture_keeps_its_shape()
    {
        GridEncoding grid = GridEncoding.For(300, 450, levelCount: 3, coarsest: 16, finest: 256, maxEntryCount: 1000);
        Assert.Equal([new(16, 24, 384), new(64, 96, 1000), new(256, 384, 1000)], grid.Levels);
        Assert.Equal((6, 2 * 2384), (grid.FeatureCount, grid.ParameterCount));
        Assert.Equal([new("levels.0", 384, 2), new("levels.1", 1000, 2), new("levels.2", 1000, 2)], grid.TensorShapes);
    }

    [Fact]
    public void A_grid_within_a_budget_comes_near_it_and_not_over()
    {
        GridEncoding grid = GridEncoding.Within(200_000, 300, 429, levelCount: 8, coarsest: 16, finest: 300);
        Assert.InRange(grid.ParameterCount, 199_000, 200_000);
        GridEncoding whole = GridEncoding.Within(1_000_000_000, 300, 429, levelCount: 4, coarsest: 16, finest: 300);
        Assert.All(whole.Levels, level => Assert.True(level.IsDense));
    }

    [Theory, InlineData(1, 1), InlineData(1, 5000), InlineData(64, 64), InlineData(6000, 4000)]
    public void Encodings_for_any_picture_are_valid(int width, int height)
    {
        foreach (InputEncoding encoding in new InputEncoding[]
                 {
                     FrequencyEncoding.For(width, height), FourierEncoding.For(width, height), GridEncoding.For(width, height, 8, 16, 300, 1 << 14),
                     GridEncoding.For(width, height),
                 })
            new MlpDesign { HiddenLayers = [4] }.With(encoding).Validate();
    }

    [Fact]
    public void Fourier_frequencies_have_the_deviation_asked_for_and_follow_the_seed()
    {
        MlpDesign design = new MlpDesign { HiddenLayers = [4], Seed = 5 }.With(new FourierEncoding { Count = 2000, Sigma = 7 });
        float[] frequencies = new Mlp(design).EncodingTensors[0].Values;
        Assert.Equal(7, Math.Sqrt(frequencies.Average(value => value * value)), 0.25);
        Assert.Equal(frequencies, new Mlp(design).EncodingTensors[0].Values);
        Assert.NotEqual(frequencies, new Mlp(design with { Seed = 6 }).EncodingTensors[0].Values);
    }

    [Fact]
    public void Equal_values_make_equal_grids()
    {
        GridEncoding grid = GridEncoding.For(30, 40, 4, 4, 30, 200), same = GridEncoding.For(30, 40, 4, 4, 30, 200);
        Assert.Equal(grid, same);
        Assert.Equal(grid.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(grid, same with { FeaturesPerLevel = 4 });
        Assert.NotEqual(grid, GridEncoding.For(30, 40, 4, 4, 30, 201));
    }

    public static TheoryData<InputEncoding, string> Impossible => new()
    {
        { new FrequencyEncoding { Octaves = 0 }, "Octaves must be 1 to 16, not 0." },
        { new FourierEncoding { Count = 0 }, "frequencies must be 1 to 2048, not 0." },
        { new FourierEncoding { Sigma = 0 }, "sigma must be above 0" },
        { new FourierEncoding { Sigma = float.NaN }, "sigma must be above 0" },
        { new GridEncoding { Levels = [] }, "grid levels must be 1 to 32, not 0." },
        { new GridEncoding { Levels = [new(2, 2, 4)], FeaturesPerLevel = 3 }, "must be 2, 4 or 8, not 3." },
        { new GridEncoding { Levels = [new(1, 2, 2)] }, "columns of a grid level must be 2 to 65536, not 1." },
        { new GridEncoding { Levels = [new(2, 70_000, 4)] }, "rows of a grid level" },
        { new GridEncoding { Levels = [new(5, 5, 4)] }, "entries of a grid level must be 5 to 25, not 4." },
        { new GridEncoding { Levels = [new(5, 5, 26)] }, "entries of a grid level must be 5 to 25, not 26." },
    };

    [Theory, MemberData(nameof(Impossible))]
    public void What_cannot_be_is_refused_with_the_value_and_the_range(InputEncoding encoding, string message)
    {
        MlpDesign design = new MlpDesign { HiddenLayers = [4] }.With(encoding);
        Assert.Contains(message, Assert.Throws<ArgumentException>(design.Validate).Message);
        Assert.Throws<ArgumentException>(() => new Mlp(design));
    }

    [Fact]
    public void An_encoding_with_other_coordinates_than_it_wants_is_refused()
    {
        var design = new MlpDesign { HiddenLayers = [4], Encoding = new FourierEncoding() };
        Assert.Contains("PixelCenter", Assert.Throws<ArgumentException>(design.Validate).Message);
    }
}
