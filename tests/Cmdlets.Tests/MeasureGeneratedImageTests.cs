using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Tests;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class MeasureGeneratedImageTests : Workspace, IClassFixture<MeasuredRun>
{
    private readonly TrainingRun _run;

    public MeasureGeneratedImageTests(MeasuredRun shared)
    {
        Picture("a.png", 24, 20);
        _run = shared.Value;
    }

    [Fact]
    public void A_run_is_measured_against_what_it_learned()
    {
        GeneratedImageQuality quality = Measure("$run | Measure-GeneratedImage");
        Assert.Equal(("a", "a", 24, 20), (quality.Name, quality.Reference, quality.Width, quality.Height));
        Assert.Equal(_run.Psnr, quality.Psnr, 0.01);
        Assert.Equal(_run.Mae, quality.Mae, 0.001);
        Assert.Equal((_run.Network.ParameterCount, _run.Network.WeightCount), (quality.ParameterCount, quality.WeightCount));
    }

    [Theory]
    [InlineData("$run.Network | Measure-GeneratedImage -Reference $run.Dataset")]
    [InlineData("Measure-GeneratedImage $run.Network $run.Dataset")]
    [InlineData("Measure-GeneratedImage $run.Network a.png")]
    [InlineData("Measure-GeneratedImage $run -Reference ([IO.FileInfo]::new($run.Dataset.Path))")]
    public void A_reference_is_a_dataset_or_a_file(string script) => Assert.Equal(_run.Psnr, Measure(script).Psnr, 0.01);

    [Fact]
    public void A_reference_is_read_as_the_network_learned_it()
    {
        File.WriteAllBytes(PathOf("clear.png"), PngFile.Encode(16, 12, PngFile.RgbAlpha,
            (x, y) => [(byte)(8 * x), (byte)(9 * y), 200, (byte)(x < 8 ? 0 : 255)]));
        IReadOnlyList<GeneratedImageQuality> qualities = Run("""
            $run = New-PixelDataset clear.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 2
            $run | Measure-GeneratedImage
            $run | Measure-GeneratedImage -Reference clear.png
            """).All<GeneratedImageQuality>();
        Assert.Equal(qualities[0].Psnr, qualities[1].Psnr);
    }

    [Fact]
    public void A_network_is_painted_at_the_size_of_the_reference()
    {
        Picture("large.png", 48, 40);
        GeneratedImageQuality quality = Measure("$run | Measure-GeneratedImage -Reference large.png");
        Assert.Equal(("large", 48, 40), (quality.Reference, quality.Width, quality.Height));
    }

    [Theory]
    [InlineData("Measure-GeneratedImage a.png -Reference a.png")]
    [InlineData("[IO.FileInfo]::new($run.Dataset.Path) | Measure-GeneratedImage -Reference a.png")]
    [InlineData("$run.Dataset | Measure-GeneratedImage -Reference a.png")]
    public void A_picture_agrees_with_itself(string script)
    {
        GeneratedImageQuality quality = Measure(script);
        Assert.Equal((double.PositiveInfinity, 0.0), (quality.Psnr, quality.Mae));
        Assert.Equal(1, quality.Ssim, 1e-6);
        Assert.Null(quality.ParameterCount);
    }

    [Fact]
    public void A_painted_file_has_the_quality_of_its_run_but_for_rounding() => Assert.Equal(
        _run.Psnr, Measure("$run | Export-GeneratedImage painted.png -PassThru | Measure-GeneratedImage -Reference a.png").Psnr, 0.1);

    [Fact]
    public void Wildcards_measure_each_file_unless_a_file_has_exactly_that_name()
    {
        Picture("p1.png", 24, 20);
        Picture("p2.png", 24, 20);
        Picture("p[12].png", 24, 20);
        Assert.Equal(["p1", "p2"], Run("Measure-GeneratedImage p?.png a.png").All<GeneratedImageQuality>().Select(quality => quality.Name));
        Assert.Equal("p[12]", Measure("Measure-GeneratedImage 'p[12].png' a.png").Name);
    }

    [Fact]
    public void Pictures_of_different_sizes_are_an_error_and_the_next_goes_on()
    {
        Picture("other.png", 4, 5);
        SessionResult result = Run("'other.png', 'a.png' | Measure-GeneratedImage -Reference a.png");
        ErrorRecord error = result.Error("SizeMismatch", ErrorCategory.InvalidArgument);
        Assert.Contains("4 x 5", error.Exception.Message);
        Assert.Contains("Give a picture of the reference's size.", error.Exception.Message);
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("Measure-GeneratedImage b.png -Reference a.png", "Measure-GeneratedImage (New-PixelDataset b.png -MaxSize 24) -Reference a.png")]
    [InlineData("Measure-GeneratedImage a.png -Reference b.png", "Measure-GeneratedImage a.png -Reference (New-PixelDataset b.png -MaxSize 24)")]
    public void Pictures_of_one_shape_can_be_read_at_one_size(string script, string remedy)
    {
        Picture("b.png", 48, 40);
        ErrorRecord error = Run(script).Error("SizeMismatch", ErrorCategory.InvalidArgument);
        Assert.Contains("Read 'b' with New-PixelDataset -MaxSize 24.", error.Exception.Message);
        Assert.Equal((24, 20), (Measure(remedy).Width, Measure(remedy).Height));
    }

    [Fact]
    public void A_picture_that_is_not_enlarged_is_a_warning()
    {
        Picture("b.png", 48, 40);
        Picture("c.png", 96, 80);
        SessionResult result = Run("""
            $run = New-PixelDataset b.png | Invoke-MlpTraining -Encoding Neighborhood -Epoch 1
            $run | Measure-GeneratedImage -WarningVariable same
            $run | Measure-GeneratedImage -Reference c.png -WarningVariable larger
            $run | Export-ErrorMap errors.png -WarningVariable map
            $same.Count, $larger.Count, $map.Count
            """);
        result.AssertNoErrors();
        Assert.Equal([1, 0, 1], result.Output.OfType<int>());
        Assert.Contains(result.Warnings, warning => warning.Contains("at this size it paints the picture as it is.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("(New-MlpNetwork 4)")]
    public void Without_a_reference_there_is_nothing_to_compare_with(string input) =>
        Run($"Measure-GeneratedImage {input}").Error("ReferenceMissing", ErrorCategory.InvalidArgument);

    [Fact]
    public void A_reference_that_cannot_be_read_ends_the_command()
    {
        SessionResult result = Run("$run | Measure-GeneratedImage -Reference missing.png", ("run", _run));
        Assert.EndsWith("missing.png", result.Error("NotFound", ErrorCategory.ObjectNotFound).TargetObject as string);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Anything_else_is_an_error_and_the_next_goes_on()
    {
        SessionResult result = Run("42, $run | Measure-GeneratedImage", ("run", _run));
        result.Error("UnsupportedInput", ErrorCategory.InvalidType);
        Assert.Single(result.Output);
    }

    private GeneratedImageQuality Measure(string script) => Run(script, ("run", _run)).Single<GeneratedImageQuality>();
}
