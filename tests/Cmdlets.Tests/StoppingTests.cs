using System.Management.Automation;
using Host = System.Management.Automation.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class StoppingTests : Workspace
{
    [Fact]
    public async Task Training_ends_when_the_pipeline_is_stopped()
    {
        Picture("a.png");
        using Host shell = Session.Prepare("New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -MaxTime 10:0:0 -Verbose");
        await StopAtFirst(shell, shell.Streams.Progress);
        // The session is free again and the module works as before.
        Run("New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1").AssertNoErrors();
    }

    [Fact]
    public async Task A_stopped_painting_leaves_the_old_file_and_nothing_else()
    {
        byte[] old = [1, 2, 3];
        File.WriteAllBytes(PathOf("out.png"), old);
        using Host shell = Session.Prepare("New-MlpNetwork 256, 256 | Export-GeneratedImage out.png -Width 8000 -Height 8000 -Force");
        await StopAtFirst(shell, shell.Streams.Progress);
        // Where the encoder needs longer than the command waits, its file goes a little later.
        while (Directory.GetFiles(Folder).Length > 1)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal(["out.png"], Files());
        Assert.Equal(old, File.ReadAllBytes(PathOf("out.png")));
    }

    [Fact]
    public async Task A_stopped_report_leaves_the_old_file_and_nothing_else()
    {
        Picture("a.png");
        File.WriteAllText(PathOf("r.html"), "old");
        using Host shell = Session.Prepare("""
            $run = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1
            # So many that the report cannot end before it is stopped.
            @($run) * 400 | Export-TrainingReport r.html -Force
            """);
        await StopAtFirst(shell, shell.Streams.Progress, record => record.Activity.StartsWith("Reporting", StringComparison.Ordinal));
        Assert.Equal(["a.png", "r.html"], Files());
        Assert.Equal("old", File.ReadAllText(PathOf("r.html")));
    }

    [Fact]
    public void A_consumer_that_has_enough_ends_the_training_of_the_rest()
    {
        Picture("a.png");
        Picture("b.png");
        SessionResult result = Run(
            """
            $runs = [Collections.Generic.List[object]]::new()
            foreach ($ignored in 1) { 'a.png', 'b.png' | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 | ForEach-Object { $runs.Add($_); break } }
            $runs.Count
            """);
        Assert.Equal(1, result.Single<int>());
    }

    private static async Task StopAtFirst(
        Host shell, PSDataCollection<ProgressRecord> records, Func<ProgressRecord, bool>? isIt = null)
    {
        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        records.DataAdded += (_, added) =>
        {
            if (isIt?.Invoke(records[added.Index]) != false)
                shown.TrySetResult();
        };
        Task<PSDataCollection<PSObject>> invocation = shell.InvokeAsync();
        await Task.WhenAny(shown.Task, invocation);
        Assert.False(invocation.IsCompleted, "It ended before it could be stopped.");
        shell.Stop();
        await Assert.ThrowsAsync<PipelineStoppedException>(() => invocation);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
    }
}
