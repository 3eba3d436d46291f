using System.Management.Automation;

namespace MonaLisa.Cmdlets.Tests;

public sealed class ProgressTests : Workspace
{
    private const string Diverging =
        "-HiddenLayer 8 -Optimizer Sgd -LearningRate 1000 -BatchSize 16 -Epoch 100 -Schedule Constant";

    [Fact]
    public void A_single_run_shows_one_record_and_takes_it_away()
    {
        Picture("a.png");
        SessionResult result = Run("New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -MaxTime 0.5");
        result.AssertNoErrors();
        Assert.Single(result.Progress.Select(record => record.ActivityId).Distinct());
        ProgressRecord first = result.Progress[0];
        Assert.Equal(-1, first.ParentActivityId);
        Assert.Contains("a", first.Activity);
        foreach (string figure in (string[])["epoch", "dB", "pixel"])
            Assert.Contains(figure, first.StatusDescription);
        Assert.InRange(first.PercentComplete, 0, 100);
        AssertAllCompleted(result);
    }

    [Fact]
    public void Several_runs_are_nested_under_one_record()
    {
        Picture("a.png");
        Picture("b.png");
        SessionResult result = Run("'a.png', 'b.png' | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 8 -MaxTime 0.3");
        ProgressRecord parent = Assert.Single(
            result.Progress, record => record.StatusDescription.StartsWith("picture 2", StringComparison.Ordinal) && record.RecordType == ProgressRecordType.Processing);
        Assert.Contains(result.Progress, record => record.ParentActivityId == parent.ActivityId);
        Assert.Equal(3, result.Progress.Select(record => record.ActivityId).Distinct().Count());
        AssertAllCompleted(result);
    }

    [Fact]
    public void An_error_takes_the_record_away_too()
    {
        Picture("a.png");
        AssertAllCompleted(Run(
            $"'a.png', 'a.png' | New-PixelDataset | Invoke-MlpTraining {Diverging}"));
    }

    [Fact]
    public void A_consumer_that_fails_takes_every_record_away()
    {
        Picture("a.png");
        AssertAllCompleted(Run(
            "$count = 0; 'a.png', 'a.png' | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 8 -MaxTime 0.2 | ForEach-Object { if (++$count -eq 2) { throw 'enough' } }"));
    }

    [Fact]
    public void Runs_in_one_session_never_share_an_activity()
    {
        Picture("a.png");
        SessionResult result = Run("$dataset = New-PixelDataset a.png; foreach ($i in 1..2) { $dataset | Invoke-MlpTraining -HiddenLayer 8 -MaxTime 0.2 }");
        Assert.Equal(2, result.Progress.Select(record => record.ActivityId).Distinct().Count());
    }

    private static void AssertAllCompleted(SessionResult result)
    {
        foreach (IGrouping<int, ProgressRecord> activity in result.Progress.GroupBy(record => record.ActivityId))
            Assert.Equal(ProgressRecordType.Completed, activity.Last().RecordType);
    }
}
