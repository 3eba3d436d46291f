using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>What Invoke-MlpTraining chooses where the user leaves choices to it.</summary>
public sealed class TrainingQualityTests : Workspace
{
    // Reached by any network after its first epoch, so that a run that is given a time ends long before it.
    private const string Soon = "-TargetPsnr 0.5";

    private readonly TrainingPlan _standard = Plan(TrainingQuality.Standard);

    public TrainingQualityTests() => Picture("a.png", 60, 40);

    [Theory]
    [InlineData("", TrainingQuality.Standard)]
    [InlineData("-Quality Draft", TrainingQuality.Draft)]
    [InlineData("-Quality Standard", TrainingQuality.Standard)]
    [InlineData("-Quality High", TrainingQuality.High)]
    public void Quality_decides_network_and_training(string arguments, TrainingQuality quality)
    {
        TrainingRun run = Train($"{arguments} {Soon}");
        TrainingPlan plan = Plan(quality);
        Assert.Equal(plan.Design, run.Network.Design);
        Assert.Equal(Filled(plan.Options with { TargetPsnr = 0.5 }, run), run.Options);
    }

    [Fact]
    public void The_encoding_of_the_plan_may_be_named() => Assert.Equal(
        (Train("-Epoch 1").Network.Design, Train("-Epoch 1").Options),
        (Train("-Epoch 1 -Encoding Grid").Network.Design, Train("-Epoch 1 -Encoding Grid").Options));

    [Fact]
    public void An_epoch_takes_the_time_limit_away_and_a_time_replaces_it()
    {
        Assert.Equal((1, null), Limits(Train("-Epoch 1")));
        Assert.Equal((1, null), Limits(Train("-Epoch 1 -Quality High")));
        Assert.Equal((null, TimeSpan.FromSeconds(70)), Limits(Train($"-MaxTime 70 {Soon}")));
        Assert.Equal((1, TimeSpan.FromSeconds(70)), Limits(Train("-MaxTime 70 -Epoch 1")));
        Assert.Equal((null, _standard.Options.MaxTime), Limits(Train(Soon)));
    }

    [Fact]
    public void Explicit_parameters_change_single_choices_of_the_plan()
    {
        TrainingRun run = Train("-Epoch 1 -BatchSize 700 -LearningRate 0.002 -Seed 8 -Schedule Constant -AverageDecay 0.5");
        Assert.Equal(Plan(TrainingQuality.Standard, seed: 8).Design, run.Network.Design);
        Assert.Equal(
            Filled(_standard.Options with
            {
                Epochs = 1,
                MaxTime = null,
                TargetPsnr = null,
                BatchSize = 700,
                LearningRate = 0.002,
                Seed = 8,
                Schedule = LearningRateSchedule.Constant,
                AverageDecay = 0.5,
            }, run), run.Options);
    }

    [Theory]
    [InlineData(Optimizer.Sgd)]
    [InlineData(Optimizer.RMSProp)]
    [InlineData(Optimizer.Muon)]
    public void Another_optimizer_takes_its_own_values(Optimizer optimizer)
    {
        TrainingOptions used = Train($"-Epoch 1 -Optimizer {optimizer}").Options;
        TrainingOptions alone = TrainBlank(
            _standard.Design, new TrainingOptions { Epochs = 1, Optimizer = optimizer, BatchSize = used.BatchSize });
        Assert.Equal(
            (optimizer, alone.LearningRate, alone.Momentum, alone.Beta1, alone.Beta2, alone.Epsilon, alone.WeightDecay),
            (used.Optimizer, used.LearningRate, used.Momentum, used.Beta1, used.Beta2, used.Epsilon, used.WeightDecay));
    }

    [Theory]
    [InlineData("-HiddenLayer 8")]
    [InlineData("-HiddenLayer 8 -Activation Tanh")]
    [InlineData("-HiddenLayer 8 -Encoding None")]
    [InlineData("-HiddenLayer 8 -Encoding Fourier")]
    [InlineData("-HiddenLayer 8 -Encoding Frequency")]
    [InlineData("-Network (New-MlpNetwork 8)")]
    public void A_network_of_ones_own_is_trained_the_plain_way(string arguments)
    {
        TrainingRun run = Train($"{arguments} {Soon}");
        Assert.Equal([8], run.Network.HiddenLayers);
        Assert.Equal(
            Filled(new TrainingOptions
            {
                MaxTime = TrainingOptions.DefaultMaxTime, Sampling = PixelSampling.ErrorWeighted, TargetPsnr = 0.5,
            }, run), run.Options);
    }

    [Theory]
    [InlineData("-HiddenLayer 8 -Encoding Grid")]
    [InlineData("-Encoding Grid -Activation GELU")]
    [InlineData("-Network (New-MlpNetwork 8 -Encoding Grid)")]
    [InlineData("-Network (New-PixelDataset a.png | New-MlpNetwork)")]
    public void A_network_like_the_planned_one_is_trained_like_it(string arguments)
    {
        TrainingRun run = Train($"{arguments} {Soon}");
        Assert.Equal(Filled(_standard.Options with { TargetPsnr = 0.5 }, run), run.Options);
    }

    [Fact]
    public void Layers_and_activation_change_the_planned_network_where_its_encoding_is_named()
    {
        Assert.Equal(_standard.Design with { HiddenLayers = [8] }, Train("-Encoding Grid -HiddenLayer 8 -Epoch 1").Network.Design);
        Assert.Equal(
            _standard.Design with { Activation = Activation.GELU }, Train("-Encoding Grid -Activation GELU -Epoch 1").Network.Design);
    }

    [Theory]
    [InlineData(EncodingKind.None)]
    [InlineData(EncodingKind.Fourier)]
    [InlineData(EncodingKind.Frequency)]
    public void An_encoding_alone_gets_the_network_that_suits_it(EncodingKind kind) => Assert.Equal(
        Run($"New-PixelDataset a.png | New-MlpNetwork -Encoding {kind}").Single<Mlp>().Design,
        Train($"-Encoding {kind} -Epoch 1 -BatchSize 2400").Network.Design);

    [Theory]
    [InlineData("-HiddenLayer 8")]
    [InlineData("-Network (New-MlpNetwork 8)")]
    [InlineData("-Preset MonaLisa2012 -HiddenLayer 8")]
    public void Quality_gives_a_network_of_ones_own_its_time(string arguments)
    {
        TrainingRun run = Train($"{arguments} -Quality High {Soon}");
        Assert.Equal([8], run.Network.HiddenLayers);
        Assert.Equal(Plan(TrainingQuality.High).Options.MaxTime, run.Options.MaxTime);
        Assert.Equal(
            arguments.StartsWith("-Preset", StringComparison.Ordinal) ? 1 : TrainingOptions.DefaultBatchSize, run.Options.BatchSize);
    }

    [Theory]
    [InlineData("-HiddenLayer 8 -Epoch 1", "Epoch")]
    [InlineData("-Network (New-MlpNetwork 8) -MaxTime 1", "MaxTime")]
    [InlineData("-Preset MonaLisa2012 -Epoch 1", "Epoch")]
    [InlineData("-Encoding Fourier -Epoch 1", "Epoch")]
    public void A_quality_that_decides_nothing_is_a_contradiction(string arguments, string limit)
    {
        SessionResult result = Run($"New-PixelDataset a.png | Invoke-MlpTraining {arguments} -Quality Standard");
        ErrorRecord error = result.Error("InvalidOption", ErrorCategory.InvalidArgument);
        Assert.Contains("Quality decides only the training time", error.Exception.Message);
        Assert.Contains($"so does {limit}.", error.Exception.Message);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("-Quality Best")]
    [InlineData("-Quality 7")]
    [InlineData("-Encoding Cubes -Epoch 1")]
    [InlineData("-Encoding 9 -Epoch 1")]
    [InlineData("-Network (New-MlpNetwork 8) -Encoding Grid -Epoch 1")]
    public void What_is_no_such_value_or_set_is_refused(string arguments)
    {
        SessionResult result = Run($"New-PixelDataset a.png | Invoke-MlpTraining {arguments}");
        Assert.Single(result.Errors);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Each_picture_is_planned_by_its_own_size_and_channels()
    {
        Run("New-MlpNetwork 4 -OutputCount 1 | Export-GeneratedImage grey.png -Width 30 -Height 50").AssertNoErrors();
        IReadOnlyList<TrainingRun> runs = Run(
            "'a.png', 'grey.png', 'a.png' | New-PixelDataset | Invoke-MlpTraining -Epoch 1").All<TrainingRun>();
        MlpDesign grey = TrainingDefaults.For(new PixelDataset("grey", 30, 50, new byte[1500], channels: 1)).Design;
        Assert.Equal([_standard.Design, grey, _standard.Design], runs.Select(run => run.Network.Design));
    }

    [Fact]
    public void The_preset_may_be_given_an_encoding()
    {
        Picture("tiny.png", 4, 3);
        TrainingRun run = Run(
            "New-PixelDataset tiny.png | Invoke-MlpTraining -Preset MonaLisa2012 -HiddenLayer 6 -Encoding Frequency -Epoch 1")
            .Single<TrainingRun>();
        Assert.Equal(TrainingDefaults.Encoding(EncodingKind.Frequency, 4, 3), run.Network.Design.Encoding);
        Assert.Equal((WeightInitialization.MonaLisa2012, 1), (run.Network.Design.Initialization, run.Options.BatchSize));
    }

    [Fact]
    public void The_plan_is_trained_the_same_with_one_and_two_threads()
    {
        IReadOnlyList<TrainingRun> runs = Run(
            "$p = New-PixelDataset a.png; foreach ($n in 1, 2) { $p | Invoke-MlpTraining -Epoch 2 -ThreadCount $n }").All<TrainingRun>();
        Assert.Equal(
            runs[0].Network.EncodingTensors.SelectMany(tensor => tensor.Values),
            runs[1].Network.EncodingTensors.SelectMany(tensor => tensor.Values));
        Assert.Equal(runs[0].Network.Layers[0].Weights, runs[1].Network.Layers[0].Weights);
    }

    [Fact]
    public void Verbose_tells_the_encoding_and_the_number_of_weights()
    {
        SessionResult result = Run("New-PixelDataset a.png | Invoke-MlpTraining -Epoch 1 -Verbose");
        Mlp network = result.Single<TrainingRun>().Network;
        Assert.Contains($"Encoding: {network.Design.Encoding}. Weights: {network.WeightCount}.", result.Verbose);
        Assert.Contains(
            "Encoding: coordinates. Weights: 40.",
            Run("New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -Verbose").Verbose);
    }

    private TrainingRun Train(string arguments) => Run($"New-PixelDataset a.png | Invoke-MlpTraining {arguments}").Single<TrainingRun>();

    private static (int?, TimeSpan?) Limits(TrainingRun run) => (run.Options.Epochs, run.Options.MaxTime);

    private static PixelDataset Blank() => new("blank", 60, 40, new byte[60 * 40 * 3]);

    private static TrainingPlan Plan(TrainingQuality quality, int seed = MlpDesign.DefaultSeed) =>
        TrainingDefaults.For(Blank(), quality, seed);

    /// <summary>Options with the trainer's own choices filled in, by one epoch of the same network.</summary>
    private static TrainingOptions Filled(TrainingOptions options, TrainingRun run) =>
        TrainBlank(run.Network.Design, options with { Epochs = 1 }) with { Epochs = options.Epochs, MaxTime = options.MaxTime };

    private static TrainingOptions TrainBlank(MlpDesign design, TrainingOptions options) =>
        Trainer.Train(Blank(), new Mlp(design), options, cancellationToken: TestContext.Current.CancellationToken).Options;
}
