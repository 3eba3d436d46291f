namespace MonaLisa.PowerShell;

/// <summary>Lets a report pass at most once in an interval; the first passes at once.</summary>
/// <param name="interval">The shortest time between two reports.</param>
/// <param name="clock">The clock to go by.</param>
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
