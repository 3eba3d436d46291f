using System.Management.Automation;
using MonaLisa.Engine;

using Host = System.Management.Automation.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>Several pictures at once.</summary>
public sealed class SideBySideTests : Workspace
{
    [Fact]
    public void A_small_picture_does_not_wait_for_a_large_one()
    {
        Picture("large.png", 300, 300);
        Picture("small.png", 8, 8);
        const string Train = "'large.png', 'small.png' | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 64, 64 -Epoch 20";
        Assert.Equal(["large", "small"], Run(Train).All<TrainingRun>().Select(run => run.Dataset.Name));
        Assert.Equal(["small", "large"], Run(Train + " -ThrottleLimit 2").All<TrainingRun>().Select(run => run.Dataset.Name));
    }

    [Theory, InlineData(1), InlineData(3)]
    public void One_bad_picture_does_not_stop_the_rest(int limit)
    {
        string[] names = ["a.png", "b.png", "c.png", "d.png"];
        foreach (string name in names)
            Picture(name);
        File.WriteAllText(PathOf("bb.png"), "no picture");
        SessionResult result = Run(
            $"""
            $runs = 'a.png', 'b.png', 'bb.png', 'c.png', 'd.png' | New-PixelDataset -ErrorAction SilentlyContinue -ErrorVariable bad |
                Invoke-MlpTraining -HiddenLayer 8 -Epoch 2 -ThrottleLimit {limit}
            $runs.Dataset.Name
            $bad.TargetObject
            """);
        IReadOnlyList<string> told = result.All<string>();
        Assert.Equal(["a", "b", "c", "d"], told.Take(4).Order());
        Assert.Equal(PathOf("bb.png"), told[4]);
    }

    [Fact]
    public void Side_by_side_the_weights_are_the_same()
    {
        Picture("a.png", 40, 30);
        Picture("b.png", 30, 40);
        double[] Psnrs(int limit) => [.. Run(
            $"'a.png', 'b.png' | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 32, 32 -Epoch 10 -ThrottleLimit {limit}")
            .All<TrainingRun>().OrderBy(run => run.Dataset.Name, StringComparer.Ordinal).Select(run => run.Psnr)];
        Assert.Equal(Psnrs(1), Psnrs(2));
    }

    [Fact]
    public void What_diverges_side_by_side_is_told_with_its_picture()
    {
        Picture("a.png");
        Picture("b.png");
        SessionResult result = Run(
            """
            'a.png', 'b.png' | New-PixelDataset |
                Invoke-MlpTraining -HiddenLayer 8 -Optimizer Sgd -LearningRate 1000 -BatchSize 16 -Epoch 100 -Schedule Constant -ThrottleLimit 2
            """);
        Assert.Empty(result.Output);
        Assert.Equal(["a", "b"], result.Errors.Select(error => Assert.IsType<PixelDataset>(error.TargetObject).Name).Order());
        Assert.All(result.Errors, error => Assert.StartsWith("TrainingDiverged,", error.FullyQualifiedErrorId));
    }

    [Theory, InlineData("-ThrottleLimit 0"), InlineData("-JobName Lisa")]
    public void What_makes_no_sense_is_refused(string parameters)
    {
        Picture("a.png");
        SessionResult result = Run($"New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 {parameters}");
        Assert.Single(result.Errors);
        Assert.Empty(result.Output);
    }

    [Theory, InlineData(1), InlineData(2)]
    public async Task Stopped_runs_are_kept_in_the_out_variable(int limit)
    {
        Picture("a.png");
        Picture("b.png");
        using Host shell = Session.Prepare(
            $"'a.png', 'b.png' | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 8 -MaxTime 10:0:0 -ThrottleLimit {limit} -OutVariable kept");
        var all = new CountdownEvent(limit);
        var seen = new HashSet<int>();
        shell.Streams.Progress.DataAdded += (_, added) =>
        {
            ProgressRecord record = shell.Streams.Progress[added.Index];
            if (record.Activity.StartsWith("Learning", StringComparison.Ordinal) && seen.Add(record.ActivityId))
                all.Signal();
        };
        Task<PSDataCollection<PSObject>> invocation = shell.InvokeAsync();
        await Task.Run(all.Wait, TestContext.Current.CancellationToken);
        shell.Stop();
        await Assert.ThrowsAsync<PipelineStoppedException>(() => invocation);
        IReadOnlyList<TrainingRun> kept = Run("$kept").All<TrainingRun>();
        Assert.Equal(limit, kept.Count);
        Assert.All(kept, run => Assert.Equal(StopReason.Canceled, run.StopReason));
        Assert.All(kept, run => Assert.True(run.Steps > 0));
    }
}
