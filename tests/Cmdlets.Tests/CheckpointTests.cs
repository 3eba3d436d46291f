using System.Management.Automation;
using MonaLisa.Engine;

using Host = System.Management.Automation.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>Runs that are kept, stopped and resumed by their commands.</summary>
public sealed class CheckpointTests : Workspace
{
    private const string Training = "New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Optimizer Muon -AverageDecay 0.9";

    public CheckpointTests() => Picture("a.png", 40, 30);

    [Fact]
    public void A_run_goes_on_to_more_epochs_and_keeps_its_checkpoint()
    {
        TrainingRun whole = Run($"{Training} -Epoch 6 -Schedule Constant").Single<TrainingRun>();
        Run($"{Training} -Epoch 2 -Schedule Constant -CheckpointPath run.checkpoint").AssertNoErrors();
        TrainingRun run = Run("New-PixelDataset a.png | Invoke-MlpTraining -Resume run.checkpoint -Epoch 6").Single<TrainingRun>();
        Assert.Equal(Bits(whole), Bits(run));
        Assert.Equal(6, run.Epochs);
        Assert.Equal(7, TrainingCheckpoint.Load(PathOf("run.checkpoint")).Epoch);
        Assert.Equal(["a.png", "run.checkpoint"], Files());
    }

    [Fact]
    public async Task Ctrl_C_keeps_what_was_learned_and_the_resumed_run_ends_in_the_same_bits()
    {
        // A run that cannot end before it is stopped, and whose steps do not depend on how many it was to have.
        using (Host shell = Session.Prepare($"{Training} -Schedule Constant -Epoch 100000000 -CheckpointPath run.checkpoint -CheckpointEvery 3600"))
        {
            var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            shell.Streams.Progress.DataAdded += (_, _) => shown.TrySetResult();
            Task<PSDataCollection<PSObject>> invocation = shell.InvokeAsync();
            await Task.WhenAny(shown.Task, invocation);
            Assert.False(invocation.IsCompleted, "It ended before it could be stopped.");
            shell.Stop();
            await Assert.ThrowsAsync<PipelineStoppedException>(() => invocation);
        }
        // Where the last checkpoint takes longer than Ctrl+C may, it comes a little later.
        while (Files().Length > 2)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        var stopped = TrainingCheckpoint.Load(PathOf("run.checkpoint"));
        TrainingRun whole = Run($"{Training} -Schedule Constant -Epoch {stopped.Epoch + 3}").Single<TrainingRun>();
        Assert.InRange(stopped.Steps, 1, whole.Steps - 1);
        Assert.Equal(Bits(whole), Bits(
            Run($"New-PixelDataset a.png | Invoke-MlpTraining -Resume run.checkpoint -Epoch {whole.Epochs}").Single<TrainingRun>()));
    }

    [Fact]
    public void The_same_line_begins_goes_on_and_gives_the_finished_run()
    {
        Picture("b.png", 20, 20);
        const string script = "'a.png', 'b.png' | New-PixelDataset | " +
            "Invoke-MlpTraining -HiddenLayer 8 -Epoch 3 -CheckpointPath runs/ -Continue -Verbose";
        IReadOnlyList<TrainingRun> first = Run(script).All<TrainingRun>();
        Assert.Equal(["a", "b"], Files("runs").Select(file => file.Split('-')[0]));
        SessionResult again = Run(script);
        Assert.Equal(first.Select(Bits), again.All<TrainingRun>().Select(Bits));
        Assert.Equal(first.Select(run => run.Elapsed), again.All<TrainingRun>().Select(run => run.Elapsed));
        Assert.Equal(2, again.Verbose.Count(line => line.StartsWith("Continues from", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_checkpoint_is_not_replaced_unasked()
    {
        Run($"{Training} -Epoch 2 -CheckpointPath run.checkpoint").AssertNoErrors();
        byte[] old = File.ReadAllBytes(PathOf("run.checkpoint"));
        SessionResult result = Run($"{Training} -Epoch 3 -CheckpointPath run.checkpoint");
        result.Error("FileExists", ErrorCategory.ResourceExists);
        Assert.Empty(result.Output);
        Assert.Equal(old, File.ReadAllBytes(PathOf("run.checkpoint")));
        Run($"{Training} -Epoch 3 -CheckpointPath run.checkpoint -Force").AssertNoErrors();
        Assert.Equal(4, TrainingCheckpoint.Load(PathOf("run.checkpoint")).Epoch);
    }

    [Fact]
    public void A_second_picture_does_not_write_over_the_first_one_s_checkpoint()
    {
        Picture("b.png");
        SessionResult result = Run(
            "'a.png', 'b.png' | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -CheckpointPath run.checkpoint");
        Assert.Contains("folder", result.Error("InvalidOption", ErrorCategory.InvalidArgument).Exception.Message);
        Assert.Single(result.Output);
        Assert.Equal("a", TrainingCheckpoint.Load(PathOf("run.checkpoint")).PictureName);
    }

    [Theory]
    [InlineData("-BatchSize 7", "BatchSize")]
    [InlineData("-Optimizer Adam", "Optimizer")]
    [InlineData("-Optimizer Sgd", "Optimizer")]
    [InlineData("-Loss Huber", "Loss")]
    [InlineData("-Seed 1", "Seed")]
    [InlineData("-AverageDecay 0.5", "AverageDecay")]
    public void A_parameter_that_contradicts_the_run_is_an_error(string parameter, string name)
    {
        Run($"{Training} -Epoch 1 -CheckpointPath run.checkpoint").AssertNoErrors();
        ErrorRecord error = Run($"New-PixelDataset a.png | Invoke-MlpTraining -Resume run.checkpoint {parameter}")
            .Error("InvalidOption", ErrorCategory.InvalidArgument);
        Assert.StartsWith(name, error.Exception.Message);
        // The same value is none.
        Run("New-PixelDataset a.png | Invoke-MlpTraining -Resume run.checkpoint -Optimizer Muon -AverageDecay 0.9").AssertNoErrors();
    }

    [Fact]
    public void Another_network_than_before_is_an_error()
    {
        Run($"{Training} -Epoch 1 -CheckpointPath run.checkpoint").AssertNoErrors();
        Run($"{Training.Replace("HiddenLayer 8", "HiddenLayer 9", StringComparison.Ordinal)} -Epoch 1 -CheckpointPath run.checkpoint -Continue")
            .Error("InvalidOption", ErrorCategory.InvalidArgument);
    }

    [Theory]
    [InlineData("-HiddenLayer 9", "HiddenLayer")]
    [InlineData("-Quality Draft", "Quality")]
    [InlineData("-Preset MonaLisa2012", "Preset")]
    [InlineData("-Network (New-MlpNetwork 4)", "Network")]
    [InlineData("-NoiseLevel 3", "NoiseLevel")]
    [InlineData("-Continue", "Continue")]
    public void A_resumed_run_keeps_its_network_and_choices(string arguments, string name)
    {
        Run($"{Training} -Epoch 1 -CheckpointPath run.checkpoint").AssertNoErrors();
        Assert.EndsWith($"Leave out {name} or Resume.", Run($"New-PixelDataset a.png | Invoke-MlpTraining {arguments} -Resume run.checkpoint")
            .Error("InvalidOption", ErrorCategory.InvalidArgument).Exception.Message);
    }

    [Fact]
    public void What_is_no_checkpoint_of_the_picture_is_an_error()
    {
        Picture("b.png");
        Run($"{Training} -Epoch 1 -CheckpointPath run.checkpoint").AssertNoErrors();
        Run("New-PixelDataset b.png | Invoke-MlpTraining -Resume run.checkpoint").Error("OtherPicture", ErrorCategory.InvalidArgument);
        Run("New-PixelDataset a.png | Invoke-MlpTraining -Resume nowhere.checkpoint").Error("NotFound", ErrorCategory.ObjectNotFound);
        Run("New-PixelDataset a.png | Invoke-MlpTraining -Resume a.png").Error("NotSafetensors", ErrorCategory.InvalidData);
        Run("New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -CheckpointPath nowhere/run.checkpoint")
            .Error("FolderMissing", ErrorCategory.ObjectNotFound);
    }

    [Theory]
    [InlineData("-CheckpointEvery 5")]
    [InlineData("-Continue")]
    [InlineData("-CheckpointPath x -CheckpointEvery -1")]
    public void Parameters_that_do_not_go_together_are_errors(string parameters)
    {
        Run($"{Training} -Epoch 1 {parameters}").Error("InvalidOption", ErrorCategory.InvalidArgument);
        Assert.Equal(["a.png"], Files());
    }

    [Fact]
    public void A_network_goes_on_from_a_run_a_file_and_another_picture()
    {
        Picture("b.png", 64, 48);
        TrainingRun first = Run("$run = New-PixelDataset a.png | Invoke-MlpTraining -Encoding Grid -Epoch 60; $run").Single<TrainingRun>();
        TrainingRun more = Run("New-PixelDataset a.png | Invoke-MlpTraining -Network $run -Epoch 60").Single<TrainingRun>();
        Assert.True(more.Psnr > first.Psnr, $"{first.Psnr} dB, and then {more.Psnr} dB.");
        TrainingRun fromFile = Run(
            """
            $run | Export-MlpModel a.safetensors
            New-PixelDataset a.png | Invoke-MlpTraining -Network (Import-MlpModel a.safetensors) -Epoch 60
            """).Single<TrainingRun>();
        Assert.Equal(Bits(more), Bits(fromFile));
        // The same gradient of colours at another size: what was learned is worth something from the first step.
        TrainingRun warm = Run("New-PixelDataset b.png | Invoke-MlpTraining -Network $run -Epoch 1").Single<TrainingRun>();
        TrainingRun cold = Run("New-PixelDataset b.png | Invoke-MlpTraining -Encoding Grid -Epoch 1").Single<TrainingRun>();
        Assert.Equal(64, warm.Dataset.Width);
        double warmLoss = warm.History[0].Loss, coldLoss = cold.History[0].Loss;
        Assert.True(warmLoss < coldLoss / 3, $"Loss {warmLoss}, and {coldLoss} from the beginning.");
    }

    private static uint[] Bits(TrainingRun run) =>
    [
        .. run.Network.Layers.SelectMany(layer => layer.Weights.Concat(layer.Biases))
            .Concat(run.Network.EncodingTensors.SelectMany(tensor => tensor.Values)).Select(BitConverter.SingleToUInt32Bits),
    ];
}
