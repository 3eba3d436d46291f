using System.Diagnostics;

namespace MonaLisa.Quality;

/// <summary>Watches this process's working set, from its making to its end.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly Timer _timer;
    private readonly long _start;
    private long _peak;

    /// <summary>Collects garbage, gives the memory back, and starts from what is left.</summary>
    public MemoryWatch()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _start = _peak = WorkingSet();
        _timer = new Timer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>The highest working set so far beyond that of the start, in bytes.</summary>
    public long Growth
    {
        get
        {
            Look();
            return _peak - _start;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_gate)
            _peak = Math.Max(_peak, WorkingSet());
    }

    private static long WorkingSet()
    {
        using Process self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
