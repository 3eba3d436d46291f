using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>A script block for the path, which names the file of each object.</summary>
public sealed class PathScriptTests : Workspace
{
    private const string TwoRuns = "$runs = New-PixelDataset a.png, b.png | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1\n";

    public PathScriptTests()
    {
        Picture("a.png");
        Picture("b.png");
    }

    [Fact]
    public void It_names_the_file_of_each_run()
    {
        SessionResult result = Run(TwoRuns + """
            $suffix = '-painted.png'
            $runs | Export-GeneratedImage { $_.Dataset.Name + $suffix } -PassThru
            $runs | Export-MlpModel -Path { "$($_.Dataset.Name).onnx" }
            """);
        Assert.Equal(["a-painted.png", "b-painted.png"], result.All<FileInfo>().Select(file => file.Name));
        Assert.Equal(["a-painted.png", "a.onnx", "a.png", "b-painted.png", "b.onnx", "b.png"], Files());
    }

    [Theory]
    [InlineData("Export-GeneratedImage $runs[0] ./x.png", "TrainingRun")]
    [InlineData("Export-MlpModel $runs[0].Network ./x.safetensors", "Mlp")]
    [InlineData("Export-TrainingPlot $runs[0] ./x.svg", "TrainingRun")]
    public void An_object_in_its_place_is_named(string script, string type) =>
        Assert.Contains($"An object of type {type} is no path, but something to export", Assert.Single(Run(TwoRuns + script).Errors).Exception.Message);

    [Fact]
    public void It_sees_a_network_as_it_is()
    {
        Run("New-MlpNetwork 2x4 | Export-MlpModel { $_.Shape + '.safetensors' }").AssertNoErrors();
        Assert.Contains("2-4-4-3.safetensors", Files());
    }

    [Fact]
    public void Each_file_may_have_a_format_of_its_own()
    {
        Run(TwoRuns + "$runs | Export-MlpModel { $_.Dataset.Name + ($_.Dataset.Name -eq 'a' ? '.onnx' : '.html') }").AssertNoErrors();
        Assert.Equal(["a.onnx", "a.png", "b.html", "b.png"], Files());
    }

    [Fact]
    public void A_script_that_fails_is_the_error_of_its_object_and_the_next_goes_on()
    {
        SessionResult result = Run(TwoRuns + "$runs | Export-GeneratedImage { if ($_.Dataset.Name -eq 'a') { throw 'no name' }; 'c.png' }");
        ErrorRecord error = result.Error("PathScriptFailed", ErrorCategory.InvalidResult);
        Assert.Equal("a", Assert.IsType<TrainingRun>(error.TargetObject).Dataset.Name);
        Assert.Contains("no name", error.Exception.Message);
        Assert.Equal(["a.png", "b.png", "c.png"], Files());
    }

    [Theory]
    [InlineData("{ }", "gives no path")]
    [InlineData("{ $null }", "gives no path")]
    [InlineData("{ '' }", "gives no path")]
    [InlineData("{ 'c.png', 'd.png' }", "gives 2 values")]
    [InlineData("{ $_.Title + '.png' }", "Title")]
    public void A_script_that_gives_no_single_path_is_an_error(string script, string expected)
    {
        SessionResult result = Run(TwoRuns + $"$runs[0] | Export-GeneratedImage {script}");
        Assert.Contains(expected, result.Error("PathScriptFailed", ErrorCategory.InvalidResult).Exception.Message);
        Assert.Equal(["a.png", "b.png"], Files());
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_an_error_of_its_object_too()
    {
        SessionResult result = Run(TwoRuns + "$runs | Export-GeneratedImage { $_.Dataset.Name -eq 'a' ? 'a.docx' : 'c.png' }");
        Assert.Equal("a.docx", result.Error("UnsupportedFormat", ErrorCategory.InvalidArgument).TargetObject);
        Assert.Contains("c.png", Files());
        result = Run(TwoRuns + "$runs | Export-MlpModel { $_.Dataset.Name + ($_.Dataset.Name -eq 'a' ? '.onnx' : '.safetensors') } -Precision Half");
        result.Error("InvalidOption", ErrorCategory.InvalidArgument);
        Assert.Contains("b.safetensors", Files());
    }

    [Fact]
    public void Two_of_one_name_in_a_folder_get_a_number_and_in_a_file_an_error()
    {
        Run(TwoRuns + "$runs[0], $runs[0] | Export-GeneratedImage { 'out/' }").AssertNoErrors();
        Assert.Equal(["a-painted-2.png", "a-painted.png"], Files("out"));
        Run(TwoRuns + "$runs | Export-GeneratedImage { 'one.png' }").Error("FileExists", ErrorCategory.ResourceExists);
    }

    [Fact]
    public void WhatIf_tells_the_name_and_writes_nothing()
    {
        Run(TwoRuns + "$runs | Export-GeneratedImage { $_.Dataset.Name + '-x.png' } -WhatIf").AssertNoErrors();
        Assert.Equal(["a.png", "b.png"], Files());
    }

    [Theory]
    [InlineData("Export-GeneratedImage a.docx", "UnsupportedFormat")]
    [InlineData("Export-GeneratedImage nodrive:/a.png", "InvalidPath")]
    [InlineData("Export-GeneratedImage -Destination env:/out", "NotFileSystem")]
    [InlineData("Export-TrainingPlot nodrive:/a.svg", "InvalidPath")]
    [InlineData("Export-TrainingReport nodrive:/a.html", "InvalidPath")]
    [InlineData("Invoke-MlpTraining -CheckpointPath nodrive:/a.checkpoint", "InvalidPath")]
    [InlineData("Invoke-MlpTraining -Resume nodrive:/a.checkpoint", "InvalidPath")]
    [InlineData("Invoke-MlpTraining -SnapshotPath nodrive:/a.snapshots", "InvalidPath")]
    [InlineData("Invoke-MlpExperiment @{ Epoch = 1 } -Path nodrive:/a.jsonl", "InvalidPath")]
    [InlineData("Invoke-MlpExperiment @{ Epoch = 1 } -ModelDestination env:/models", "NotFileSystem")]
    [InlineData("New-PixelDataset -Mask nodrive:/a.png", "InvalidPath")]
    public void A_plain_path_is_refused_before_any_object_comes(string command, string errorId)
    {
        SessionResult result = Run(
            $"$seen = 0; try {{ 1 | ForEach-Object {{ $seen++; $_ }} | {command} }} catch {{ $_.FullyQualifiedErrorId.Split(',')[0]; $seen }}");
        result.AssertNoErrors();
        Assert.Equal([errorId, 0], result.Output);
    }

    [Fact]
    public void A_script_s_path_on_no_drive_is_an_error_of_its_object()
    {
        SessionResult result = Run(TwoRuns + "$runs | Export-GeneratedImage { $_.Dataset.Name -eq 'a' ? 'nodrive:/a.png' : 'c.png' }");
        result.Error("InvalidPath", ErrorCategory.InvalidArgument);
        Assert.Equal(["a.png", "b.png", "c.png"], Files());
    }

    [Fact]
    public void A_property_called_Path_is_nobodys_path()
    {
        SessionResult result = Run(TwoRuns + """
            $runs[0].psobject.Properties.Add([psnoteproperty]::new('Path', 'wrong.png'))
            $runs[0] | Export-GeneratedImage right.png
            """);
        result.AssertNoErrors();
        Assert.Equal(["a.png", "b.png", "right.png"], Files());
    }

    [Theory]
    [InlineData("''")]
    [InlineData("$null")]
    [InlineData("@('c.png', 'd.png')")]
    public void What_is_no_path_is_refused(string path) =>
        Assert.IsAssignableFrom<ParameterBindingException>(Assert.Single(Run(TwoRuns + $"$runs[0] | Export-GeneratedImage {path}").Errors).Exception);

    [Fact]
    public void It_names_the_folder_of_each_run_too()
    {
        Run(TwoRuns + "$runs | Export-GeneratedImage -Destination { 'of-' + $_.Dataset.Name }").AssertNoErrors();
        Assert.Equal(["a-painted.png"], Files("of-a"));
        Assert.Equal(["b-painted.png"], Files("of-b"));
        Assert.Contains("-Destination script", Run(TwoRuns + "$runs[0] | Export-GeneratedImage -Destination { }")
            .Error("PathScriptFailed", ErrorCategory.InvalidResult).Exception.Message);
    }
}
