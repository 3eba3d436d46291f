namespace MonaLisa.Engine.Training;

/// <summary>
/// Searches the quantisation step that meets a target, by the logarithm of the step and what the last two gave.
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

    /// <summary>What is left of the miss after a change that did its work, at most; after one that did not, the next is twice as large.</summary>
    private const double LeftAtMost = 0.7;

    /// <summary>What smaller changes of the step did is chance.</summary>
    private const double SmallestChange = 2e-3;

    private double _lastStep = double.NaN, _lastMiss, _boost = 1;
    private int _changes, _wait;

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
        double next = Next(step, miss);
        if (Math.Abs(miss) <= tolerance)
            return null;
        _changes++;
        _wait = EpochsToSettle + _changes / ChangesPerEpoch;
        return next;
    }

    /// <summary>The next step to try.</summary>
    /// <param name="step">The step that was tried.</param>
    /// <param name="miss">The logarithm of the factor by which the step seems too small; negative where it is too large.</param>
    public double Next(double step, double miss)
    {
        double at = Math.Log(step);
        _boost = miss / _lastMiss > LeftAtMost ? 2 * _boost : 1;
        double limit = Math.Max(LeastLimit, LargestChange / (1 + _changes / ChangesToHalve));
        double next = at + Math.Clamp(_boost * miss / SlopeBefore(at, miss), -limit, limit);
        (_lastStep, _lastMiss) = (at, miss);
        return Math.Exp(next);
    }

    /// <summary>How fast the miss falls, by the last two steps.</summary>
    private double SlopeBefore(double at, double miss)
    {
        if (!(Math.Abs(at - _lastStep) > SmallestChange))
            return 1;
        return Math.Clamp((_lastMiss - miss) / (at - _lastStep), LeastSlope, MostSlope);
    }
}
