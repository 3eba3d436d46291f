namespace MonaLisa.Benchmarks;

/// <summary>
/// Measures contestants in turns, with the processor's peak between any two: what else goes on meanwhile slows down all of them
/// and the peak alike, and their ratios stand. How far the cores are from each other is measured as often, since a host may move them.
/// </summary>
/// <param name="Rounds">Turns of each.</param>
/// <param name="SliceSeconds">Seconds of a turn, at least.</param>
internal sealed record Contest(int Rounds, double SliceSeconds)
{
    /// <summary>Measures and disposes the contestants.</summary>
    /// <param name="threads">Cores whose peak is measured.</param>
    /// <param name="contestants">The contestants.</param>
    public IReadOnlyList<Series> Run(int threads, IReadOnlyList<IContestant> contestants)
    {
        Series[] series = [.. contestants.Select(contestant => new Series(contestant.Name, contestant.WorkPerPixel))];
        try
        {
            foreach (IContestant contestant in contestants)
                contestant.Measure(SliceSeconds / 2);
            double before = PeakMeter.Measure(threads), distanceBefore = CoreDistance.Measure(threads);
            for (int round = 0; round < Rounds; round++)
                for (int i = 0; i < series.Length; i++)
                {
                    series[i].PixelsPerSecond.Add(contestants[i].Measure(SliceSeconds));
                    double after = PeakMeter.Measure(threads), distanceAfter = CoreDistance.Measure(threads);
                    series[i].Peak.Add((before + after) / 2);
                    series[i].CoreDistance.Add((distanceBefore + distanceAfter) / 2);
                    (before, distanceBefore) = (after, distanceAfter);
                }
        }
        finally
        {
            foreach (IContestant contestant in contestants)
                contestant.Dispose();
        }
        return series;
    }
}
