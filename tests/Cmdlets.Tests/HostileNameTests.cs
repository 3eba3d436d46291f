using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>Names that control a terminal, as files from strangers may have: the files are used, and what is shown or made is plain.</summary>
public sealed class HostileNameTests : Workspace
{
    // Clears the screen, rings, begins a line, and writes the rest from right to left. Windows has only the last in names.
    private static readonly string Evil = OperatingSystem.IsWindows() ? "a\u202eb" : "a\u001b[2J\u0007\u009b\nb\u202ec";

    private static readonly string Plain = PlainText.Of(Evil);

    private readonly string _file;

    public HostileNameTests() => _file = Picture(Evil + ".png");

    [Fact]
    public void A_picture_is_shown_plain_everywhere_and_its_path_stays()
    {
        SessionResult result = Run("""
            $picture = New-PixelDataset -LiteralPath $file -Verbose
            $run = $picture | Invoke-MlpTraining -HiddenLayer 4 -MaxTime 0.3 -Verbose
            $rows = $picture | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1 } -PassThru
            $quality = $run | Measure-GeneratedImage
            $colour = $run | Invoke-MlpNetwork -X 0.5 -Y 0.5
            $job = $picture | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1 -AsJob -Verbose
            $null = $job | Wait-Job
            foreach ($thing in $picture, $run, $rows, ($rows | Measure-MlpExperiment), $quality, $colour, $job.ChildJobs[0]) {
                "$thing"
                if ($thing.psobject.Properties['Name']) { $thing.Name }
            }
            $rows.Picture, $quality.Reference
            $job.ChildJobs[0].Verbose | ForEach-Object Message
            $job | Remove-Job
            $picture.Path, $picture.Name
            """, ("file", _file));
        result.AssertNoErrors();
        Assert.Equal([_file, Plain], result.Output.TakeLast(2));
        Assert.Contains(result.Output.SkipLast(2), text => ((string)text).Contains(Plain, StringComparison.Ordinal));
        AssertPlain([.. result.Output.SkipLast(2).Cast<string>(), .. ShownIn(result)]);
        Assert.NotEmpty(result.Progress);
        Assert.NotEmpty(result.Verbose);
    }

    [Fact]
    public void Files_called_after_it_have_a_plain_name()
    {
        SessionResult result = Run("""
            $run = New-PixelDataset -LiteralPath $file | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1 -CheckpointPath kept/ -SnapshotPath kept/
            $run | Export-GeneratedImage -Destination made -Verbose
            $run | Export-GeneratedImage -Destination made -KeepExtension -Verbose
            $run | Export-MlpModel -Destination made -Verbose
            $run | Export-TrainingReport made/report.html -Verbose
            $run | Export-TrainingPlot made/plot.svg
            $run | Export-MlpModel made/page.html
            $run | Export-MlpModel made/model.onnx
            $run | Export-TrainingAnimation -Destination made
            """, ("file", _file));
        result.AssertNoErrors();
        AssertPlain([.. Files("made"), .. Files("kept"), .. ShownIn(result)]);
        Assert.Contains($"{Plain}-painted.png", Files("made"));
        foreach (string file in (string[])["report.html", "plot.svg", "page.html"])
            AssertPlain([File.ReadAllText(PathOf("made/" + file)).ReplaceLineEndings(" ")]);
        foreach (string file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".png", StringComparison.Ordinal)))
            Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Evil)));
    }

    [Theory]
    [InlineData("$run | Export-GeneratedImage ($evil + '.png')")]
    [InlineData("$run | Export-GeneratedImage -Destination $evil")]
    [InlineData("$run | Export-GeneratedImage -Destination ($evil + '/inner')")]
    [InlineData("$run | Export-GeneratedImage { $evil + '.png' }")]
    [InlineData("$run | Export-MlpModel ($evil + '.safetensors')")]
    [InlineData("$run | Export-TrainingPlot ($evil + '.svg')")]
    [InlineData("$run | Export-TrainingReport ($evil + '.html')")]
    [InlineData("$run.Dataset | Invoke-MlpTraining -CheckpointPath ($evil + '.checkpoint')")]
    [InlineData("$run.Dataset | Invoke-MlpTraining -SnapshotPath ($evil + '.snapshots')")]
    [InlineData("$run.Dataset | Invoke-MlpExperiment @{ Epoch = 1 } -Path ($evil + '.jsonl')")]
    [InlineData("$run.Dataset | Invoke-MlpExperiment @{ Epoch = 1 } -ModelDestination $evil")]
    public void A_name_that_is_given_to_a_new_file_is_refused_before_any_work(string command)
    {
        Run("$run = New-PixelDataset -LiteralPath $file | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1", ("file", _file)).AssertNoErrors();
        SessionResult result = Run(command, ("evil", Evil));
        Assert.Contains("Give a name without them", result.Error("InvalidName", ErrorCategory.InvalidArgument).Exception.Message);
        AssertPlain(ShownIn(result));
        Assert.Single(Files());
        Assert.Empty(Directory.GetDirectories(Folder));
    }

    [Theory]
    [InlineData("New-PixelDataset -LiteralPath ($evil + '.gif')")]
    [InlineData("New-PixelDataset -Path ('x:' + $evil)")]
    [InlineData("New-PixelDataset -LiteralPath $file -Mask ($evil + '.gif')")]
    [InlineData("Import-MlpModel -LiteralPath $file")]
    [InlineData("Import-MlpModel -LiteralPath ($evil + '.safetensors')")]
    [InlineData("New-MlpNetwork 4 | Measure-GeneratedImage -Reference ($evil + '.gif')")]
    [InlineData("New-PixelDataset -LiteralPath $file | Invoke-MlpTraining -Network ($evil + '.safetensors')")]
    [InlineData("New-PixelDataset -LiteralPath $file | Invoke-MlpTraining -Resume ($evil + '.checkpoint')")]
    [InlineData("New-PixelDataset -LiteralPath $file | Invoke-MlpTraining -Epoch 1 | Export-GeneratedImage ($evil + '.txt')")]
    [InlineData("New-PixelDataset -LiteralPath $file | Invoke-MlpTraining -Epoch 1 | Export-GeneratedImage { throw $evil }")]
    [InlineData("Export-TrainingAnimation out.webp -InputObject $file")]
    [InlineData("Show-GeneratedImage ($evil + '.gif')")]
    public void An_error_is_shown_plain(string command)
    {
        SessionResult result = Run(command, ("evil", Evil), ("file", _file));
        Assert.NotEmpty(result.Errors);
        AssertPlain(ShownIn(result));
    }

    private static IEnumerable<string> ShownIn(SessionResult result) =>
    [
        .. result.Verbose, .. result.Warnings,
        .. result.Progress.SelectMany(record => (string?[])[record.Activity, record.StatusDescription, record.CurrentOperation]).OfType<string>(),
        .. result.Errors.SelectMany(error => (string[])[error.ErrorDetails?.Message ?? error.Exception.Message, error.CategoryInfo.ToString()]),
    ];

    private static void AssertPlain(IEnumerable<string> texts) => Assert.All(texts, text => Assert.True(PlainText.IsPlain(text), text));
}
