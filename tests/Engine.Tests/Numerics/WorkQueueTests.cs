using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

public class WorkQueueTests
{
    [Fact]
    public void It_hands_out_each_number_once_and_then_none_until_reset()
    {
        var queue = new WorkQueue();
        Assert.False(queue.TryTake(out _));
        foreach (int count in new[] { 3, 0, 5 })
        {
            queue.Reset(count);
            var taken = new List<int>();
            while (queue.TryTake(out int item))
                taken.Add(item);
            Assert.Equal(Enumerable.Range(0, count), taken);
            Assert.False(queue.TryTake(out _));
        }
    }

    [Fact]
    public void Several_threads_together_take_each_number_once()
    {
        const int Items = 2000;
        using var pool = new WorkerPool(4);
        var queue = new WorkQueue();
        var taken = new int[Items];
        for (int round = 1; round <= 20; round++)
        {
            queue.Reset(Items);
            pool.Run(_ =>
            {
                while (queue.TryTake(out int item))
                    Interlocked.Increment(ref taken[item]);
            });
            Assert.All(taken, count => Assert.Equal(round, count));
        }
    }
}
