using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Searches, at the end of a run, what meets the target, while the networks stay as they are. Far from it the quantisation step changes. Near
/// it the step stays, for the networks learned at it, and the price of bits changes, within limits. With a start that was learned at one step a
/// change of it that brought the target no nearer is taken back, and half of it is tried.
/// </summary>
/// <param name="learner">The learner, its networks rounded.</param>
/// <param name="target">The target.</param>
/// <param name="keepsColors">Whether the synthesis keeps what it does to colours when the step changes.</param>
/// <param name="estimate">Tells about what the file is.</param>
/// <param name="settle">Tells exactly what it is, in more time.</param>
internal sealed class LatentFit(LatentLearner learner, LatentTarget target, bool keepsColors, Func<LatentResult> estimate, Func<LatentSettled> settle)
{
    /// <summary>Where the step seems to be off by no more than this share, it stays, and the price of bits does the rest.</summary>
    public const double NearEnoughToStay = 0.06;

    private const int MostTries = 20;

    /// <summary>The step may be off by this share, about; and by twice as much after so many tries.</summary>
    private const double NearEnough = 0.003, TriesToRelax = 6;

    /// <summary>A change of the price of bits to this power does what the change of the step does, about.</summary>
    private const double PricePower = 6;

    /// <summary>
    /// The lowest and the highest price, as the logarithm of a change of the step: at the lowest there is hardly any, and above the highest
    /// latents become zero that are missed. Near the target a change is no larger than the last number.
    /// </summary>
    private const double LowestPrice = -0.5, HighestPrice = 0.12, MostChangeNear = 0.05;

    /// <summary>After a larger change of the step the synthesis does what suits the new one.</summary>
    private const double LargeChange = 0.3;

    /// <summary>A change that brought the target no nearer is taken back so often; then the search goes on from there.</summary>
    private const int MostTakenBack = 2;

    /// <summary>What a try that just missed the target adds to the next, as a share, at least.</summary>
    private const double Margin = 0.002;

    private readonly LatentChoice _start = learner.CopyChoice(earlier: null);
    private StepSearch _search = new();
    private double _margin, _change, _price = 1;
    private int _takenBack;
    private (LatentSettled Settled, LatentChoice Choice)? _best;
    private LatentChoice? _fromChoice;
    private double? _fromMiss;

    /// <summary>Searches; the learner then has the best that was found.</summary>
    /// <returns>What that is: it meets the target, or comes nearest to it.</returns>
    public LatentSettled Run(CancellationToken cancellationToken)
    {
        bool wasNear = Search(cancellationToken);
        if (!HasMet || (keepsColors && !wasNear))
        {
            // What the synthesis learned at another step may spoil every other. Without it a smaller step is always a better picture.
            learner.ForgetSynthesis();
            Search(cancellationToken);
        }
        return GoBack()!;
    }

    /// <summary>Gives the learner the best that was found; where the search was stopped before it found any, what there was before it.</summary>
    /// <returns>What the best is, or null.</returns>
    public LatentSettled? GoBack()
    {
        learner.Restore(_best?.Choice ?? _start);
        return _best?.Settled;
    }

    /// <summary>Searches from where the learner is.</summary>
    /// <returns>Whether that was not far from the target.</returns>
    private bool Search(CancellationToken cancellationToken)
    {
        (_search, _fromMiss, _price) = (new StepSearch(), null, 1);
        bool wasNear = false;
        for (int attempt = 0; attempt < MostTries; attempt++)
        {
            LatentResult result = estimate();
            double miss = MissOf(result);
            if (attempt == 0)
                wasNear = Math.Abs(miss) < LargeChange;
            bool isNear = Math.Abs(miss) < NearEnough * (1 + attempt / TriesToRelax);
            if (isNear || attempt == MostTries - 1 || (target.IsMet(result) && IsBest(result)))
            {
                LatentResult exact = Settle();
                if (attempt == MostTries - 1 || (isNear && target.IsMet(exact)))
                    break;
                if (isNear)
                {
                    // What just misses the target is to meet it the next time.
                    _margin = Math.Max(Margin, 2 * _margin);
                    miss = MissOf(exact);
                }
            }
            Change(miss);
            learner.ChooseLatents((float)(LatentTraining.BitPrice * Math.Pow(_price, PricePower)), cancellationToken);
        }
        return wasNear;
    }

    private bool HasMet => _best is { } best && target.IsMet(best.Settled.Result);

    private double MissOf(in LatentResult result) => Math.Log(target.Factor(result)) + (target.IsSize ? _margin : -_margin);

    private bool IsBest(in LatentResult result) => _best is not { } best || target.IsBetter(result, best.Settled.Result);

    private LatentResult Settle()
    {
        LatentSettled settled = settle();
        if (IsBest(settled.Result))
            // What there was before is not needed any more.
            _best = (settled, learner.CopyChoice(_best?.Choice ?? _start));
        return settled.Result;
    }

    private void Change(double miss)
    {
        if (_fromMiss is double fromMiss && Math.Abs(miss) >= Math.Abs(fromMiss) && _takenBack < MostTakenBack)
        {
            learner.Restore(_fromChoice!);
            (miss, _change) = (fromMiss, _change / 2);
            _takenBack++;
        }
        else
        {
            (_fromMiss, _takenBack) = (null, 0);
            _change = Math.Log(_search.Next(learner.Step * _price, miss) / (learner.Step * _price));
        }
        bool mayStay = Math.Abs(miss) <= NearEnoughToStay;
        if (mayStay)
            _change = Math.Clamp(_change, -MostChangeNear, MostChangeNear);
        else
            _price = 1;
        if (mayStay && _takenBack == 0 && Math.Log(_price) + _change is >= LowestPrice and <= HighestPrice)
        {
            _price *= Math.Exp(_change);
            return;
        }
        if (keepsColors && _fromMiss is null)
            (_fromChoice, _fromMiss) = (learner.CopyChoice(_fromChoice), miss);
        learner.ChangeStep(learner.Step * Math.Exp(_change), keepsColors && Math.Abs(_change) < LargeChange);
    }
}

/// <summary>A file and what it paints.</summary>
/// <param name="Result">Its size, and the quality over the pixels that count.</param>
/// <param name="Mae">The mean absolute error over those.</param>
/// <param name="HeldOut">The quality over held-out pixels, or null.</param>
internal sealed record LatentSettled(LatentResult Result, double Mae, ImageQuality? HeldOut);
