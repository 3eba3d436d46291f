using System.Runtime.ExceptionServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// A few threads that run the same body together, again and again, with little delay between. The caller is worker 0.
/// Work is handed out piece by piece, by <see cref="ForEach"/> or by the body itself, so a worker that the system does not run delays
/// no more than one piece; waiting yields the processor to other threads.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    /// <summary>Waits this many times by spinning, then by yielding, before the thread goes to sleep.</summary>
    private const int SpinsBeforeYield = 64, YieldsBeforeSleep = 2000;

    /// <summary>Of a round's value, the bits that say how many workers it calls; the others number it.</summary>
    private const int CalledBits = 16;

    private readonly List<Thread> _threads = [];
    private readonly WorkQueue _pieces = new();
    private readonly Action<int> _takePieces;
    private readonly ProcessorShare _share;
    private readonly object _wakeLock = new();
    private readonly Lock _call = new();
    private readonly bool[] _isAsleep;
    private Action<int> _body = _ => { };
    private Action<int, int> _pieceBody = (_, _) => { };
    private ExceptionDispatchInfo? _failure;
    private long _round;
    private int _running;
    private volatile bool _disposed;

    /// <summary>Starts the threads, or as many as the system allows if those asked for are no more than there are processors.</summary>
    /// <param name="workerCount">Workers, the caller counted in; 1 to 65,535.</param>
    /// <param name="share">With whom the processors are shared; null for the process.</param>
    /// <param name="start">Starts a thread; null for the runtime.</param>
    /// <exception cref="ThreadLimitException">The system allows fewer threads; those that were started are ended.</exception>
    public WorkerPool(int workerCount, ProcessorShare? share = null, Action<Thread>? start = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workerCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(workerCount, 1 << CalledBits);
        _share = share ?? ProcessorShare.OfProcess;
        _isAsleep = new bool[workerCount];
        _takePieces = TakePieces;
        for (WorkerCount = 1; WorkerCount < workerCount; WorkerCount++)
            try
            {
                int worker = WorkerCount;
                var thread = new Thread(() => Work(worker)) { IsBackground = true, Name = $"MonaLisa worker {worker}" };
                (start ?? (started => started.Start()))(thread);
                _threads.Add(thread);
            }
            // What the runtime throws where the system starts no more threads.
            catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
            {
                if (workerCount <= Environment.ProcessorCount)
                    return;
                int started = WorkerCount;
                Dispose();
                throw new ThreadLimitException(workerCount, started, exception);
            }
    }

    /// <summary>Workers, the caller counted in; at least 1.</summary>
    public int WorkerCount { get; }

    /// <summary>
    /// Runs the body once on every worker that the processor share allows, and returns when all have finished; so the body must take its
    /// work from a queue. One call at a time: another waits.
    /// </summary>
    /// <param name="body">Receives the worker's number, from 0. An exception on any worker comes out here after all have ended.</param>
    /// <param name="most">The most workers that there is work for, at least 1.</param>
    /// <exception cref="ObjectDisposedException">The threads have ended.</exception>
    public void Run(Action<int> body, int most = int.MaxValue)
    {
        lock (_call)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            int called = Math.Min(most, _share.Of(WorkerCount));
            _body = body;
            _failure = null;
            Volatile.Write(ref _running, called - 1);
            BeginRound(called);
            Call(0);
            for (int waits = 0; Volatile.Read(ref _running) > 0; waits++)
                Wait(waits);
            _failure?.Throw();
        }
    }

    /// <summary>Does pieces of work, on any worker and in any order. One call at a time: another waits. It allocates nothing.</summary>
    /// <param name="count">How many.</param>
    /// <param name="body">Receives the worker's number and the piece's, both from 0.</param>
    /// <exception cref="ObjectDisposedException">The threads have ended.</exception>
    public void ForEach(int count, Action<int, int> body)
    {
        if (count == 0)
            return;
        lock (_call)
        {
            _pieces.Reset(count);
            _pieceBody = body;
            Run(_takePieces, count);
        }
    }

    /// <summary>Ends the threads, after a call that is under way on another thread. A body must not call it.</summary>
    public void Dispose()
    {
        lock (_call)
        {
            if (_disposed)
                return;
            _disposed = true;
            BeginRound(WorkerCount);
            foreach (Thread thread in _threads)
                thread.Join();
        }
    }

    private void TakePieces(int worker)
    {
        while (_pieces.TryTake(out int piece))
            _pieceBody(worker, piece);
    }

    private void BeginRound(int called)
    {
        long number = (_round >> CalledBits) + 1;
        Interlocked.Exchange(ref _round, (number << CalledBits) | (long)called);
        // All are woken, and each checks whether it is called: a semaphore's permits could be taken by a worker that has already done
        // this round and sleeps again before a slower one is awake.
        for (int worker = 1; worker < called; worker++)
            if (Volatile.Read(ref _isAsleep[worker]))
            {
                lock (_wakeLock)
                    Monitor.PulseAll(_wakeLock);
                return;
            }
    }

    private void Work(int worker)
    {
        for (long round = 0; ;)
        {
            round = AwaitRound(worker, round);
            if (_disposed)
                return;
            Call(worker);
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>Waits for a round that calls a worker.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="done">The last round it did.</param>
    /// <returns>The round.</returns>
    private long AwaitRound(int worker, long done)
    {
        for (int waits = 0; waits < SpinsBeforeYield + YieldsBeforeSleep; waits++)
        {
            long round = Volatile.Read(ref _round);
            if (Calls(round, worker, done))
                return round;
            Wait(waits);
        }
        return Sleep(worker, done);
    }

    private long Sleep(int worker, long done)
    {
        // The round may have begun between the last look and the announcement; then no pulse will come, and this thread need not sleep.
        Volatile.Write(ref _isAsleep[worker], true);
        Interlocked.MemoryBarrier();
        long round;
        lock (_wakeLock)
            while (!Calls(round = Volatile.Read(ref _round), worker, done))
                Monitor.Wait(_wakeLock);
        Volatile.Write(ref _isAsleep[worker], false);
        return round;
    }

    private static bool Calls(long round, int worker, long done) => round != done && worker < (round & ((1 << CalledBits) - 1));

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
