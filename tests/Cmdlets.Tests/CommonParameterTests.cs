using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>The parameters that every command has, and the preferences behind them.</summary>
public sealed class CommonParameterTests : Workspace
{
    private const string Train = "New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 2";

    public CommonParameterTests() => Picture("a.png");

    [Theory]
    [InlineData("-Debug")]
    [InlineData("-InformationAction Continue")]
    [InlineData("-InformationAction Ignore")]
    [InlineData("-WarningAction Stop")]
    [InlineData("-ErrorAction Stop")]
    [InlineData("-ProgressAction Ignore")]
    public void They_change_nothing_about_the_run(string parameter)
    {
        double plain = Run(Train).Single<TrainingRun>().Psnr;
        SessionResult result = Run($"{Train} {parameter}");
        Assert.Equal(plain, result.Single<TrainingRun>().Psnr);
        Assert.Empty(result.Verbose);
    }

    [Fact]
    public void Progress_can_be_turned_off() =>
        Assert.Empty(Run("$ProgressPreference = 'SilentlyContinue'; New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -MaxTime 0.4").Progress);

    [Fact]
    public void Verbose_text_comes_by_parameter_and_by_preference_and_can_be_turned_off()
    {
        IReadOnlyList<string> given = Run($"{Train} -Verbose").Verbose;
        Assert.Contains(given, line => line.StartsWith("Epoch 2:", StringComparison.Ordinal));
        Assert.Contains(Run($"$VerbosePreference = 'Continue'; {Train}").Verbose, line => line.StartsWith("Epoch 2:", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Run($"$VerbosePreference = 'Continue'; {Train} -Verbose:$false").Verbose, line => line.StartsWith("Epoch", StringComparison.Ordinal));
    }

    [Fact]
    public void An_error_under_stop_ends_the_pipeline_and_under_ignore_leaves_no_trace()
    {
        SessionResult stopped = Run("'none.png', 'a.png' | New-PixelDataset -ErrorAction Stop");
        Assert.Empty(stopped.Output);
        Assert.StartsWith("NotFound", Assert.Single(stopped.Errors).FullyQualifiedErrorId);
        Assert.Equal(0, Run("$Error.Clear(); $null = New-PixelDataset none.png -ErrorAction Ignore; $Error.Count").Single<int>());
    }

    [Fact]
    public void Results_go_into_variables_and_through_the_pipeline()
    {
        SessionResult result = Run(
            $"""
            $first = {Train} -OutVariable kept -PipelineVariable piped | ForEach-Object -Process $by
            $kept.Count
            [object]::ReferenceEquals($first, $kept[0])
            """, ("by", ScriptBlock.Create("$piped")));
        Assert.Equal([1, true], result.Output);
    }

    [Fact]
    public void The_face_commands_take_their_arguments_by_position_and_by_splatting()
    {
        SessionResult result = Run(
            """
            $picture = New-PixelDataset a.png
            $how = @{ HiddenLayer = 8; Epoch = 2; Seed = 7 }
            $run = Invoke-MlpTraining $picture @how
            Export-GeneratedImage b.png $run
            $run
            """);
        Assert.Equal(7, result.Single<TrainingRun>().Seed);
        Assert.Equal(["a.png", "b.png"], Files());
    }
}
