namespace MonaLisa.Engine.Tests;

/// <summary>What is chosen for a picture by its size and its gaps.</summary>
public class TrainingDefaultsTests
{
    [Theory, InlineData(1, 1), InlineData(1, 300), InlineData(64, 64), InlineData(300, 429), InlineData(3000, 500)]
    public void Every_picture_has_a_plan_that_can_be_carried_out(int width, int height)
    {
        var picture = new PixelDataset("plain", width, height, new byte[width * height * 3]);
        foreach (TrainingQuality quality in Enum.GetValues<TrainingQuality>())
        {
            TrainingPlan plan = TrainingDefaults.For(picture, quality, seed: 7);
            plan.Design.Validate();
            plan.Options.Validate();
            Assert.Equal((7, 7), (plan.Design.Seed, plan.Options.Seed));
        }
    }

    [Fact]
    public void A_whole_picture_gets_a_grid_of_a_size_with_it()
    {
        TrainingPlan plan = TrainingDefaults.For(TestPictures.Create(300, 200));
        var grid = Assert.IsType<GridEncoding>(plan.Design.Encoding);
        Assert.InRange(grid.ParameterCount, 1.5 * 300 * 200, 1.6 * 300 * 200);
        Assert.Equal((300, 200), (grid.Levels[^1].Columns, grid.Levels[^1].Rows));
        Assert.Equal(512, plan.Options.BatchSize);
        Assert.Equal(600 * 400 / 128, TrainingDefaults.For(TestPictures.Create(600, 400)).Options.BatchSize);
        Assert.Equal(PixelSampling.ErrorWeighted, plan.Options.Sampling);
    }

    [Theory, InlineData(300, 1), InlineData(300, 2), InlineData(300, 3), InlineData(300, 7), InlineData(2000, 5), InlineData(300, 12), InlineData(3, 300)]
    public void The_rows_of_a_picture_of_a_few_rows_are_told_apart(int width, int height)
    {
        PixelDataset picture = TestPictures.Create(width, height);
        TrainingPlan plan = TrainingDefaults.For(picture, TrainingQuality.Draft);

        TrainingRun run = TrainingSupport.Train(
            picture, TrainingDefaults.NetworkFor(plan.Design, picture, TestContext.Current.CancellationToken), plan.Options with { Epochs = 40, MaxTime = null, ThreadCount = 1 });

        Assert.True(run.Psnr > 30, $"{run.Psnr:F1} dB");
    }

    [Fact]
    public void Batches_stop_growing_where_steps_do_not_look_at_all_of_the_tables()
    {
        var large = new PixelDataset("grey", 1600, 1400, new byte[1600 * 1400], channels: 1);
        PixelDataset gaps = large.WithRoles((x, y) => x == 0 ? PixelRole.HeldOut : PixelRole.Training);
        Assert.Equal(16_384, TrainingDefaults.For(large).Options.BatchSize);
        Assert.Equal(1599 * 1400 / 64, TrainingDefaults.For(gaps).Options.BatchSize);
    }

    [Fact]
    public void Training_ends_when_the_painting_is_the_picture()
    {
        // An icon of few colours.
        var icon = new PixelDataset("icon", 16, 16, [.. Enumerable.Range(0, 16 * 16 * 3).Select(i => (byte)(i / 3 % 16 > 7 ? 30 : 200))]);
        TrainingPlan plan = TrainingDefaults.For(icon);
        TrainingRun run = TrainingSupport.Train(icon, new Mlp(plan.Design), plan.Options with { MaxTime = null, Epochs = 5000 });
        Assert.Equal(StopReason.TargetPsnr, run.StopReason);
        using var renderer = new ImageRenderer(run.Network, threadCount: 1);
        var painted = new float[16 * 16 * 3];
        renderer.Render(16, 16, firstRow: 0, rowCount: 16, painted, TestContext.Current.CancellationToken);
        Assert.Equal(icon.Samples8.ToArray(), painted.Select(color => (byte)Math.Round(255 * Math.Clamp(color, 0, 1))));
        Assert.Equal(70, plan.Options.TargetPsnr!.Value, 0.1);
        Assert.Equal(118.3, TrainingDefaults.For(TestPictures.Create16(16, 16)).Options.TargetPsnr!.Value, 0.1);
    }

    [Fact]
    public void A_draft_of_a_whole_picture_learns_at_a_higher_rate()
    {
        PixelDataset whole = TestPictures.Create(60, 40), gaps = whole.WithHoldOut(new HoldOut { Fraction = 0.3 });
        double? Rate(PixelDataset picture, TrainingQuality quality)
        {
            TrainingPlan plan = TrainingDefaults.For(picture, quality);
            return plan.Options.WithDefaults(plan.Design).LearningRate;
        }
        Assert.Equal((0.03, 0.01, 0.01), (Rate(whole, TrainingQuality.Draft), Rate(whole, TrainingQuality.Standard), Rate(gaps, TrainingQuality.Draft)));
    }

    [Fact]
    public void Better_takes_longer_and_so_does_larger()
    {
        PixelDataset small = TestPictures.Create(40, 30), large = TestPictures.Create(400, 300);
        TimeSpan? Time(PixelDataset picture, TrainingQuality quality) => TrainingDefaults.For(picture, quality).Options.MaxTime;
        Assert.True(Time(small, TrainingQuality.Draft) < Time(small, TrainingQuality.Standard));
        Assert.True(Time(small, TrainingQuality.Standard) < Time(small, TrainingQuality.High));
        Assert.True(Time(small, TrainingQuality.Draft) < Time(large, TrainingQuality.Draft));
    }

    [Fact]
    public void A_picture_with_gaps_gets_a_grid_whose_vertices_share_nothing()
    {
        PixelDataset picture = TestPictures.Create(60, 40).WithHoldOut(new HoldOut { Fraction = 0.3 });
        var grid = Assert.IsType<GridEncoding>(TrainingDefaults.For(picture).Design.Encoding);
        Assert.All(grid.Levels, level => Assert.True(level.IsDense));
    }

    [Fact]
    public void A_picture_of_which_little_is_there_gets_a_sine_network_and_steps_enough()
    {
        PixelDataset picture = TestPictures.Create(60, 40).WithHoldOut(new HoldOut { Fraction = 0.75, Pattern = HoldOutPattern.Grid });
        TrainingPlan plan = TrainingDefaults.For(picture);
        Assert.Equal((Activation.Sine, EncodingKind.None), (plan.Design.Activation, plan.Design.Encoding.Kind));
        Assert.Equal((Optimizer.Muon, PixelSampling.Uniform), (plan.Options.Optimizer, plan.Options.Sampling));
        Assert.Null(plan.Options.MaxTime);
        Assert.InRange(plan.Options.Epochs!.Value * (double)picture.TrainingPixelCount / plan.Options.BatchSize, 2500, 2600);
    }

    [Fact]
    public void A_grid_that_was_chosen_is_planned_as_one_however_little_of_the_picture_is_there()
    {
        PixelDataset picture = TestPictures.Create(60, 40).WithHoldOut(new HoldOut { Fraction = 0.75, Pattern = HoldOutPattern.Grid });
        TrainingPlan plan = TrainingDefaults.For(picture, encoding: EncodingKind.Grid);
        Assert.Equal(GridEncoding.ForGaps(60, 40), plan.Design.Encoding);
        Assert.Equal([64], plan.Design.HiddenLayers);
        Assert.Equal(PixelSampling.ErrorWeighted, plan.Options.Sampling);
    }

    [Fact]
    public void Channels_become_outputs() =>
        Assert.Equal(1, TrainingDefaults.For(new PixelDataset("grey", 8, 8, new byte[64], channels: 1)).Design.OutputCount);
}
