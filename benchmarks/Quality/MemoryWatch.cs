using System.Buffers.Text;
using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace MonaLisa.Quality;

/// <summary>Watches this process's working set, from its making to its end.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly SafeFileHandle? _pages = OperatingSystem.IsLinux() ? File.OpenHandle("/proc/self/statm") : null;
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

    public void Dispose()
    {
        using var ended = new ManualResetEvent(initialState: false);
        if (_timer.Dispose(ended))
            ended.WaitOne();
        _pages?.Dispose();
    }

    private void Look()
    {
        lock (_gate)
            _peak = Math.Max(_peak, WorkingSet());
    }

    /// <summary>The working set in bytes; where it can be had without, no garbage is made, which would soon be what is measured.</summary>
    private long WorkingSet()
    {
        if (_pages is null)
        {
            using Process self = Process.GetCurrentProcess();
            return self.WorkingSet64;
        }
        Span<byte> text = stackalloc byte[128];
        text = text[..RandomAccess.Read(_pages, text, fileOffset: 0)];
        return Utf8Parser.TryParse(text[(text.IndexOf((byte)' ') + 1)..], out long pages, out _)
            ? pages * Environment.SystemPageSize : throw new InvalidOperationException("Linux does not tell the working set.");
    }
}
