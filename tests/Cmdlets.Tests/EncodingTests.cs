using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>New-MlpNetwork with encodings, and with pictures to fit.</summary>
public sealed class EncodingTests : Workspace
{
    public EncodingTests() => Picture("a.png", 60, 40);

    [Theory]
    [InlineData("New-PixelDataset a.png | New-MlpNetwork")]
    [InlineData("New-MlpNetwork -InputObject (New-PixelDataset a.png)")]
    [InlineData("New-MlpNetwork -Dataset (New-PixelDataset a.png)")]
    [InlineData("New-MlpNetwork -Picture (New-PixelDataset a.png)")]
    public void A_picture_gets_the_network_that_training_would_take(string script)
    {
        Mlp network = Run(script).Single<Mlp>();
        Mlp trained = Run("New-PixelDataset a.png | Invoke-MlpTraining -Epoch 1").Single<TrainingRun>().Network;
        Assert.Equal(trained.Design, network.Design);
        Assert.Equal(TrainingDefaults.For(Blank(60, 40)).Design, network.Design);
    }

    [Fact]
    public void It_begins_with_the_picture_and_trains_as_the_default_network_does()
    {
        SessionResult result = Run("""
            $p = New-PixelDataset a.png; $n = $p | New-MlpNetwork
            $p | Invoke-MlpTraining -Epoch 2 -ThreadCount 1; $p | Invoke-MlpTraining -Network $n -Epoch 2 -ThreadCount 1
            $p | Invoke-MlpTraining -Network (New-MlpNetwork -Encoding Grid) -Epoch 2 -ThreadCount 1
            """);
        result.AssertNoErrors();
        IReadOnlyList<TrainingRun> runs = result.All<TrainingRun>();
        Assert.Equal(runs[0].Psnr, runs[1].Psnr);
        Assert.True(runs[0].Psnr > runs[2].Psnr + 3, $"{runs[0].Psnr:F1} and {runs[2].Psnr:F1} dB");
    }

    [Fact]
    public void A_grid_that_would_paint_all_rows_alike_is_an_error() =>
        Assert.Contains(
            "all be painted alike. Give a larger GridEntry",
            Run("New-PixelDataset a.png | New-MlpNetwork -GridEntry 5").Error("InvalidOption", ErrorCategory.InvalidArgument).Exception.Message);

    [Theory, InlineData("Invoke-MlpTraining -Encoding Latent -CheckpointPath run.safetensors"), InlineData("New-MlpNetwork -Encoding Latent")]
    public void A_picture_too_long_for_latents_is_an_error_before_any_work(string command)
    {
        Picture("long.png", LatentEncoding.MaxSide + 1, 1);
        SessionResult result = Run($"New-PixelDataset long.png | {command}");
        Assert.Contains(
            "takes pictures of at most 65536 pixels a side, not of 65537 x 1. Make the picture smaller with New-PixelDataset -MaxSize 65536.",
            result.Error("InvalidOption", ErrorCategory.InvalidArgument).Exception.Message);
        Assert.Equal(["a.png", "long.png"], Files());
    }

    [Fact]
    public void Each_picture_of_a_pipeline_gets_a_network_of_its_own_size_and_channels()
    {
        Run("New-MlpNetwork 4 -OutputCount 1 | Export-GeneratedImage grey.png -Width 30 -Height 50").AssertNoErrors();
        IReadOnlyList<Mlp> networks = Run("'a.png', 'grey.png' | New-PixelDataset | New-MlpNetwork -Seed 3").All<Mlp>();
        Assert.Equal(
            [TrainingDefaults.For(Blank(60, 40), seed: 3).Design, TrainingDefaults.For(Blank(30, 50, 1), seed: 3).Design],
            networks.Select(network => network.Design));
    }

    [Fact]
    public void A_pipeline_without_pictures_gives_no_network() =>
        Assert.Empty(Run("New-PixelDataset *.nothing | New-MlpNetwork").All<Mlp>());

    [Fact]
    public void A_picture_decides_the_outputs_of_dense_networks_and_presets_as_well()
    {
        Run("New-MlpNetwork 4 -OutputCount 1 | Export-GeneratedImage grey.png -Width 9 -Height 9").AssertNoErrors();
        IReadOnlyList<Mlp> networks = Run(
            "$p = New-PixelDataset grey.png; $p | New-MlpNetwork 8; $p | New-MlpNetwork -Preset MonaLisa2012; " +
            "$p | New-MlpNetwork -Depth 2 -ParameterBudget 300; $p | New-MlpNetwork -OutputCount 1").All<Mlp>();
        Assert.All(networks, network => Assert.Equal(1, network.OutputCount));
    }

    [Fact]
    public void Outputs_that_contradict_the_picture_are_an_error_and_the_next_goes_on()
    {
        Run("New-MlpNetwork 4 -OutputCount 1 | Export-GeneratedImage grey.png -Width 9 -Height 9").AssertNoErrors();
        SessionResult result = Run("'grey.png', 'a.png' | New-PixelDataset | New-MlpNetwork 8 -OutputCount 3");
        ErrorRecord error = result.Error("InvalidOption", ErrorCategory.InvalidArgument);
        Assert.Equal(
            "OutputCount is 3, and 'grey' has 1 channel. Leave OutputCount out: " +
            "the network gets as many outputs as the picture has channels.",
            error.Exception.Message);
        Assert.Equal("grey", Assert.IsType<PixelDataset>(error.TargetObject).Name);
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData(EncodingKind.Frequency)]
    [InlineData(EncodingKind.Fourier)]
    public void Sines_and_cosines_get_rectifiers(EncodingKind kind)
    {
        MlpDesign design = Run($"New-PixelDataset a.png | New-MlpNetwork -Encoding {kind}").Single<Mlp>().Design;
        Assert.Equal(
            (TrainingDefaults.Design() with { Activation = Activation.ReLU }).With(TrainingDefaults.Encoding(kind, 60, 40)), design);
    }

    [Fact]
    public void No_encoding_is_the_dense_network_that_paints_best() =>
        Assert.Equal(TrainingDefaults.Design(), Run("New-PixelDataset a.png | New-MlpNetwork -Encoding None").Single<Mlp>().Design);

    [Fact]
    public void Layers_and_activation_go_with_an_encoding()
    {
        MlpDesign grid = Run("New-PixelDataset a.png | New-MlpNetwork 24, 12 -Encoding Grid").Single<Mlp>().Design;
        MlpDesign planned = TrainingDefaults.For(Blank(60, 40)).Design;
        Assert.Equal(planned with { HiddenLayers = [24, 12] }, grid);
        MlpDesign fourier = Run("New-MlpNetwork -Encoding Fourier -Activation Sine -Omega 20").Single<Mlp>().Design;
        Assert.Equal(
            (Activation.Sine, 20f, TrainingDefaults.Encoding(EncodingKind.Fourier)),
            (fourier.Activation, fourier.Omega, fourier.Encoding));
    }

    [Fact]
    public void Every_detail_reaches_its_encoding()
    {
        IReadOnlyList<Mlp> networks = Run(
            """
            $picture = New-PixelDataset a.png
            $picture | New-MlpNetwork 8 -Encoding Frequency -Octave 3
            $picture | New-MlpNetwork 8 -Encoding Fourier -FrequencyCount 9 -FrequencySigma 2.5
            $picture | New-MlpNetwork 8 -Encoding Grid -GridLevel 3 -GridFeature 4 -GridCoarsest 5 -GridFinest 20 -GridEntry 300
            $picture | New-MlpNetwork -GridFeature 8
            """).All<Mlp>();
        Assert.Equal(
            [
                new FrequencyEncoding { Octaves = 3 },
                new FourierEncoding { Count = 9, Sigma = 2.5f },
                GridEncoding.For(60, 40, 3, 5, 20, 300, 4),
            ],
            networks.Take(3).Select(network => network.Design.Encoding));
        Assert.Equal(8, Assert.IsType<GridEncoding>(networks[3].Design.Encoding).FeaturesPerLevel);
    }

    [Fact]
    public void Layers_levels_and_tables_can_be_indexed()
    {
        Run("New-MlpNetwork 8, 4 -Encoding Grid -OutputCount 1 | Export-MlpModel m.safetensors").AssertNoErrors();
        foreach (string network in (string[])["New-MlpNetwork 8, 4 -Encoding Grid", "Import-MlpModel m.safetensors"])
        {
            IReadOnlyList<object> output = Run(
                $"$n = {network}; $n.HiddenLayers[1]; $n.Design.Encoding.Levels[0]; $n.EncodingTensors[-1]; $n.Layers[0]").Output;
            Assert.Equal(
                [typeof(int), typeof(GridLevel), typeof(EncodingTensor), typeof(DenseLayer)], output.Select(item => item.GetType()));
        }
    }

    [Fact]
    public void A_budget_counts_the_tables()
    {
        Mlp network = Run("New-PixelDataset a.png | New-MlpNetwork -Depth 2 -ParameterBudget 20000 -Encoding Grid").Single<Mlp>();
        MlpDesign planned = TrainingDefaults.For(Blank(60, 40)).Design;
        Assert.Equal((planned.Encoding, planned.Activation), (network.Design.Encoding, network.Activation));
        Assert.InRange(network.ParameterCount, planned.Encoding.ParameterCount, 20_000);
        Assert.True(ParameterBudget.CountParameters(2, network.HiddenLayers[0] + 1, 3, planned.Encoding) > 20_000);
    }

    [Fact]
    public void A_budget_smaller_than_the_tables_is_an_error_of_that_picture()
    {
        Picture("tiny.png", 5, 4);
        SessionResult result = Run("'a.png', 'tiny.png' | New-PixelDataset | New-MlpNetwork -Depth 2 -ParameterBudget 3000 -Encoding Grid");
        ErrorRecord error = result.Error("InvalidOption", ErrorCategory.InvalidArgument);
        Assert.Contains("in the encoding's tables", error.Exception.Message);
        Assert.Equal("a", Assert.IsType<PixelDataset>(error.TargetObject).Name);
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("-Octave 4", "Octave is for the encoding Frequency; the encoding is Grid.")]
    [InlineData("8 -GridLevel 4", "GridLevel is for the encoding Grid; the encoding is None.")]
    [InlineData("-Encoding Fourier -GridEntry 4", "GridEntry is for the encoding Grid; the encoding is Fourier.")]
    [InlineData("-Encoding Grid -FrequencySigma 4", "FrequencySigma is for the encoding Fourier; the encoding is Grid.")]
    [InlineData("-Encoding None -FrequencyCount 4", "FrequencyCount is for the encoding Fourier; the encoding is None.")]
    [InlineData("-Depth 2 -ParameterBudget 9999 -Octave 2", "Octave is for the encoding Frequency; the encoding is None.")]
    [InlineData("-GridLevel 0", "GridLevel must be 1 to 32, not 0.")]
    [InlineData("-GridCoarsest NaN", "GridCoarsest must be 1 to 65536, not NaN.")]
    [InlineData("-GridCoarsest 9 -GridFinest 5", "GridFinest must be at least GridCoarsest, which is 9, not 5.")]
    [InlineData("-GridEntry -5", "GridEntry must be 1 to 67108864, not -5.")]
    [InlineData("-Encoding Fourier -FrequencySigma -1", "FrequencySigma must be above 0 and at most 10000, not -1.")]
    [InlineData("-Encoding Frequency -Octave 99", "Octave must be 1 to 16, not 99.")]
    public void Details_that_do_not_fit_end_the_command_whatever_the_pictures(string arguments, string message)
    {
        foreach (string source in (string[])["", "'a.png', 'a.png' | New-PixelDataset | "])
        {
            SessionResult result = Run($"{source}New-MlpNetwork {arguments}");
            Assert.Contains(message, result.Error("InvalidOption", ErrorCategory.InvalidArgument).Exception.Message);
            Assert.Empty(result.Output);
        }
    }

    [Theory]
    [InlineData("-Encoding Cubes")]
    [InlineData("-Encoding 7")]
    [InlineData("-GridFeature 3")]
    [InlineData("-InputObject $null")]
    [InlineData("-InputObject 'text'")]
    [InlineData("-Preset MonaLisa2012 -Encoding Grid")]
    public void What_is_no_such_value_is_refused(string arguments)
    {
        SessionResult result = Run($"New-MlpNetwork {arguments}");
        Assert.Single(result.Errors);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(300, 1)]
    public void The_narrowest_pictures_get_a_network_too(int width, int height)
    {
        Picture("narrow.png", width, height);
        foreach (EncodingKind kind in Enum.GetValues<EncodingKind>())
            Assert.True(Run(
                $"New-PixelDataset narrow.png | Invoke-MlpTraining -HiddenLayer 8 -Encoding {kind} -Epoch 1")
                .Single<TrainingRun>().Network.IsFinite);
        Assert.Equal(
            TrainingDefaults.For(Blank(width, height)).Design,
            Run("New-PixelDataset narrow.png | New-MlpNetwork").Single<Mlp>().Design);
    }

    [Fact]
    public void A_network_with_an_encoding_goes_through_training_painting_and_a_file()
    {
        foreach (EncodingKind kind in Enum.GetValues<EncodingKind>())
        {
            TrainingRun run = Run(
                $"$p = New-PixelDataset a.png; $n = $p | New-MlpNetwork 16 -Encoding {kind}; $p | Invoke-MlpTraining -Network $n -Epoch 2")
                .Single<TrainingRun>();
            Assert.Equal(kind, run.Network.Design.Encoding.Kind);
            Run("$run | Export-MlpModel m.safetensors -Force; $run | Export-GeneratedImage before.png -Force -Scale 2; " +
                "Import-MlpModel m.safetensors | Export-GeneratedImage after.png -Force -Scale 2", ("run", run)).AssertNoErrors();
            Assert.Equal(File.ReadAllBytes(PathOf("before.png")), File.ReadAllBytes(PathOf("after.png")));
        }
    }

    private static PixelDataset Blank(int width, int height, int channels = 3) =>
        new("blank", width, height, new byte[width * height * channels], channels: channels);
}
