using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

public class AffinityQueueTests
{
    [Fact]
    public void A_workers_own_pieces_come_first_the_largest_before_the_others_smallest()
    {
        // Homes: 7 and 1 with the first worker, 5 and 3 with the second.
        AffinityQueue queue = AffinityQueue.OfCosts([1, 3, 5, 7], 2);
        for (int round = 0; round < 3; round++)
        {
            queue.BeginRound();
            Assert.Equal([3, 0, 1, 2], TakeAll(queue, 0));
            queue.BeginRound();
            Assert.Equal([2, 1, 0, 3], TakeAll(queue, 1));
        }
    }

    [Fact]
    public void Workers_that_alternate_keep_to_their_own_pieces()
    {
        AffinityQueue queue = AffinityQueue.OfNeighbors(10, 2);
        queue.BeginRound();
        List<int>[] taken = [[], []];
        int[] places = [0, 0];
        for (int turn = 0; turn < 10; turn++)
        {
            Assert.True(queue.TryTake(turn % 2, ref places[turn % 2], out int item));
            taken[turn % 2].Add(item);
        }
        Assert.False(queue.TryTake(0, ref places[0], out _));
        Assert.Equal([0, 1, 2, 3, 4], taken[0]);
        Assert.Equal([5, 6, 7, 8, 9], taken[1]);
    }

    [Theory, InlineData(1, 5), InlineData(3, 0), InlineData(8, 3), InlineData(4, 500)]
    public void Every_piece_is_taken_once_a_round_by_whoever_comes(int workers, int count)
    {
        AssertEachIsTakenOnce(AffinityQueue.OfCosts([.. Enumerable.Range(0, count).Select(item => (long)item % 7)], workers), workers, count);
        AssertEachIsTakenOnce(AffinityQueue.OfNeighbors(count, workers), workers, count);
    }

    private static void AssertEachIsTakenOnce(AffinityQueue queue, int workers, int count)
    {
        Assert.Equal(count, queue.Count);
        using var pool = new WorkerPool(workers, new ProcessorShare());
        for (int round = 0; round < 50; round++)
        {
            int[] times = new int[count];
            queue.BeginRound();
            pool.Run(worker =>
            {
                int place = 0;
                while (queue.TryTake(worker, ref place, out int item))
                    Interlocked.Increment(ref times[item]);
            });
            Assert.All(times, time => Assert.Equal(1, time));
        }
    }

    private static List<int> TakeAll(AffinityQueue queue, int worker)
    {
        List<int> items = [];
        int place = 0;
        while (queue.TryTake(worker, ref place, out int item))
            items.Add(item);
        return items;
    }
}
