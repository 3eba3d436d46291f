namespace MonaLisa.Engine.Tests;

public class NetworkPresetTests
{
    [Fact]
    public void The_2012_program_has_six_layers_of_300()
    {
        MlpDesign design = NetworkPresets.Design(NetworkPreset.MonaLisa2012, seed: 5);
        Assert.Equal([300, 300, 300, 300, 300, 300], design.HiddenLayers);
        Assert.Equal(
            (Activation.LeakyReLU, WeightInitialization.MonaLisa2012, CoordinateConvention.RowColumnCorner, ColorRange.Unit, 5),
            (design.Activation, design.Initialization, design.Coordinates, design.Colors, design.Seed));
        Assert.Equal(0.01f, MlpDesign.LeakySlope);
        design.Validate();
    }

    [Fact]
    public void The_2012_training_takes_one_pixel_at_a_time()
    {
        TrainingOptions options = TrainingOptions.MonaLisa2012;
        Assert.Equal((1, Optimizer.Sgd, null, 0.1), (options.BatchSize, options.Optimizer, options.Momentum, options.LearningRate));
        Assert.Equal((LearningRateSchedule.Constant, LossFunction.HalfSquaredError), (options.Schedule, options.Loss));
        Assert.True(options.ScaleRateByFanIn && options.MeasureEachEpoch);
    }

    [Fact]
    public void The_fog_has_one_wide_layer_with_as_many_parameters_as_three_of_300()
    {
        MlpDesign design = NetworkPresets.Design(NetworkPreset.OneHiddenLayer2012);
        int width = Assert.Single(design.HiddenLayers);
        long deep = ParameterBudget.CountParameters(3, 300), wide = ParameterBudget.CountParameters(1, width);
        Assert.InRange(deep - wide, 0, 5);
        Assert.Equal(
            (Activation.LeakyReLU, WeightInitialization.MonaLisa2012, CoordinateConvention.RowColumnCorner, ColorRange.Unit),
            (design.Activation, design.Initialization, design.Coordinates, design.Colors));
    }

    [Fact]
    public void There_is_no_other_preset() => Assert.Throws<ArgumentOutOfRangeException>(() => NetworkPresets.Design((NetworkPreset)42));

    [Fact]
    public void The_default_is_a_SIREN_of_three_layers_of_256()
    {
        MlpDesign design = TrainingDefaults.Design();
        Assert.Equal([256, 256, 256], design.HiddenLayers);
        Assert.Equal((Activation.Sine, 60f), (design.Activation, design.Omega));
        Assert.Equal(WeightInitialization.Auto, design.Initialization);
    }
}
