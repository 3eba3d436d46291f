using System.Management.Automation;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>One progress record with an id that is unique in the process, so that runs in several runspaces stay apart.</summary>
/// <param name="write">Writes the record; always called on one thread.</param>
/// <param name="title">What is done.</param>
/// <param name="parent">The record under which this one is shown, or null.</param>
internal sealed class ProgressActivity(Action<ProgressRecord> write, string title, ProgressActivity? parent = null)
{
    private static int s_lastId = 2011;

    [ThreadStatic]
    private static ProgressActivity? s_enclosing;

    private readonly ProgressActivity? _parent = parent ?? s_enclosing;
    private readonly int _id = Interlocked.Increment(ref s_lastId);
    private string _status = " ";
    private bool _isShown;

    /// <summary>Shows how far the work is.</summary>
    /// <param name="status">The figures.</param>
    /// <param name="fraction">Share of the work that is done, 0 to 1, or null where it is unknown.</param>
    /// <param name="remaining">Time still needed, or null where it is unknown.</param>
    public void Show(string status, double? fraction = null, TimeSpan? remaining = null)
    {
        _status = status;
        _isShown = true;
        ProgressRecord record = Record();
        record.PercentComplete = fraction is double share ? (int)(100 * Math.Clamp(share, 0, 1)) : -1;
        record.SecondsRemaining = remaining is TimeSpan time ? (int)Math.Clamp(Math.Ceiling(time.TotalSeconds), 0, int.MaxValue) : -1;
        write(record);
    }

    /// <summary>Takes the record off the screen, if it was ever shown.</summary>
    public void Complete()
    {
        if (!_isShown)
            return;
        _isShown = false;
        ProgressRecord record = Record();
        record.RecordType = ProgressRecordType.Completed;
        try
        {
            write(record);
        }
        catch (PipelineStoppedException)
        {
            // A stopped pipeline takes no more records; PowerShell clears its progress itself.
        }
    }

    private ProgressRecord Record() => new(_id, PlainText.Line(title), PlainText.Line(_status)) { ParentActivityId = _parent?._id ?? -1 };

    /// <summary>Puts the records that commands begin on this thread under this one, until what it gives is disposed.</summary>
    public IDisposable Enclose() => new Enclosure(this);

    private sealed class Enclosure : IDisposable
    {
        private readonly ProgressActivity? _before = s_enclosing;

        public Enclosure(ProgressActivity activity) => s_enclosing = activity;

        public void Dispose() => s_enclosing = _before;
    }
}

/// <summary>Lets a report pass at most once in an interval; the first passes at once.</summary>
/// <param name="interval">The shortest time between two reports.</param>
/// <param name="clock">The clock.</param>
internal sealed class ProgressThrottle(TimeSpan interval, TimeProvider clock)
{
    /// <summary>A person reads no more than five figures a second.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(200);

    private long? _last;

    public ProgressThrottle()
        : this(DefaultInterval, TimeProvider.System)
    {
    }

    /// <summary>Whether it is time for a report.</summary>
    public bool TryPass()
    {
        long now = clock.GetTimestamp();
        if (_last is long last && clock.GetElapsedTime(last, now) < interval)
            return false;
        _last = now;
        return true;
    }
}
