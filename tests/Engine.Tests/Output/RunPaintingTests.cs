using MonaLisa.Engine.Output;

namespace MonaLisa.Engine.Tests;

/// <summary>What a report has of a run's picture.</summary>
[Collection(AloneCollection.Name)]
public class RunPaintingTests
{
    private const string Tasks = "/proc/self/task";

    [Fact]
    public void One_that_is_stopped_leaves_no_threads()
    {
        if (!Directory.Exists(Tasks))
            Assert.Skip("This system does not name a process's threads in files.");
        TrainingRun run = TrainingSupport.Train(TestPictures.Create(20, 15), TestNetworks.Create(Activation.ReLU, [8]), TrainingSupport.Few);
        int before = CountWorkers();
        for (int i = 0; i < 10; i++)
            Assert.Throws<OperationCanceledException>(() => new RunPainting(run, new CancellationToken(canceled: true)));
        // The system removes a thread a little after it has ended.
        Assert.True(SpinWait.SpinUntil(() => CountWorkers() <= before, TimeSpan.FromSeconds(20)), $"{CountWorkers()} threads, and {before} before");
    }

    private static int CountWorkers() => Directory.GetDirectories(Tasks).Count(task =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).StartsWith("MonaLisa worke", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    });
}
