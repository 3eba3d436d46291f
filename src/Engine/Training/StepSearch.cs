namespace MonaLisa.Engine.Training;

/// <summary>
/// Searches the quantisation step that meets a target, by the logarithm of the step. Files become smaller with larger steps, sometimes at
/// once, so what two steps gave is interpolated between.
/// </summary>
internal sealed class StepSearch
{
    private const double LeastSlope = 0.5, MostSlope = 6, LargestChange = 0.7;

    /// <summary>The largest change becomes smaller with each that was made in a run, but not smaller than this.</summary>
    private const double LeastLimit = 0.03;

    /// <summary>After so many changes the largest is half as large.</summary>
    private const double ChangesToHalve = 4;

    /// <summary>Epochs after a change until its effect can be seen, and after how many changes one more is awaited.</summary>
    private const int EpochsToSettle = 1, ChangesPerEpoch = 8;

    /// <summary>Between two steps the next is at least this share of their distance away from both.</summary>
    private const double InnerShare = 0.1;

    /// <summary>What is left of the miss after a change that did its work, at most; after one that did not, the next is twice as large.</summary>
    private const double LeftAtMost = 0.7;

    private double _lastStep = double.NaN, _lastMiss, _boost = 1;
    private int _changes, _wait;
    private double _below = double.NegativeInfinity, _belowMiss, _above = double.PositiveInfinity, _aboveMiss;

    /// <summary>Takes over a search among steps that do not give the same again.</summary>
    public void Restore(LatentState state)
    {
        (_lastStep, _lastMiss, _boost) = (state[LatentNumber.SearchStep], state[LatentNumber.SearchMiss], state[LatentNumber.SearchBoost]);
        (_changes, _wait) = ((int)state[LatentNumber.SearchChanges], (int)state[LatentNumber.SearchWait]);
    }

    /// <summary>Copies what the next step depends on.</summary>
    public void CopyTo(LatentState state)
    {
        (state[LatentNumber.SearchStep], state[LatentNumber.SearchMiss], state[LatentNumber.SearchBoost]) = (_lastStep, _lastMiss, _boost);
        (state[LatentNumber.SearchChanges], state[LatentNumber.SearchWait]) = (_changes, _wait);
    }

    /// <summary>Whether an epoch of a run is too early to judge the last change; called once for each epoch.</summary>
    public bool Waits() => _wait > 0 && _wait-- > 0;

    /// <summary>
    /// The step for the next epochs of a run, whose networks learn meanwhile. Each change costs what was learned, and how an epoch misses
    /// the target is partly chance, so changes become smaller and rarer: a long run does not swing.
    /// </summary>
    /// <param name="step">The step of the last epoch.</param>
    /// <param name="miss">As for <see cref="Next"/>.</param>
    /// <param name="tolerance">The miss that is no reason for a change.</param>
    /// <returns>The next step, or null to keep the step.</returns>
    public double? Follow(double step, double miss, double tolerance)
    {
        double next = Next(step, miss, isStationary: false);
        if (Math.Abs(miss) <= tolerance)
            return null;
        _changes++;
        _wait = EpochsToSettle + _changes / ChangesPerEpoch;
        return next;
    }

    /// <summary>The next step to try.</summary>
    /// <param name="step">The step that was tried.</param>
    /// <param name="miss">The logarithm of the factor by which the step seems too small; negative where it is too large.</param>
    /// <param name="isStationary">
    /// Whether a step gives the same again, so that the right one lies between one that was too small and one that was too large.
    /// </param>
    public double Next(double step, double miss, bool isStationary)
    {
        double at = Math.Log(step);
        _boost = miss / _lastMiss > LeftAtMost ? 2 * _boost : 1;
        double limit = Math.Max(LeastLimit, LargestChange / (1 + _changes / ChangesToHalve));
        double next = at + Math.Clamp(_boost * miss / SlopeBefore(at, miss), -limit, limit);
        (_lastStep, _lastMiss) = (at, miss);
        if (isStationary)
        {
            if (miss > 0)
                (_below, _belowMiss) = (at, miss);
            else
                (_above, _aboveMiss) = (at, miss);
            if (double.IsFinite(_below) && double.IsFinite(_above))
                next = Between();
        }
        return Math.Exp(next);
    }

    /// <summary>How fast the miss falls, by the last two steps.</summary>
    private double SlopeBefore(double at, double miss)
    {
        if (!(Math.Abs(at - _lastStep) > 0.01))
            return 1;
        return Math.Clamp((_lastMiss - miss) / (at - _lastStep), LeastSlope, MostSlope);
    }

    private double Between()
    {
        double share = _belowMiss / (_belowMiss - _aboveMiss);
        return _below + (_above - _below) * Math.Clamp(share, InnerShare, 1 - InnerShare);
    }
}
