using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

public sealed class RunspaceTests : Workspace
{
    [Fact]
    public async Task Two_runspaces_train_at_once()
    {
        Picture("a.png");
        SessionResult[] results = await Task.WhenAll(Enumerable.Range(0, 2).Select(index => Task.Run(() =>
        {
            using var session = new Session(Folder);
            return session.Run($"New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -MaxTime 0.5 -Seed {index} -Verbose");
        })));
        Assert.Equal([0, 1], results.Select(result => result.Single<TrainingRun>().Seed));
        int[][] activities = [.. results.Select(result => result.Progress.Select(record => record.ActivityId).Distinct().ToArray())];
        Assert.Empty(activities[0].Intersect(activities[1]));
    }

    [Fact]
    public void A_parallel_loop_takes_and_gives_live_objects()
    {
        Picture("a.png");
        IReadOnlyList<TrainingRun> runs = Run(
            """
            $dataset = New-PixelDataset a.png
            1..3 | ForEach-Object -ThrottleLimit 2 -Parallel {
                Import-Module $using:module
                $using:dataset | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -Seed $_
            }
            """, ("module", StagedModule.Folder)).All<TrainingRun>();
        Assert.Equal([1, 2, 3], runs.Select(run => run.Seed).Order());
        Assert.Single(runs.Select(run => run.Dataset).Distinct());
    }
}
