using System.Management.Automation;
using System.Text.RegularExpressions;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>A file that a pipeline wrote is not replaced by it, and what the error says to do works.</summary>
public sealed partial class OneFileForSeveralTests : Workspace
{
    private const string TwoRuns = "$runs = New-PixelDataset a.png, b.png | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1; ";

    [Theory]
    [InlineData("$runs", "Export-GeneratedImage", ".png", "a.png b.png one.png out/a-painted.png out/b-painted.png")]
    [InlineData("$runs", "Export-MlpModel", ".safetensors", "a.safetensors b.safetensors one.safetensors out/a.safetensors out/b.safetensors")]
    [InlineData("$fromElsewhere", "Export-GeneratedImage", ".jpg", "a.jpg b.jpg one.jpg out/a-painted.png out/b-painted.png")]
    [InlineData("$runs[0], $runs[0]", "Export-GeneratedImage", ".png", "one.png out/a-painted.png out/a-painted-2.png")]
    [InlineData("(New-MlpNetwork 4), (New-MlpNetwork 5)", "Export-MlpModel", ".onnx", "one.onnx out/network.safetensors out/network-2.safetensors")]
    public void What_the_error_says_to_do_works(string objects, string command, string extension, string expected)
    {
        Picture("a.png");
        Picture("b.png", 8, 8);
        Run(TwoRuns + "$fromElsewhere = $runs | ForEach-Object { " +
            "[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($_)) }").AssertNoErrors();
        File.Delete(PathOf("a.png"));
        File.Delete(PathOf("b.png"));
        ErrorRecord error = Run($"{objects} | {command} one{extension}").Error("FileExists", ErrorCategory.ResourceExists);
        Assert.Contains("-Destination", error.Exception.Message);
        Run($"{objects} | {command} -Destination out").AssertNoErrors();
        if (Script().Match(error.Exception.Message) is { Success: true } script)
            Run($"{objects} | {command} {script.Value}").AssertNoErrors();
        Assert.Equal(
            expected.Split(' ').Order(StringComparer.Ordinal),
            Files().Concat(Files("out").Select(file => "out/" + file)).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\{.*\}")]
    private static partial Regex Script();
}
