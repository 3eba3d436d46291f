using System.Management.Automation;
using MonaLisa.Engine;

using Host = System.Management.Automation.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>Runs that keep snapshots, and the animations that are made of them.</summary>
public sealed class TrainingAnimationTests : Workspace
{
    private const string Training = "New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 3";

    public TrainingAnimationTests() => Picture("a.png", 24, 18);

    [Fact]
    public void A_run_becomes_an_animation_in_one_line()
    {
        var file = Run($"{Training} -SnapshotEvery 1 -SnapshotPath a.snapshots | Export-TrainingAnimation animation.webp -PassThru -Caption -SideBySide")
            .Single<FileInfo>();
        Assert.Equal(PathOf("animation.webp"), file.FullName);
        Assert.Equal("RIFF"u8, File.ReadAllBytes(file.FullName).AsSpan(0, 4));
        Assert.Equal(["a.png", "a.snapshots", "animation.webp"], Files());
        Assert.Equal(4, TrainingSnapshots.Open(PathOf("a.snapshots")).Snapshots.Count);
    }

    [Theory]
    [InlineData("1", "every epoch")]
    [InlineData("'2'", "every 2 epochs")]
    [InlineData("2u", "every 2 epochs")]
    [InlineData("([uint64]2)", "every 2 epochs")]
    [InlineData("0:0:0.5", "every 0.5 s")]
    [InlineData("500ms", "every 0.5 s")]
    [InlineData("2s", "every 2 s")]
    [InlineData("'1m30s'", "every 90 s")]
    [InlineData("([timespan]::FromSeconds(2))", "every 2 s")]
    [InlineData("log", "Log")]
    [InlineData("Log", "Log")]
    public void A_schedule_is_epochs_a_time_or_Log(string text, string expected) =>
        Assert.Equal(expected, Run(
            """
            function f { param([MonaLisa.PowerShell.SnapshotInterval] $x) "$x" }
            """ + $"\nf {text}").Single<string>());

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("0:0:0")]
    [InlineData("often")]
    [InlineData("0s")]
    [InlineData("''")]
    public void What_is_no_schedule_is_an_error_that_tells_what_is_one(string text)
    {
        SessionResult result = Run($"{Training} -SnapshotEvery {text}");
        Assert.Empty(result.Output);
        Assert.StartsWith("CannotConvertArgument", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Equal(["a.png"], Files());
    }

    [Fact]
    public void The_run_tells_where_its_snapshots_are()
    {
        Assert.Equal(PathOf("b.snapshots"), Run($"{Training} -SnapshotPath b.snapshots").Single<TrainingRun>().SnapshotPath);
        Assert.Null(Run(Training).Single<TrainingRun>().SnapshotPath);
        // Beside the checkpoint, where there is one.
        Directory.CreateDirectory(PathOf("runs"));
        Assert.Equal(
            PathOf(Path.Combine("runs", "x.snapshots")),
            Run($"{Training} -SnapshotEvery 1 -CheckpointPath runs/x.checkpoint").Single<TrainingRun>().SnapshotPath);
        // In a folder they have the picture's name, and some digits of what is in it.
        foreach ((string folder, string parameters) in ((string, string)[])[("runs", "-CheckpointPath runs/"), ("", "")])
        {
            string kept = Run($"{Training} -SnapshotEvery 1 {parameters}").Single<TrainingRun>().SnapshotPath!;
            Assert.Equal(PathOf(folder).TrimEnd(Path.DirectorySeparatorChar), Path.GetDirectoryName(kept));
            Assert.Matches("^a-[0-9a-f]{8}[.]snapshots$", Path.GetFileName(kept));
        }
    }

    [Fact]
    public void Several_pictures_have_a_file_each_in_a_folder()
    {
        Picture("b.png");
        Run("'a.png', 'b.png' | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -SnapshotPath runs/").AssertNoErrors();
        Assert.Equal(["a", "b"], Files("runs").Select(file => file.Split('-')[0]));
        Run("'runs/*.snapshots' | Export-TrainingAnimation -Destination animations").AssertNoErrors();
        Assert.Equal(["a-learning.webp", "b-learning.webp"], Files("animations"));
        SessionResult one = Run(
            "'a.png', 'b.png' | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -SnapshotPath one.snapshots");
        Assert.Contains("folder", one.Error("InvalidOption", ErrorCategory.InvalidArgument).Exception.Message);
        Assert.Single(one.Output);
    }

    [Fact]
    public void Snapshots_are_not_replaced_unasked()
    {
        Run($"{Training} -SnapshotEvery 1 -SnapshotPath a.snapshots").AssertNoErrors();
        byte[] old = File.ReadAllBytes(PathOf("a.snapshots"));
        Run($"{Training} -SnapshotEvery 1 -SnapshotPath a.snapshots").Error("FileExists", ErrorCategory.ResourceExists);
        Assert.Equal(old, File.ReadAllBytes(PathOf("a.snapshots")));
        Run($"{Training} -SnapshotEvery 1 -SnapshotPath a.snapshots -Epoch 2 -Force".Replace(" -Epoch 3", "", StringComparison.Ordinal)).AssertNoErrors();
        Assert.Equal(3, TrainingSnapshots.Open(PathOf("a.snapshots")).Snapshots.Count);
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_an_error_before_the_training()
    {
        Run($"{Training} -SnapshotPath nowhere/a.snapshots").Error("FolderMissing", ErrorCategory.ObjectNotFound);
        if (!OperatingSystem.IsLinux())
            return;
        SessionResult result = Run($"{Training} -SnapshotPath /proc/self/a.snapshots");
        result.Error("AccessDenied", ErrorCategory.PermissionDenied);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void The_same_line_goes_on_in_the_same_file()
    {
        string line(int epochs) => $"New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch {epochs} -Schedule Constant " +
            "-CheckpointPath run.checkpoint -Continue -SnapshotEvery 1";
        Run(line(2)).AssertNoErrors();
        Run(line(5)).AssertNoErrors();
        Assert.Equal([0, 1, 2, 3, 4, 5], Epochs("run.snapshots"));
        Run("New-PixelDataset a.png | Invoke-MlpTraining -Resume run.checkpoint -Epoch 6 -SnapshotEvery 1").AssertNoErrors();
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], Epochs("run.snapshots"));
    }

    [Fact]
    public async Task Ctrl_C_keeps_what_was_learned_so_far()
    {
        using (Host shell = Session.Prepare(
            "New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -MaxTime 10:0:0 -SnapshotEvery Log -SnapshotPath a.snapshots"))
        {
            var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            shell.Streams.Progress.DataAdded += (_, _) => shown.TrySetResult();
            Task<PSDataCollection<PSObject>> invocation = shell.InvokeAsync();
            await Task.WhenAny(shown.Task, invocation);
            shell.Stop();
            await Assert.ThrowsAsync<PipelineStoppedException>(() => invocation);
        }
        while (Files().Length > 2)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.InRange(Epochs("a.snapshots").Count(), 2, 1000);
        Run("Export-TrainingAnimation animation.gif a.snapshots").AssertNoErrors();
    }

    [Fact]
    public void A_script_names_each_animation()
    {
        Run($"{Training} -SnapshotEvery 1 -SnapshotPath a.snapshots | Export-TrainingAnimation {{ $_.Dataset.Name + '-animation.gif' }}").AssertNoErrors();
        Assert.Equal(["a-animation.gif", "a.png", "a.snapshots"], Files());
    }

    [Fact]
    public void Schedules_and_formats_are_proposed_with_what_they_mean()
    {
        const string complete = "[Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches | " +
            "ForEach-Object { $_.CompletionText + ': ' + $_.ToolTip }";
        Assert.Equal(
            ["Log: many at the beginning, where most happens", "1: every epoch", "500ms: every half second of training"],
            Run(complete, ("line", "Invoke-MlpTraining -SnapshotEvery ")).All<string>());
        Assert.StartsWith("Png: Numbered", Run(complete, ("line", "Export-TrainingAnimation -Format p")).Single<string>());
    }

    [Fact]
    public void Frames_come_as_numbered_files()
    {
        Run($"{Training} -SnapshotEvery 1 -SnapshotPath a.snapshots | Export-TrainingAnimation -Destination frames -Format Png -Width 12").AssertNoErrors();
        Assert.Equal(["a-0001.png", "a-0002.png", "a-0003.png", "a-0004.png"], Files("frames"));
        PixelDataset frame = Run("New-PixelDataset frames/a-0001.png").Single<PixelDataset>();
        Assert.Equal((12, 9), (frame.Width, frame.Height));
        // One that is there leaves all as they are.
        File.Delete(PathOf("frames/a-0001.png"));
        Run("Export-TrainingAnimation -Destination frames -Format Png a.snapshots").Error("FileExists", ErrorCategory.ResourceExists);
        Assert.Equal(3, Files("frames").Length);
        SessionResult shorter = Run("Export-TrainingAnimation -Destination frames -Format Png a.snapshots -Duration 1 -FrameRate 2 -Force");
        Assert.Contains("longer animation", Assert.Single(shorter.Warnings));
    }

    [Fact]
    public void A_file_alone_needs_the_picture_for_the_reference()
    {
        Picture("b.png");
        Run($"{Training} -SnapshotEvery 1 -SnapshotPath a.snapshots").AssertNoErrors();
        Run("Export-TrainingAnimation animation.webp a.snapshots -SideBySide").Error("ReferenceMissing", ErrorCategory.InvalidArgument);
        Run("Export-TrainingAnimation animation.webp a.snapshots -Reference b.png")
            .Error("OtherPicture", ErrorCategory.InvalidArgument);
        Run("Export-TrainingAnimation animation.webp a.snapshots -Reference a.png").AssertNoErrors();
        Assert.Equal(["a.png", "a.snapshots", "animation.webp", "b.png"], Files());
    }

    [Fact]
    public void What_has_no_snapshots_is_an_error_and_the_next_goes_on()
    {
        Run($"{Training} -SnapshotEvery 1 -SnapshotPath a.snapshots").AssertNoErrors();
        SessionResult result = Run("'a.png', 'none.snapshots', 'a.snapshots', 42 | Export-TrainingAnimation -Destination animations -PassThru");
        Assert.Equal(
            ["NotSnapshots", "NotFound", "UnsupportedInput"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Single(result.Output);
        Run($"{Training} | Export-TrainingAnimation animation.webp").Error("SnapshotsMissing", ErrorCategory.ObjectNotFound);
    }

    [Theory]
    [InlineData("animation.webp -Scale 2 -Width 10")]
    [InlineData("animation.webp -Scale 0")]
    [InlineData("animation.webp -FrameRate 60")]
    [InlineData("animation.webp -Duration 0")]
    [InlineData("animation.webp -Duration 1 -Hold 1")]
    [InlineData("animation.webp -Loop -1")]
    [InlineData("animation.webp -Format Gif")]
    [InlineData("animation.webp -Format Png")]
    public void Options_that_cannot_be_are_errors(string options)
    {
        Run($"{Training} -SnapshotEvery 1 -SnapshotPath a.snapshots").AssertNoErrors();
        Run($"Export-TrainingAnimation {options} -InputObject a.snapshots").Error("InvalidOption", ErrorCategory.InvalidArgument);
        Assert.Equal(["a.png", "a.snapshots"], Files());
    }

    [Fact]
    public void WhatIf_writes_nothing_and_an_animation_is_not_replaced_unasked()
    {
        Run($"{Training} -SnapshotEvery 1 -SnapshotPath a.snapshots").AssertNoErrors();
        Run("Export-TrainingAnimation animation.webp a.snapshots -WhatIf").AssertNoErrors();
        Assert.Equal(["a.png", "a.snapshots"], Files());
        File.WriteAllText(PathOf("animation.webp"), "old");
        Run("Export-TrainingAnimation animation.webp a.snapshots").Error("FileExists", ErrorCategory.ResourceExists);
        Assert.Equal("old", File.ReadAllText(PathOf("animation.webp")));
        Run("Export-TrainingAnimation animation.webp a.snapshots -Force").AssertNoErrors();
        Run("Export-TrainingAnimation animation.png a.snapshots").Error("UnsupportedFormat", ErrorCategory.InvalidArgument);
    }

    [Fact]
    public void A_run_from_another_session_does_not_name_a_file_to_be_opened_here()
    {
        TrainingRun run = Run($"{Training} -SnapshotEvery 1 -SnapshotPath a.snapshots").Single<TrainingRun>();
        SessionResult result = Run(
            "[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($run)) | " +
            "Export-TrainingAnimation animation.webp", ("run", run));
        Assert.Contains("give the file", result.Error("SnapshotsMissing", ErrorCategory.ObjectNotFound).Exception.Message);
    }

    private IEnumerable<int> Epochs(string file) => TrainingSnapshots.Open(PathOf(file)).Snapshots.Select(snapshot => snapshot.Epoch);
}
