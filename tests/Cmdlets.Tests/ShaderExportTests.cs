using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

public sealed class ShaderExportTests : Workspace, IClassFixture<SmallRun>
{
    private readonly TrainingRun _run;

    public ShaderExportTests(SmallRun shared)
    {
        Picture("sources/a.png", 20, 10);
        _run = shared.Value;
    }

    [Theory]
    [InlineData("$run | Export-MlpModel a.glsl", "a.glsl", "void mainImage(out vec4 fragColor, in vec2 fragCoord)")]
    [InlineData("$run.Network | Export-MlpModel a.glsl -Format Glsl", "a.glsl", "void mainImage(out vec4 fragColor, in vec2 fragCoord)")]
    [InlineData("$run | Export-MlpModel a.html", "a.html", "<h1>a</h1>")]
    [InlineData("$run | Export-MlpModel -Destination . -Format Html", "a.html", "data-width=\"20\" data-height=\"10\"")]
    public void Extension_or_format_choose_what_is_written(string script, string file, string content)
    {
        SessionResult result = Run(script + " -Verbose", ("run", _run));
        Assert.Empty(result.Errors);
        Assert.Contains(content, File.ReadAllText(PathOf(file)));
        Assert.Contains(result.Verbose, line => line.StartsWith($"Wrote '{PathOf(file)}'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_network_too_large_for_a_shader_is_an_error_of_its_own_and_the_next_one_is_written()
    {
        SessionResult result = Run(
            "(New-MlpNetwork -HiddenLayer 200, 200), $run.Network | Export-MlpModel -Destination new -Format Glsl", ("run", _run));
        ErrorRecord error = result.Error("TooLarge", ErrorCategory.LimitsExceeded);
        Assert.Contains("-Format Html", error.Exception.Message);
        Assert.Single(Files("new"));
    }

    [Fact]
    public void A_shader_has_no_choice_of_precision() =>
        Assert.Contains("Glsl", Run("$run | Export-MlpModel a.glsl -Precision Half", ("run", _run))
            .Error("InvalidOption", ErrorCategory.InvalidArgument).Exception.Message);
}
