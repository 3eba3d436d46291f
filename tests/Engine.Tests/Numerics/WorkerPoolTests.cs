using System.Diagnostics;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

public class WorkerPoolTests
{
    /// <summary>Longer than a worker waits awake.</summary>
    private const int MillisecondsUntilAsleep = 50;

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(8)]
    public void The_body_runs_once_on_every_worker_in_every_round(int workers)
    {
        const int Rounds = 3000;
        using var pool = new WorkerPool(workers, new ProcessorShare());
        var calls = new int[workers];
        for (int round = 1; round <= Rounds; round++)
        {
            pool.Run(worker => calls[worker]++);
            Assert.All(calls, count => Assert.Equal(round, count));
        }
        Assert.Equal(workers, pool.WorkerCount);
    }

    [Fact]
    public void The_caller_is_worker_0_and_the_others_are_threads_of_their_own()
    {
        using var pool = new WorkerPool(4, new ProcessorShare());
        var threads = new int[4];
        pool.Run(worker => threads[worker] = Environment.CurrentManagedThreadId);
        Assert.Equal(Environment.CurrentManagedThreadId, threads[0]);
        Assert.Equal(4, threads.Distinct().Count());
    }

    [Fact]
    public void Workers_that_fell_asleep_wake_for_the_next_round()
    {
        using var pool = new WorkerPool(3, new ProcessorShare());
        int calls = 0;
        for (int round = 0; round < 5; round++)
        {
            pool.Run(_ => Interlocked.Increment(ref calls));
            Thread.Sleep(MillisecondsUntilAsleep);
        }
        Assert.Equal(15, calls);
    }

    [Fact]
    public void No_round_is_lost_while_some_workers_sleep_and_others_lie_down()
    {
        // Uneven bodies and gaps about as long as a worker stays awake: a worker must not take another's wake-up.
        using var pool = new WorkerPool(4, new ProcessorShare());
        var random = new Random(1);
        int calls = 0;
        for (int round = 0; round < 600; round++)
        {
            int callersWork = random.Next(2500), othersWork = random.Next(2500);
            pool.Run(worker =>
            {
                Spin(worker == 0 ? callersWork : othersWork / (worker + 1));
                Interlocked.Increment(ref calls);
            });
            Spin(random.Next(1500));
        }
        Assert.Equal(2400, calls);
    }

    [Fact]
    public void No_more_workers_are_called_than_there_is_work_for()
    {
        using var pool = new WorkerPool(4, new ProcessorShare());
        var calls = new int[4];
        int[] expected = new int[4];
        // One, two, three and four workers in turn: those that are left out of some rounds miss none of theirs.
        for (int round = 0; round < 2000; round++)
        {
            int most = 1 + round % 4;
            pool.Run(worker => calls[worker]++, most);
            for (int worker = 0; worker < most; worker++)
                expected[worker]++;
            Assert.Equal(expected, calls);
        }
    }

    [Theory, InlineData(0), InlineData(2)]
    public void An_exception_comes_out_and_the_pool_stays_usable(int thrower)
    {
        using var pool = new WorkerPool(3, new ProcessorShare());
        int others = 0;
        var thrown = Assert.Throws<InvalidOperationException>(() => pool.Run(worker =>
        {
            if (worker == thrower)
                throw new InvalidOperationException("out of paint");
            Interlocked.Increment(ref others);
        }));
        Assert.Equal("out of paint", thrown.Message);
        Assert.Equal(2, others);
        int calls = 0;
        pool.Run(_ => Interlocked.Increment(ref calls));
        Assert.Equal(3, calls);
    }

    [Fact]
    public void Of_several_exceptions_one_comes_out()
    {
        using var pool = new WorkerPool(3, new ProcessorShare());
        Assert.Throws<InvalidOperationException>(() => pool.Run(_ => throw new InvalidOperationException()));
    }

    [Fact]
    public void It_may_be_disposed_twice_awake_or_asleep_and_then_refuses_to_run()
    {
        var awake = new WorkerPool(3, new ProcessorShare());
        awake.Run(_ => { });
        awake.Dispose();
        awake.Dispose();
        var asleep = new WorkerPool(3, new ProcessorShare());
        Thread.Sleep(MillisecondsUntilAsleep);
        asleep.Dispose();
        asleep.Dispose();
        Assert.Throws<ObjectDisposedException>(() => asleep.Run(_ => { }));
    }

    [Fact]
    public void Disposing_it_waits_for_a_call_that_is_under_way_on_another_thread()
    {
        var safetyNet = TimeSpan.FromMinutes(1);
        Thread? second = null;
        // The second worker begins its round after the disposal has begun.
        var pool = new WorkerPool(2, new ProcessorShare(), started => second = started);
        using var isUnderWay = new ManualResetEventSlim();
        int calls = 0;
        void Count(int worker)
        {
            Interlocked.Increment(ref calls);
            isUnderWay.Set();
        }
        var running = new Thread(() => pool.Run(Count)) { IsBackground = true };
        running.Start();
        Assert.True(isUnderWay.Wait(safetyNet, TestContext.Current.CancellationToken));
        Exception? failure = null;
        var disposing = new Thread(() => failure = Record.Exception(pool.Dispose)) { IsBackground = true };
        disposing.Start();
        while (disposing.IsAlive && (disposing.ThreadState & System.Threading.ThreadState.WaitSleepJoin) == 0)
            Thread.Yield();
        second!.Start();
        Assert.True(running.Join(safetyNet));
        Assert.True(disposing.Join(safetyNet));
        Assert.Null(failure);
        Assert.Equal(2, calls);
        Assert.Throws<ObjectDisposedException>(() => pool.Run(_ => { }));
    }

    [Theory, InlineData(8, 1, 8), InlineData(8, 2, 4), InlineData(8, 3, 2), InlineData(2, 5, 1), InlineData(1, 2, 1)]
    public void Several_at_work_get_the_same_part_of_their_workers(int workers, int atWork, int expected)
    {
        var share = new ProcessorShare();
        using var pool = new WorkerPool(workers, share);
        int[] calls = new int[workers];
        RunWithOthers(share, atWork, () => pool.Run(worker => calls[worker]++));
        Assert.Equal([.. Enumerable.Repeat(1, expected), .. Enumerable.Repeat(0, workers - expected)], calls);
        pool.Run(worker => calls[worker]++);
        Assert.Equal(expected + workers, calls.Sum());
    }

    [Fact]
    public void Workers_come_and_go_with_the_share_and_no_round_is_lost()
    {
        var share = new ProcessorShare();
        using var pool = new WorkerPool(4, share);
        var random = new Random(1);
        int calls = 0, expected = 0;
        for (int round = 0; round < 600; round++)
        {
            int atWork = 1 + round % 7 % 3;
            expected += 4 / atWork;
            RunWithOthers(share, atWork, () => pool.Run(worker =>
            {
                Spin(100 * worker);
                Interlocked.Increment(ref calls);
            }));
            Spin(random.Next(1500));
        }
        Assert.Equal(expected, calls);
    }

    private static void RunWithOthers(ProcessorShare share, int atWork, Action body)
    {
        if (atWork == 0)
        {
            body();
            return;
        }
        using ProcessorShare.Lease lease = share.Join();
        RunWithOthers(share, atWork - 1, body);
    }

    [Fact]
    public void It_has_at_least_one_worker() => Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPool(0));

    private static void Spin(int microseconds)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalMicroseconds < microseconds)
        {
        }
    }
}
