using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>What happens where the system starts fewer threads than asked for.</summary>
public sealed class ThreadLimitTests
{
    private readonly List<Thread> _started = [];

    public static TheoryData<Type> Refusals => [typeof(OutOfMemoryException), typeof(ThreadStartException)];

    [Theory, MemberData(nameof(Refusals))]
    public void More_threads_than_processors_are_an_error_that_speaks_of_threads_and_leaves_none(Type refusal)
    {
        int wanted = Environment.ProcessorCount + 5;
        var error = Assert.Throws<ThreadLimitException>(() => new WorkerPool(wanted, start: AtMost(3, refusal)));
        Assert.StartsWith($"Only 4 of {wanted} threads could be started", error.Message);
        Assert.Contains("Use fewer threads", error.Message);
        Assert.Equal(3, _started.Count);
        Assert.All(_started, thread => Assert.False(thread.IsAlive));
    }

    [Fact]
    public void A_thread_for_each_processor_is_as_many_as_can_be_had()
    {
        using var pool = new WorkerPool(Environment.ProcessorCount, start: AtMost(0, typeof(OutOfMemoryException)));
        Assert.Equal(1, pool.WorkerCount);
        var workers = new List<int>();
        pool.Run(workers.Add);
        Assert.Equal([0], workers);
    }

    [Fact]
    public void Without_memory_for_the_workers_their_threads_are_ended()
    {
        var pool = new WorkerPool(2, start: AtMost(1, typeof(OutOfMemoryException)));
        Assert.Throws<OutOfMemoryException>(() => WorkerTiles.Of(pool, () => throw Refusal(typeof(OutOfMemoryException))));
        Assert.All(_started, thread => Assert.False(thread.IsAlive));
        Assert.Throws<ObjectDisposedException>(() => pool.Run(_ => { }));
    }

    private Action<Thread> AtMost(int count, Type refusal) => thread =>
    {
        if (_started.Count == count)
            throw Refusal(refusal);
        thread.Start();
        _started.Add(thread);
    };

    // The runtime alone makes these.
    private static Exception Refusal(Type type) => (Exception)Activator.CreateInstance(type, nonPublic: true)!;
}
