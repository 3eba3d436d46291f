using System.Management.Automation;
using System.Text.RegularExpressions;
using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>The folders that commands write into: those that are missing, and those that cannot be made.</summary>
public sealed partial class OutputFolderTests(SmallRun shared) : Workspace, IClassFixture<SmallRun>
{
    private readonly TrainingRun _run = shared.Value;

    [Theory]
    [InlineData("$run | Export-GeneratedImage nowhere/a.png", "-Destination")]
    [InlineData("$run | Export-TrainingPlot nowhere/a.svg", "folder that exists")]
    [InlineData("$run | Export-TrainingReport nowhere/a.html", "folder that exists")]
    [InlineData("$run.Dataset | Invoke-MlpTraining -Epoch 1 -CheckpointPath nowhere/a.checkpoint", "-CheckpointPath a folder")]
    [InlineData("$run.Dataset | Invoke-MlpTraining -Epoch 1 -SnapshotPath nowhere/a.snapshots", "-SnapshotPath a folder")]
    public void A_missing_folder_has_a_remedy_of_the_command_s_own(string script, string remedy)
    {
        ErrorRecord error = Run(script, ("run", _run)).Error("FolderMissing", ErrorCategory.ObjectNotFound);
        Assert.Contains(remedy, error.Exception.Message);
        Dictionary<string, ParameterMetadata> parameters = error.InvocationInfo.MyCommand.Parameters;
        Assert.All(Parameter().Matches(error.Exception.Message), match => Assert.Contains(match.Groups[1].Value, parameters));
    }

    [Fact]
    public void A_path_that_ends_with_a_separator_is_a_folder_which_is_made()
    {
        Run("$run.Dataset | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1 -CheckpointPath states/ | Export-GeneratedImage painted/", ("run", _run))
            .AssertNoErrors();
        Assert.Single(Files("states"));
        Assert.Single(Files("painted"));
    }

    [Fact]
    public void The_separator_may_be_a_backslash_everywhere()
    {
        Run("$run | Export-GeneratedImage 'painted\\deep\\'", ("run", _run)).AssertNoErrors();
        Assert.Single(Files("painted/deep"));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("file/")]
    [InlineData("file/deep/deeper")]
    public void A_file_in_the_way_is_named(string folder)
    {
        File.WriteAllText(PathOf("file"), "");
        ErrorRecord error = Run("$run | Export-GeneratedImage -Destination $folder", ("run", _run), ("folder", folder))
            .Error("FileExists", ErrorCategory.ResourceExists);
        Assert.Contains($"'{PathOf("file")}' is a file", error.Exception.Message);
    }

    [Fact]
    public void A_name_that_is_too_long_is_no_matter_of_permissions()
    {
        ErrorRecord error = Run("$run | Export-GeneratedImage -Destination ('a' * 300)", ("run", _run)).Error("WriteFailed", ErrorCategory.WriteError);
        if (!OperatingSystem.IsWindows())
            Assert.Contains("shorter name", error.Exception.Message);
    }

    [GeneratedRegex(@" -(\w+)")]
    private static partial Regex Parameter();
}
