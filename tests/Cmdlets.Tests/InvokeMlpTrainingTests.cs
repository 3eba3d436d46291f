using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

public sealed class InvokeMlpTrainingTests : Workspace
{
    private const string Small = "-HiddenLayer 8 -Epoch 2";

    private const string Diverging =
        "-HiddenLayer 8 -Optimizer Sgd -LearningRate 1000 -BatchSize 16 -Epoch 100 -Schedule Constant";

    public InvokeMlpTrainingTests() => Picture("a.png");

    [Fact]
    public void A_dataset_comes_by_pipeline_by_position_and_by_name()
    {
        SessionResult result = Run(
            $"""
            $dataset = New-PixelDataset a.png
            $dataset | Invoke-MlpTraining {Small}
            Invoke-MlpTraining $dataset {Small}
            Invoke-MlpTraining -InputObject $dataset {Small}
            """);
        Assert.Equal(3, result.All<TrainingRun>().Count);
    }

    [Fact]
    public void A_run_tells_what_it_did()
    {
        TrainingRun run = Run("New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8, 6 -Epoch 3 -Seed 5").Single<TrainingRun>();
        Assert.Equal(StopReason.Epoch, run.StopReason);
        Assert.Equal([1, 2, 3], run.History.Select(epoch => epoch.Epoch));
        Assert.Equal([8, 6], run.Network.HiddenLayers);
        Assert.Equal("a", run.Dataset.Name);
        Assert.Equal((5, 5), (run.Seed, run.Network.Design.Seed));
        Assert.True(double.IsFinite(run.Psnr) && double.IsFinite(run.Mae));
        Assert.NotEmpty(run.Provider);
    }

    [Fact]
    public void Several_pictures_give_a_run_each()
    {
        Picture("b.png", 9, 5);
        IReadOnlyList<TrainingRun> runs = Run($"'a.png', 'b.png' | New-PixelDataset | Invoke-MlpTraining {Small}").All<TrainingRun>();
        Assert.Equal(["a", "b"], runs.Select(run => run.Dataset.Name));
    }

    [Fact]
    public void Every_option_reaches_the_engine()
    {
        TrainingOptions options = Run(
            "New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Activation Tanh -Epoch 1 -MaxTime 0:1:0 -TargetPsnr 150 -BatchSize 32 " +
            "-LearningRate 0.001 -Optimizer Sgd -Momentum 0.5 -Schedule Exponential -Seed 9 -ThreadCount 1 -Provider Managed " +
            "-Sampling ErrorWeighted -MeasureEachEpoch -WeightDecay 0.25 -WarmUp 0.125 -GradientClip 2 -AverageDecay 0.75 -Loss Huber -HuberDelta 0.5")
            .Single<TrainingRun>().Options;
        Assert.Equal(
            new TrainingOptions
            {
                Epochs = 1, MaxTime = TimeSpan.FromMinutes(1), TargetPsnr = 150, BatchSize = 32, LearningRate = 0.001, Optimizer = Optimizer.Sgd,
                Momentum = 0.5, Schedule = LearningRateSchedule.Exponential, Seed = 9, ThreadCount = 1, Provider = ComputeProvider.Managed,
                Sampling = PixelSampling.ErrorWeighted, MeasureEachEpoch = true, WeightDecay = 0.25, WarmUp = 0.125, GradientClip = 2, AverageDecay = 0.75,
                Loss = LossFunction.Huber, HuberDelta = 0.5,
            }, options);
    }

    [Theory]
    [InlineData("-HiddenLayer 8", PixelSampling.ErrorWeighted)]
    [InlineData("-HiddenLayer 8 -Sampling Uniform", PixelSampling.Uniform)]
    [InlineData("-HiddenLayer 8 -BatchSize 1", PixelSampling.Uniform)]
    [InlineData("-HiddenLayer 8 -BatchSize 1 -Sampling ErrorWeighted", PixelSampling.ErrorWeighted)]
    [InlineData("-Preset MonaLisa2012", PixelSampling.Uniform)]
    public void Pixels_are_drawn_by_their_errors_unless_they_come_one_by_one(string arguments, PixelSampling sampling) =>
        Assert.Equal(sampling, Run($"New-PixelDataset a.png | Invoke-MlpTraining {arguments} -Epoch 1").Single<TrainingRun>().Options.Sampling);

    [Fact]
    public void Muon_and_its_options_reach_the_engine()
    {
        TrainingOptions options = Run(
            "New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8, 8 -Epoch 1 -Optimizer Muon -Beta1 0.5 -Beta2 0.75 " +
            "-Epsilon 0.001 -Momentum 0.25")
            .Single<TrainingRun>().Options;
        Assert.Equal(
            (Optimizer.Muon, 0.5, 0.75, 0.001, 0.25), (options.Optimizer, options.Beta1, options.Beta2, options.Epsilon, options.Momentum));
    }

    [Fact]
    public void An_activation_alone_keeps_the_default_layers()
    {
        Mlp network = Run("New-PixelDataset a.png | Invoke-MlpTraining -Activation ReLU -Epoch 1").Single<TrainingRun>().Network;
        Assert.Equal(TrainingDefaults.Design().HiddenLayers, network.HiddenLayers);
        Assert.Equal(Activation.ReLU, network.Activation);
    }

    [Fact]
    public void A_given_network_is_trained_as_a_copy()
    {
        IReadOnlyList<object> output = Run(
            "$network = New-MlpNetwork 7 -Seed 1; $before = [float[]] $network.Layers[0].Weights\n" +
            "(New-PixelDataset a.png | Invoke-MlpTraining -Network $network -Epoch 2).Network; $network; , $before").Output;
        var trained = Assert.IsType<Mlp>(output[0]);
        var given = Assert.IsType<Mlp>(output[1]);
        Assert.Equal([7], trained.HiddenLayers);
        Assert.Equal(Assert.IsType<float[]>(output[2]), given.Layers[0].Weights);
        Assert.NotSame(given, trained);
    }

    [Theory]
    [InlineData("-HiddenLayer 4", "HiddenLayer")]
    [InlineData("-Activation ReLU", "Activation")]
    [InlineData("-Encoding Grid", "Encoding")]
    [InlineData("-Kernel Area", "Kernel")]
    [InlineData("-Denoise", "Denoise")]
    [InlineData("-Start ./kind.mlpz", "Start")]
    public void A_network_and_choices_of_another_contradict_each_other(string arguments, string name) =>
        Assert.EndsWith($"Leave out {name} or Network.", Run($"New-PixelDataset a.png | Invoke-MlpTraining -Network (New-MlpNetwork 4) {arguments} -Epoch 1")
            .Error("InvalidOption", ErrorCategory.InvalidArgument).Exception.Message);

    [Fact]
    public void A_switch_that_is_off_contradicts_nothing() =>
        Run("New-PixelDataset a.png | Invoke-MlpTraining -Network (New-MlpNetwork 4) -Denoise:$false -Epoch 1").AssertNoErrors();

    [Theory]
    [InlineData("-Epoch 1, 2")]
    [InlineData("-Epoch 1 -MaxTime 1, 2")]
    [InlineData("-Epoch 1 -SnapshotEvery 1s, 2s")]
    public void Several_values_for_one_are_refused_by_what_they_are(string arguments) =>
        Assert.Contains("This takes one value, and 2 were given.", Assert.Single(Run($"New-PixelDataset a.png | Invoke-MlpTraining {arguments}").Errors).Exception.Message);

    [Fact]
    public void A_time_that_is_refused_gets_no_warning_too()
    {
        SessionResult result = Run("New-PixelDataset a.png | Invoke-MlpTraining -MaxTime -1");
        result.Error("InvalidOption", ErrorCategory.InvalidArgument);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void The_preset_trains_as_in_2012()
    {
        Picture("tiny.png", 3, 2);
        TrainingRun run = Run("New-PixelDataset tiny.png | Invoke-MlpTraining -Preset MonaLisa2012 -Epoch 1").Single<TrainingRun>();
        Assert.Equal(NetworkPresets.Design(NetworkPreset.MonaLisa2012).HiddenLayers, run.Network.HiddenLayers);
        Assert.Equal(CoordinateConvention.RowColumnCorner, run.Network.Design.Coordinates);
        TrainingOptions expected = TrainingOptions.MonaLisa2012 with
        {
            Epochs = 1,
            ThreadCount = run.Options.ThreadCount,
            Momentum = 0,
            WeightDecay = 0,
        };
        Assert.Equal(expected, run.Options);
        Assert.Equal(6, run.Steps);
    }

    [Fact]
    public void Explicit_parameters_override_the_preset()
    {
        Picture("tiny.png", 3, 2);
        TrainingRun run = Run(
            "New-PixelDataset tiny.png | Invoke-MlpTraining -Preset MonaLisa2012 -HiddenLayer 5 -Activation Tanh -BatchSize 2 -LearningRate 0.05 " +
            "-MeasureEachEpoch:$false -Epoch 1 -Seed 4").Single<TrainingRun>();
        Assert.Equal([5], run.Network.HiddenLayers);
        Assert.Equal(Activation.Tanh, run.Network.Activation);
        Assert.Equal(WeightInitialization.MonaLisa2012, run.Network.Design.Initialization);
        Assert.Equal((2, 0.05, false, 4), (run.Options.BatchSize, run.Options.LearningRate, run.Options.MeasureEachEpoch, run.Options.Seed));
        Assert.True(run.Options.ScaleRateByFanIn);
    }

    [Fact]
    public void A_preset_trains_a_given_network_its_way()
    {
        Picture("tiny.png", 3, 2);
        TrainingRun run = Run("New-PixelDataset tiny.png | Invoke-MlpTraining -Preset OneHiddenLayer2012 -Network (New-MlpNetwork 6) -Epoch 1")
            .Single<TrainingRun>();
        Assert.Equal([6], run.Network.HiddenLayers);
        Assert.Equal(Optimizer.Sgd, run.Options.Optimizer);
    }

    [Theory]
    [InlineData("0.05")]
    [InlineData("0:0:0.05")]
    [InlineData("([timespan]::FromSeconds(0.05))")]
    public void A_time_is_seconds_or_a_time_span(string time)
    {
        TrainingRun run = Run($"New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -MaxTime {time}").Single<TrainingRun>();
        Assert.Equal(StopReason.MaxTime, run.StopReason);
        Assert.Equal(TimeSpan.FromSeconds(0.05), run.Options.MaxTime);
    }

    [Fact]
    public void A_good_enough_picture_ends_the_run() => Assert.Equal(
        StopReason.TargetPsnr,
        Run("New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -TargetPsnr 0.5 -MaxTime 60").Single<TrainingRun>().StopReason);

    [Theory]
    [InlineData("-Epoch 0", "0")]
    [InlineData("-Epoch -3", "-3")]
    [InlineData("-MaxTime 0", "00:00:00")]
    [InlineData("-MaxTime -1", "-00:00:01")]
    [InlineData("-TargetPsnr 0", "0")]
    [InlineData("-BatchSize 0", "0")]
    [InlineData("-LearningRate 0", "0")]
    [InlineData("-LearningRate NaN", "NaN")]
    [InlineData("-Optimizer Sgd -Momentum 1", "1")]
    [InlineData("-Momentum 0.9", "Momentum is for Sgd, Nesterov, RMSProp, Muon")]
    [InlineData("-Optimizer Sgd -Beta1 0.9", "Beta1 is for Adam, AdamW, Muon")]
    [InlineData("-HuberDelta 0.2", "HuberDelta is for the Huber loss")]
    [InlineData("-Loss Huber -HuberDelta 0", "HuberDelta must be 0.000001 to 1000")]
    [InlineData("-Beta2 1", "Beta2 must be 0 to 0.999999, not 1")]
    [InlineData("-Epsilon 0", "Epsilon must be")]
    [InlineData("-WeightDecay -1", "WeightDecay must be 0 to 1, not -1")]
    [InlineData("-WarmUp 2", "WarmUp must be a share of the run")]
    [InlineData("-GradientClip 0", "GradientClip must be a number above 0, not 0")]
    [InlineData("-AverageDecay 1", "AverageDecay must be at least 0 and below 1, not 1")]
    [InlineData("-ThreadCount 0", "0")]
    [InlineData("-HiddenLayer 0", "0")]
    public void A_value_out_of_its_range_ends_the_command_with_an_error_that_names_it(string arguments, string value)
    {
        SessionResult result = Run($"New-PixelDataset a.png | Invoke-MlpTraining {arguments}");
        Assert.Contains(value, result.Error("InvalidOption", ErrorCategory.InvalidArgument).Exception.Message);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("'text'")]
    [InlineData("42")]
    public void Anything_but_a_dataset_is_refused(string input) =>
        Assert.NotEmpty(Run($"{input} | Invoke-MlpTraining {Small}").Errors);

    [Fact]
    public void A_diverging_run_is_an_error_with_its_picture_and_the_next_goes_on()
    {
        SessionResult result = Run(
            $"'a.png', 'a.png' | New-PixelDataset | Invoke-MlpTraining {Diverging}");
        Assert.Empty(result.Output);
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, error =>
        {
            Assert.StartsWith("TrainingDiverged,", error.FullyQualifiedErrorId);
            Assert.Equal(ErrorCategory.InvalidResult, error.CategoryInfo.Category);
            Assert.Equal("a", Assert.IsType<PixelDataset>(error.TargetObject).Name);
            Assert.Contains("learning rate", error.Exception.Message);
        });
    }

    [Fact]
    public void A_diverged_run_writes_no_picture()
    {
        Run($"New-PixelDataset a.png | Invoke-MlpTraining {Diverging} | " +
            "Export-GeneratedImage out.png");
        Assert.Equal(["a.png"], Files());
    }

    [Fact]
    public void A_provider_that_is_not_there_ends_the_command()
    {
        Assert.SkipWhen(ComputeProviders.Describe().Single(info => info.Provider == ComputeProvider.Mkl).IsAvailable, "MKL is installed here.");
        SessionResult result = Run($"New-PixelDataset a.png | Invoke-MlpTraining {Small} -Provider Mkl");
        result.Error("ProviderUnavailable", ErrorCategory.ResourceUnavailable);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_with_one_and_two_threads()
    {
        Picture("b.png", 40, 30);
        IReadOnlyList<TrainingRun> runs = Run(
            """
            $dataset = New-PixelDataset b.png
            foreach ($threads in 1, 2) { $dataset | Invoke-MlpTraining -HiddenLayer 16, 16 -BatchSize 300 -Epoch 3 -Seed 11 -ThreadCount $threads }
            """).All<TrainingRun>();
        Assert.Equal([1, 2], runs.Select(run => run.ThreadCount));
        for (int layer = 0; layer < runs[0].Network.Layers.Count; layer++)
        {
            Assert.Equal(runs[0].Network.Layers[layer].Weights, runs[1].Network.Layers[layer].Weights);
            Assert.Equal(runs[0].Network.Layers[layer].Biases, runs[1].Network.Layers[layer].Biases);
        }
    }

    [Fact]
    public void Verbose_tells_the_plan_each_epoch_and_the_outcome()
    {
        string text = string.Join('\n', Run("New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 2 -Verbose").Verbose);
        foreach (string expected in (string[])["2-8-3 Sine", "parameters", "Provider", "Epoch 1:", "Epoch 2:", "learning rate", "Cosine", "threads", "Stopped by Epoch"])
            Assert.Contains(expected, text);
    }

    [Fact]
    public void The_preference_asks_for_verbose_text_as_well()
    {
        Assert.NotEmpty(Run($"$dataset = New-PixelDataset a.png; $VerbosePreference = 'Continue'; Invoke-MlpTraining $dataset {Small}").Verbose);
        Assert.Empty(Run($"$VerbosePreference = 'SilentlyContinue'; New-PixelDataset a.png | Invoke-MlpTraining {Small}").Verbose);
    }

    [Fact]
    public void A_verbose_preference_of_stop_ends_the_command_and_its_training()
    {
        SessionResult result = Run("$dataset = New-PixelDataset a.png; $VerbosePreference = 'Stop'; Invoke-MlpTraining $dataset -HiddenLayer 8 -MaxTime 1:0:0");
        Assert.Single(result.Errors);
        Assert.Empty(result.Output);
    }
}
