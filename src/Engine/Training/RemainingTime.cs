namespace MonaLisa.Engine.Training;

/// <summary>How long a run still takes.</summary>
internal static class RemainingTime
{
    /// <summary>In seconds. What takes longer than a century has no end that could be told.</summary>
    private const double Longest = 100.0 * 365 * 24 * 3600;

    /// <summary>The time still planned, or null where it cannot be known yet.</summary>
    /// <param name="elapsed">The time so far.</param>
    /// <param name="fraction">The share of the run that is done, 0 to 1.</param>
    public static TimeSpan? Of(TimeSpan elapsed, double fraction)
    {
        double seconds = elapsed.TotalSeconds * (1 - fraction) / fraction;
        return seconds < Longest ? TimeSpan.FromSeconds(seconds) : null;
    }
}
