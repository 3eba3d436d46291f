using System.Runtime.ExceptionServices;

namespace MonaLisa.Engine.Threading;

/// <summary>
/// A few threads that run the same body together, again and again, with little delay between. The caller is worker 0.
/// Work is handed out by the body itself (see <see cref="WorkQueue"/>), so a worker that the system keeps from running holds up
/// no more than the piece it has in hand; waiting gives the processor away at once when someone else wants it.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    /// <summary>Waits this many times by spinning, then by yielding, before the thread goes to sleep.</summary>
    private const int SpinsBeforeYield = 64, YieldsBeforeSleep = 2000;

    private readonly Thread[] _threads;
    private readonly object _bed = new();
    private Action<int> _body = _ => { };
    private ExceptionDispatchInfo? _failure;
    private int _round, _running, _asleep;
    private volatile bool _disposed;

    /// <summary>Starts the threads.</summary>
    /// <param name="workerCount">Workers, the caller counted in; at least 1.</param>
    public WorkerPool(int workerCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workerCount, 1);
        WorkerCount = workerCount;
        _threads = new Thread[workerCount - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + 1;
            _threads[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"MonaLisa worker {worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>Workers, the caller counted in.</summary>
    public int WorkerCount { get; }

    /// <summary>Runs the body once on every worker and returns when all have finished. One call at a time.</summary>
    /// <param name="body">Receives the worker's number, from 0. An exception on any worker comes out here after all have ended.</param>
    /// <exception cref="ObjectDisposedException">The threads have ended.</exception>
    public void Run(Action<int> body)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _body = body;
        _failure = null;
        Volatile.Write(ref _running, _threads.Length);
        BeginRound();
        Call(0);
        for (int waits = 0; Volatile.Read(ref _running) > 0; waits++)
            Wait(waits);
        _failure?.Throw();
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        BeginRound();
        foreach (Thread thread in _threads)
            thread.Join();
    }

    private void BeginRound()
    {
        Interlocked.Increment(ref _round);
        if (Volatile.Read(ref _asleep) == 0)
            return;
        // All are woken, and each looks whether its round has come: counted permits could be taken by a worker that has already
        // done this round and lies down again before a slower one is up.
        lock (_bed)
            Monitor.PulseAll(_bed);
    }

    private void Work(int worker)
    {
        for (int seen = 0; ; seen++)
        {
            AwaitRound(seen);
            if (_disposed)
                return;
            Call(worker);
            Interlocked.Decrement(ref _running);
        }
    }

    private void AwaitRound(int seen)
    {
        for (int waits = 0; Volatile.Read(ref _round) == seen; waits++)
        {
            if (waits < SpinsBeforeYield + YieldsBeforeSleep)
            {
                Wait(waits);
                continue;
            }
            Interlocked.Increment(ref _asleep);
            // The round may have begun between the last look and the announcement; then nobody wakes this thread.
            lock (_bed)
                while (Volatile.Read(ref _round) == seen)
                    Monitor.Wait(_bed);
            Interlocked.Decrement(ref _asleep);
        }
    }

    private void Call(int worker)
    {
        try
        {
            _body(worker);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        }
    }

    private static void Wait(int waits)
    {
        if (waits < SpinsBeforeYield)
            Thread.SpinWait(8);
        else
            Thread.Yield();
    }
}
