using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>Times, sizes and layers as people write them, as one types them at a prompt.</summary>
public sealed class InputFormTests : Workspace
{
    [Theory]
    [InlineData("1.5s", 1.5)]
    [InlineData("0.25s", 0.25)]
    [InlineData("1s", 1)]
    [InlineData("800ms", 0.8)]
    [InlineData("1m30s", 90)]
    [InlineData("1.5h", 5400)]
    [InlineData("0:0:5", 5)]
    [InlineData("5", 5)]
    public void A_time_is_typed_with_its_unit(string time, double seconds)
    {
        Picture("a.png");
        Assert.Equal(
            TimeSpan.FromSeconds(seconds),
            Run($"New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -MaxTime {time}").Single<TrainingRun>().Options.MaxTime);
    }

    [Fact]
    public void A_checkpoint_every_so_often()
    {
        Picture("a.png");
        Run("New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -CheckpointPath a.checkpoint -CheckpointEvery 10s").Single<TrainingRun>();
        Assert.Contains("a.checkpoint", Files());
    }

    [Theory]
    [InlineData("3x16", "2-16-16-16-3")]
    [InlineData("2x16,8", "2-16-16-8-3")]
    [InlineData("'2 x 16'", "2-16-16-3")]
    [InlineData("16, 8", "2-16-8-3")]
    public void Layers_are_typed_by_their_number(string layers, string shape)
    {
        Picture("a.png");
        Assert.Equal(shape, Run($"New-MlpNetwork {layers}").Single<Mlp>().Shape);
        Assert.Equal(shape, Run($"New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer {layers} -Epoch 1").Single<TrainingRun>().Network.Shape);
    }

    [Fact]
    public void Sizes_are_typed_in_k()
    {
        Picture("a.png", 200, 100);
        Assert.Equal(102, Run("New-PixelDataset a.png -MaxSize 0.1k").Single<PixelDataset>().Width);
        Run("New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1 | Export-GeneratedImage b.png -Width 1k -Height 0.5k").AssertNoErrors();
        PixelDataset painted = Run("New-PixelDataset b.png").Single<PixelDataset>();
        Assert.Equal((1024, 512), (painted.Width, painted.Height));
    }

    [Theory]
    [InlineData("Invoke-MlpTraining $null -MaxTime soon", "'soon'")]
    [InlineData("Invoke-MlpTraining $null -CheckpointEvery 5x", "'5x'")]
    [InlineData("New-MlpNetwork 3xwide", "'3xwide'")]
    [InlineData("New-PixelDataset a.png -MaxSize 2q", "'2q'")]
    [InlineData("New-MlpNetwork 8 -Activation Identity", "'Identity'")]
    [InlineData("Invoke-MlpTraining $null -Quality Best", "'Best' cannot be chosen. Use one of Draft, Standard, High.")]
    public void What_is_wrong_is_named(string script, string expected)
    {
        var error = Assert.Single(Run(script).Errors);
        Assert.StartsWith("CannotConvertArgumentNoMessage", error.FullyQualifiedErrorId);
        Assert.Contains(expected, error.Exception.Message);
    }

    [Fact]
    public void The_face_of_the_module_is_positional()
    {
        Picture("a.png");
        Run("New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1 | Export-GeneratedImage b.png").AssertNoErrors();
        Run("$picture = New-PixelDataset a.png; $run = Invoke-MlpTraining $picture -HiddenLayer 4 -Epoch 1; Export-GeneratedImage c.png $run; Export-MlpModel c.onnx $run")
            .AssertNoErrors();
        Assert.Equal(["a.png", "b.png", "c.onnx", "c.png"], Files());
    }

    [Fact]
    public void And_is_splatted()
    {
        Picture("a.png", 32, 32);
        TrainingRun run = Run("""
            $reading = @{ Path = 'a.png'; MaxSize = 16 }
            $training = @{ HiddenLayer = '2x8'; Activation = 'tanh'; Epoch = 2; MaxTime = '1m'; Optimizer = 'AdamW'; Provider = 'Managed' }
            $painting = @{ Path = { $_.Dataset.Name + '-of-2.png' }; Width = '0.05k'; Force = $true }
            $run = New-PixelDataset @reading | Invoke-MlpTraining @training
            $run | Export-GeneratedImage @painting
            $run
            """).Single<TrainingRun>();
        Assert.Equal((16, "2-8-8-3", Activation.Tanh), (run.Dataset.Width, run.Network.Shape, run.Network.Activation));
        Assert.Equal((TimeSpan.FromMinutes(1), Optimizer.AdamW, ComputeProvider.Managed), (run.Options.MaxTime, run.Options.Optimizer, run.Options.Provider));
        Assert.Equal(["a-of-2.png", "a.png"], Files());
        Assert.Equal(51, Run("New-PixelDataset a-of-2.png").Single<PixelDataset>().Width);
    }
}
