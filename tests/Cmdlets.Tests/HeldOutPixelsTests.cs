using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Tests;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>Held-out pixels, masks, alpha and grey, from the file to the figures.</summary>
public sealed class HeldOutPixelsTests : Workspace
{
    [Fact]
    public void A_share_is_held_out_by_each_pattern()
    {
        Picture("a.png", 20, 10);
        Assert.Equal((150, 50), Counts("New-PixelDataset a.png -HoldOut 0.25"));
        Assert.Equal((50, 150), Counts("New-PixelDataset a.png -HoldOut 0.75 -HoldOutPattern Grid"));
        Assert.InRange(Counts("New-PixelDataset a.png -HoldOut 0.2 -HoldOutPattern Block -HoldOutSeed 7").HeldOut, 36, 44);
        Assert.Equal((200, 0), Counts("New-PixelDataset a.png"));
    }

    [Fact]
    public void The_seed_chooses_the_pixels()
    {
        Picture("a.png", 20, 10);
        double Held(int seed) => Run(
            $"New-PixelDataset a.png -HoldOut 0.5 -HoldOutSeed {seed} | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1")
            .Single<TrainingRun>().HeldOutPsnr!.Value;
        Assert.Equal(Held(1), Held(1));
        Assert.NotEqual(Held(1), Held(2));
    }

    [Theory]
    [InlineData("New-PixelDataset a.png -HoldOut 0")]
    [InlineData("New-PixelDataset a.png -HoldOut 1")]
    [InlineData("New-PixelDataset a.png -HoldOut ([double]::NaN)")]
    [InlineData("New-PixelDataset a.png -HoldOutPattern Grid")]
    [InlineData("New-PixelDataset a.png -HoldOutSeed 1")]
    [InlineData("New-PixelDataset a.png -HoldOut 0.5 -HoldOutPattern Grid -HoldOutSeed 1")]
    public void Shares_out_of_range_and_patterns_without_a_share_are_refused(string script)
    {
        Picture("a.png");
        Run(script).Error(ErrorIds.InvalidOption, ErrorCategory.InvalidArgument);
    }

    [Fact]
    public void Too_large_a_share_is_an_error_of_its_picture_and_the_next_goes_on()
    {
        Picture("small.png", 1, 1);
        Picture("large.png", 20, 10);
        SessionResult result = Run("'small.png', 'large.png' | New-PixelDataset -HoldOut 0.9");
        Assert.Equal("large", Assert.IsType<PixelDataset>(Assert.Single(result.Output)).Name);
        Assert.Contains("no pixel to learn from: its only one is transparent,", result.Error("NothingToLearn", ErrorCategory.InvalidData).Exception.Message);
    }

    [Fact]
    public void Too_small_a_share_is_an_error_of_its_picture_and_the_next_goes_on()
    {
        Picture("small.png", 4, 4);
        Picture("large.png", 100, 60);
        SessionResult result = Run("'small.png', 'large.png' | New-PixelDataset -HoldOut 0.01");
        Assert.Contains("Hold out a larger share.", result.Error("NothingHeldOut", ErrorCategory.InvalidData).Exception.Message);
        Assert.Equal("large", Assert.IsType<PixelDataset>(Assert.Single(result.Output)).Name);
        // A lattice that is so dense leaves nothing out.
        Run("New-PixelDataset large.png -HoldOut 0.00001 -HoldOutPattern Grid").Error("NothingHeldOut", ErrorCategory.InvalidData);
    }

    [Fact]
    public void A_mask_of_another_size_is_an_error_of_its_picture_and_the_next_goes_on()
    {
        Picture("small.png", 4, 4);
        Picture("large.png", 20, 10);
        Grey("mask [1].png", 20, 10, (x, _) => x < 5 ? 0 : 255);
        SessionResult result = Run("'small.png', 'large.png' | New-PixelDataset -Mask 'mask [1].png'");
        Assert.Equal(50, Assert.IsType<PixelDataset>(Assert.Single(result.Output)).HeldOutPixelCount);
        Assert.Contains("mask [1].png", result.Error("MaskSizeMismatch", ErrorCategory.InvalidArgument).Exception.Message);
    }

    [Fact]
    public void A_mask_that_hides_nothing_of_a_picture_is_its_error_and_the_next_goes_on()
    {
        Picture("opaque.png", 20, 10);
        File.WriteAllBytes(PathOf("clear.png"), PngFile.Encode(20, 10, PngFile.RgbAlpha, (x, y) => [(byte)x, (byte)y, 80, (byte)(x < 4 ? 0 : 255)]));
        Grey("mask.png", 20, 10, (x, _) => x < 1 ? 0 : 255);
        SessionResult result = Run("'clear.png', 'opaque.png' | New-PixelDataset -Mask mask.png -Verbose");
        Assert.Equal("opaque", Assert.IsType<PixelDataset>(Assert.Single(result.Output)).Name);
        ErrorRecord error = result.Error("NothingHeldOut", ErrorCategory.InvalidData);
        Assert.Equal(PathOf("clear.png"), error.TargetObject);
        Assert.EndsWith("or leave out the mask.", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(result.Verbose, line => line.EndsWith($"The mask '{PathOf("mask.png")}' holds out 10 pixels.", StringComparison.Ordinal));
    }

    [Fact]
    public void Bad_masks_have_errors_of_their_own()
    {
        Picture("a.png");
        File.WriteAllText(PathOf("text.png"), "This is no picture.");
        Grey("black.png", 16, 16, (_, _) => 0);
        Run("New-PixelDataset a.png -Mask missing.png").Error(ErrorIds.NotFound, ErrorCategory.ObjectNotFound);
        Run("New-PixelDataset a.png -Mask text.png").Error("NotAPicture", ErrorCategory.InvalidData);
        Run("New-PixelDataset a.png -Mask black.png").Error("NothingToLearn", ErrorCategory.InvalidData);
        Run("New-PixelDataset a.png -Mask Env:\\PATH").Error(ErrorIds.NotFileSystem, ErrorCategory.InvalidArgument);
    }

    [Fact]
    public void Figures_are_given_for_each_set_and_told()
    {
        Picture("a.png", 24, 20);
        SessionResult result = Run(
            """
            $run = New-PixelDataset a.png -HoldOut 0.4 | Invoke-MlpTraining -HiddenLayer 16 -Epoch 3 -MeasureEachEpoch -Verbose
            $run
            $run | Measure-GeneratedImage
            """);
        result.AssertNoErrors();
        TrainingRun run = Assert.IsType<TrainingRun>(result.Output[0]);
        GeneratedImageQuality[] qualities = [.. result.Output.Skip(1).Cast<GeneratedImageQuality>()];
        Assert.Equal(
            [(PixelSet.Training, 288), (PixelSet.HeldOut, 192)], qualities.Select(quality => (quality.Pixels, quality.PixelCount)));
        Assert.Equal(run.Psnr, qualities[0].Psnr, 0.01);
        Assert.Equal(run.HeldOutPsnr!.Value, qualities[1].Psnr, 0.01);
        Assert.Equal(run.HeldOutMae!.Value, qualities[1].Mae, 1e-4);
        Assert.Contains(result.Verbose, line => line.StartsWith("Held-out pixels: ", StringComparison.Ordinal));
        Assert.Equal(3, result.Verbose.Count(line => line.StartsWith("Epoch ", StringComparison.Ordinal) && line.Contains("held out")));
    }

    [Fact]
    public void An_ordinary_picture_is_measured_as_a_whole()
    {
        Picture("a.png");
        SessionResult result = Run("New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -Verbose | Measure-GeneratedImage");
        GeneratedImageQuality quality = result.Single<GeneratedImageQuality>();
        Assert.Equal((PixelSet.All, 256), (quality.Pixels, quality.PixelCount));
        Assert.DoesNotContain(result.Verbose, line => line.Contains("held out", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_grey_picture_is_learned_and_painted_grey()
    {
        Grey("grey.png", 16, 12, (x, y) => x * 10 + y);
        Picture("color.png");
        SessionResult result = Run(
            """
            $runs = 'color.png', 'grey.png' | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 8 -Epoch 2
            $runs | Export-GeneratedImage -Destination out
            $runs.Network.Shape
            ('out/color-painted.png', 'out/grey-painted.png' | New-PixelDataset).Channels
            [Math]::Round(($runs[1] | Measure-GeneratedImage).Psnr, 2) -eq [Math]::Round($runs[1].Psnr, 2)
            """);
        result.AssertNoErrors();
        Assert.Equal(["2-8-3", "2-8-1", 3, 1, true], result.Output);
    }

    [Fact]
    public void Alpha_is_a_mask_or_a_channel()
    {
        File.WriteAllBytes(PathOf("clear.png"), PngFile.Encode(16, 12, PngFile.RgbAlpha,
            (x, y) => [(byte)(x * 10), (byte)(y * 10), 80, (byte)(x < 4 ? 0 : 255)]));
        SessionResult result = Run(
            """
            $masked = New-PixelDataset clear.png
            $masked.Channels, $masked.TrainingPixelCount, $masked.IgnoredPixelCount
            $run = New-PixelDataset clear.png -Alpha | Invoke-MlpTraining -HiddenLayer 8 -Epoch 2
            $run.Network.Shape
            $run | Export-GeneratedImage painted.png
            (New-PixelDataset painted.png -Alpha).Channels
            $run | Export-GeneratedImage painted.jpg
            (New-PixelDataset painted.jpg -Alpha).Channels
            [Math]::Abs((Measure-GeneratedImage painted.png -Reference clear.png).Psnr - $run.Psnr) -lt 0.2
            """);
        result.AssertNoErrors();
        Assert.Equal([3, 144, 48, "2-8-4", 4, 3, true], result.Output);
    }

    [Fact]
    public void A_network_of_other_outputs_is_an_error_of_its_picture_and_the_next_goes_on()
    {
        Grey("grey.png", 8, 8, (x, _) => x);
        Picture("color.png");
        SessionResult result = Run(
            "'color.png', 'grey.png' | New-PixelDataset | Invoke-MlpTraining -Network (New-MlpNetwork 8 -OutputCount 1) -Epoch 1");
        Assert.Equal("grey", Assert.IsType<TrainingRun>(Assert.Single(result.Output)).Dataset.Name);
        ErrorRecord error = result.Error(ErrorIds.OutputMismatch, ErrorCategory.InvalidArgument);
        Assert.Equal("color", Assert.IsType<PixelDataset>(error.TargetObject).Name);
        Assert.Contains("Pipe the picture to New-MlpNetwork -Encoding None,", error.Exception.Message);
    }

    [Theory]
    [InlineData("None")]
    [InlineData("Frequency")]
    [InlineData("Fourier")]
    [InlineData("Grid")]
    [InlineData("Neighborhood")]
    [InlineData("Latent")]
    public void The_remedy_for_a_network_of_other_outputs_works(string encoding)
    {
        Grey("grey.png", 48, 40, (x, y) => (3 * x + 5 * y) % 200);
        Picture("color.png", 48, 40);
        SessionResult result = Run($$"""
            $network = New-PixelDataset color.png | New-MlpNetwork -Encoding {{encoding}}
            $grey = New-PixelDataset grey.png
            $grey | Invoke-MlpTraining -Network $network -Epoch 1
            $grey | Invoke-MlpTraining -Network ($grey | New-MlpNetwork -Encoding {{encoding}}) -Epoch 1
            """);
        Assert.Contains($"New-MlpNetwork -Encoding {encoding},", result.Error(ErrorIds.OutputMismatch, ErrorCategory.InvalidArgument).Exception.Message);
        Assert.Equal(1, Assert.IsType<TrainingRun>(Assert.Single(result.Output)).Network.OutputCount);
    }

    [Theory]
    [InlineData("New-MlpNetwork 8 -OutputCount 4", "2-8-4")]
    [InlineData("New-MlpNetwork -Preset MonaLisa2012 -OutputCount 1", "2-300-300-300-300-300-300-1")]
    [InlineData("New-MlpNetwork -Depth 1 -ParameterBudget 33 -OutputCount 1", "2-8-1")]
    public void A_network_has_the_outputs_asked_for(string script, string shape) => Assert.Equal(shape, Run(script).Single<Mlp>().Shape);

    [Fact]
    public void Other_numbers_of_outputs_are_refused() =>
        Assert.StartsWith("ParameterArgumentValidationError", Run("New-MlpNetwork 8 -OutputCount 2").Errors.Single().FullyQualifiedErrorId);

    [Fact]
    public void A_model_keeps_its_outputs_and_its_held_out_figure()
    {
        Grey("grey.png", 12, 12, (x, y) => x * 9 + y * 9);
        SessionResult result = Run(
            """
            $run = New-PixelDataset grey.png -HoldOut 0.5 | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1
            $run | Export-MlpModel a.safetensors
            $network = Import-MlpModel a.safetensors
            $network.Shape
            $network.Training.HeldOutPsnr -eq $run.HeldOutPsnr
            """);
        result.AssertNoErrors();
        Assert.Equal(["2-8-1", true], result.Output);
    }

    private (int Training, int HeldOut) Counts(string script)
    {
        PixelDataset dataset = Run(script).Single<PixelDataset>();
        return (dataset.TrainingPixelCount, dataset.HeldOutPixelCount);
    }

    private void Grey(string name, int width, int height, Func<int, int, int> grey) =>
        File.WriteAllBytes(PathOf(name), PngFile.Encode(width, height, PngFile.Grey, (x, y) => [(byte)grey(x, y)]));
}
