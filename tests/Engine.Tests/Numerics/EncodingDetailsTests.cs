namespace MonaLisa.Engine.Tests;

public class EncodingDetailsTests
{
    private static readonly GridEncoding Grid = GridEncoding.For(60, 40);

    [Theory, InlineData(EncodingKind.None), InlineData(EncodingKind.Frequency)]
    [InlineData(EncodingKind.Fourier), InlineData(EncodingKind.Grid)]
    public void No_details_change_nothing(EncodingKind kind)
    {
        InputEncoding chosen = TrainingDefaults.Encoding(kind, 60, 40);
        Assert.Equal(chosen, Of(new(), chosen));
    }

    [Fact]
    public void Frequencies_are_counted_as_asked_for()
    {
        Assert.Equal(new FrequencyEncoding { Octaves = 3 }, Of(new() { Octave = 3 }, FrequencyEncoding.For(60, 40)));
        FourierEncoding chosen = FourierEncoding.For(60, 40);
        Assert.Equal(chosen with { Count = 5 }, Of(new() { FrequencyCount = 5 }, chosen));
        Assert.Equal(chosen with { Sigma = 2.5f }, Of(new() { FrequencySigma = 2.5f }, chosen));
    }

    [Fact]
    public void Every_detail_of_a_grid_given_is_the_grid_so_described()
    {
        var details = new EncodingDetails { GridLevel = 3, GridFeature = 4, GridCoarsest = 5, GridFinest = 20, GridEntry = 300 };
        Assert.Equal(GridEncoding.For(60, 40, 3, 5, 20, 300, 4), Of(details, Grid));
    }

    [Fact]
    public void Other_levels_keep_the_tables_within_the_chosen_size()
    {
        foreach (int levels in (int[])[1, 2, 5, 16])
        {
            var grid = Assert.IsType<GridEncoding>(Of(new() { GridLevel = levels }, Grid));
            Assert.Equal(levels, grid.Levels.Count);
            Assert.InRange(grid.ParameterCount, 1, Grid.ParameterCount);
        }
    }

    [Fact]
    public void An_end_that_was_not_given_makes_way_for_one_that_was()
    {
        // The shorter side has 40 pixels, and so the finest level that was chosen has 40 vertices.
        var fine = Assert.IsType<GridEncoding>(Of(new() { GridCoarsest = 80, GridEntry = 100_000 }, Grid));
        Assert.All(fine.Levels, level => Assert.Equal((120, 80), (level.Columns, level.Rows)));
        var coarse = Assert.IsType<GridEncoding>(Of(new() { GridFinest = 2, GridEntry = 100_000 }, Grid));
        Assert.All(coarse.Levels, level => Assert.Equal((3, 2), (level.Columns, level.Rows)));
    }

    [Fact]
    public void A_level_never_has_less_than_a_row_of_entries()
    {
        var grid = Assert.IsType<GridEncoding>(Of(new() { GridEntry = 70 }, Grid));
        Assert.All(grid.Levels, level => Assert.Equal(Math.Min(level.Columns * level.Rows, Math.Max(level.Columns, 70)), level.EntryCount));
        (new MlpDesign { HiddenLayers = [4] }.With(grid)).Validate();
    }

    [Theory, InlineData(null, 1), InlineData(1, 1)]
    public void Levels_of_one_row_of_entries_are_refused(int? levels, int entries)
    {
        var exception = Assert.Throws<ArgumentException>(() => Of(new() { GridLevel = levels, GridEntry = entries }, Grid));
        Assert.Contains("all be painted alike. Give a larger GridEntry", exception.Message);
        Assert.Equal(levels is null, exception.Message.Contains("smaller GridLevel"));
    }

    [Fact]
    public void A_picture_of_one_row_may_have_levels_of_one_row_of_entries()
    {
        InputEncoding grid = new EncodingDetails { GridEntry = 1 }.Of(TrainingDefaults.Encoding(EncodingKind.Grid, 60, 1), 60, 1);
        Assert.False(Assert.IsType<GridEncoding>(grid).TellsRowsApart);
    }

    [Theory]
    [InlineData("Octave", EncodingKind.Frequency)]
    [InlineData("FrequencyCount", EncodingKind.Fourier)]
    [InlineData("FrequencySigma", EncodingKind.Fourier)]
    [InlineData("GridLevel", EncodingKind.Grid)]
    [InlineData("GridFeature", EncodingKind.Grid)]
    [InlineData("GridCoarsest", EncodingKind.Grid)]
    [InlineData("GridFinest", EncodingKind.Grid)]
    [InlineData("GridEntry", EncodingKind.Grid)]
    public void A_detail_of_another_encoding_is_refused(string name, EncodingKind owner)
    {
        EncodingDetails details = name switch
        {
            "Octave" => new() { Octave = 4 },
            "FrequencyCount" => new() { FrequencyCount = 4 },
            "FrequencySigma" => new() { FrequencySigma = 4 },
            "GridLevel" => new() { GridLevel = 4 },
            "GridFeature" => new() { GridFeature = 4 },
            "GridCoarsest" => new() { GridCoarsest = 4 },
            "GridFinest" => new() { GridFinest = 4 },
            _ => new() { GridEntry = 400 },
        };
        foreach (EncodingKind kind in Enum.GetValues<EncodingKind>())
        {
            InputEncoding chosen = TrainingDefaults.Encoding(kind, 60, 40);
            if (kind == owner)
                Assert.Equal(owner, Of(details, chosen).Kind);
            else
                Assert.Equal(
                    $"{name} is for the encoding {owner}; the encoding is {kind}. Leave {name} out, or choose {owner}.",
                    Assert.Throws<ArgumentException>(() => Of(details, chosen)).Message);
        }
    }

    [Fact]
    public void A_value_out_of_its_range_is_named()
    {
        (EncodingKind Kind, EncodingDetails Details, string Message)[] values =
        [
            (EncodingKind.Frequency, new() { Octave = 0 }, "Octave must be 1 to 16, not 0."),
            (EncodingKind.Frequency, new() { Octave = 17 }, "Octave must be 1 to 16, not 17."),
            (EncodingKind.Fourier, new() { FrequencyCount = 0 }, "FrequencyCount must be 1 to 2048, not 0."),
            (EncodingKind.Fourier, new() { FrequencyCount = 2049 }, "FrequencyCount must be 1 to 2048, not 2049."),
            (EncodingKind.Fourier, new() { FrequencySigma = 0 }, "FrequencySigma must be above 0 and at most 10000, not 0."),
            (EncodingKind.Fourier, new() { FrequencySigma = float.NaN }, "FrequencySigma must be above 0 and at most 10000, not NaN."),
            (EncodingKind.Grid, new() { GridLevel = 0 }, "GridLevel must be 1 to 32, not 0."),
            (EncodingKind.Grid, new() { GridLevel = 33 }, "GridLevel must be 1 to 32, not 33."),
            (EncodingKind.Grid, new() { GridFeature = 3 }, "GridFeature must be 2, 4 or 8, not 3."),
            (EncodingKind.Grid, new() { GridCoarsest = 0.5 }, "GridCoarsest must be 1 to 65536, not 0.5."),
            (EncodingKind.Grid, new() { GridCoarsest = double.NaN }, "GridCoarsest must be 1 to 65536, not NaN."),
            (EncodingKind.Grid, new() { GridFinest = double.PositiveInfinity }, "GridFinest must be 1 to 65536, not Infinity."),
            (EncodingKind.Grid, new() { GridEntry = -1 }, "GridEntry must be 1 to 67108864, not -1."),
            (EncodingKind.Grid, new() { GridCoarsest = 8.5, GridFinest = 8 },
                "GridFinest must be at least GridCoarsest, which is 8.5, not 8."),
        ];
        Assert.All(values, value => Assert.Equal(value.Message, Assert.Throws<ArgumentException>(
            () => Of(value.Details, TrainingDefaults.Encoding(value.Kind, 60, 40))).Message));
    }

    private static InputEncoding Of(EncodingDetails details, InputEncoding chosen) => details.Of(chosen, 60, 40);
}
