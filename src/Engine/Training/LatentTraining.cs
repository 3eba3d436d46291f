using System.Diagnostics;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>
/// A run that trains a network with latents. Most epochs change the quantisation step towards the target; at the end the networks' numbers
/// are rounded as a file has them, and the step is searched that meets the target.
/// </summary>
internal sealed class LatentTraining : IDisposable
{
    /// <summary>The squared error, in squared steps, that a bit is worth.</summary>
    public const float BitPrice = 0.1f;

    /// <summary>The bits that a difference of 1 from the start costs, about; of a start for pictures of this kind more, as it is nearer.</summary>
    private const float Pull = 80, OwnPull = 200;

    /// <summary>The step may be off by this share during the run: changing it costs what was learned.</summary>
    private const double Tolerance = 0.02;

    /// <summary>The share of the run after which what meets the target stays.</summary>
    private const double SafeShare = 0.7;

    /// <summary>The share of the run in which the step changes.</summary>
    private const double SearchShare = 0.9;

    private const double EntropyRate = 5e-3, SynthesisRate = 7e-3, LeastRateShare = 0.02;

    private readonly PixelDataset _picture;
    private readonly MlpDesign _design;
    private readonly TrainingOptions _options;
    private readonly LatentTarget _target;
    private readonly LatentWork _work;
    private readonly LatentColors _colors;
    private readonly LatentLearner _learner;
    private readonly Action<TrainingProgress>? _progress;
    private readonly Action<EpochRecord>? _epochDone;
    private readonly IReadOnlyList<ITrainingWatcher> _watchers;
    private readonly List<EpochRecord> _history = [];
    private readonly Stopwatch _clock = new();
    private readonly StepSearch _search = new();
    private readonly int _describedBytes;
    private readonly bool _learnsStart;
    private readonly IRunKeeper? _keeper;
    private readonly LearnerSnapshot? _kept;
    private readonly PictureIdentity? _identity;
    private readonly TimeSpan _elapsedBefore;
    private readonly TrainingOptions? _optionsBefore;
    private RunState? _state;
    private float _measuredStep;
    private Exception? _keepingFailure;

    /// <summary>Prepares a run.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="network">The network to start with; its picture does not count.</param>
    /// <param name="options">Options with every default filled in.</param>
    /// <param name="progress">Called after each epoch, or null.</param>
    /// <param name="epochDone">Called after each epoch, or null.</param>
    /// <param name="watchers">See the network after each epoch.</param>
    /// <param name="keeper">Keeps the run's state, or null.</param>
    /// <param name="state">Where to continue, or null for the beginning.</param>
    /// <param name="learnsStart">Whether it is a start that is learned: then the numbers of the networks cost nothing.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public LatentTraining(
        PixelDataset picture, Mlp network, TrainingOptions options, Action<TrainingProgress>? progress, Action<EpochRecord>? epochDone,
        IReadOnlyList<ITrainingWatcher>? watchers, IRunKeeper? keeper = null, RunState? state = null, bool learnsStart = false)
    {
        _target = new LatentTarget(options, picture.PixelCount);
        _learnsStart = learnsStart;
        (_picture, _options, _progress, _epochDone, _watchers) = (picture, options, progress, epochDone, watchers ?? []);
        LatentEncoding encoding = ((LatentEncoding)network.Design.Encoding).At(picture.Width, picture.Height, picture.Channels);
        _design = network.Design.With(encoding);
        _design.Validate();
        _work = new LatentWork(options.ThreadCount);
        try
        {
            ThinKernel kernel = ThinKernel.Of(InstructionSets.Best);
            LatentGaps? gaps = LatentGaps.Of(picture);
            _colors = LatentColors.Of(picture, gaps);
            _learner = new LatentLearner(
                picture, encoding, LatentEncoding.StepOf(network), _colors, gaps, LatentNetwork.EntropyOf(network, kernel), LatentSynthesis.NetworkOf(network, kernel),
                (encoding.Start.Entropy.ToArray(), encoding.Start.Layers(_design)), learnsStart ? 0 : encoding.OwnStart is null ? Pull : OwnPull, BitPrice, _work, options.Seed);
            _measuredStep = _learner.Step;
            _describedBytes = LatentBitstream.FrameBytes + LatentBitstream.Describe(_design, _colors, _learner.Step, Facts()).Length;
            if (keeper is not null)
            {
                (_keeper, _kept) = (keeper, LearnerSnapshot.For(_design, options, picture.TrainingPixelCount));
                _identity = state?.Picture ?? PictureIdentity.Of(picture);
            }
            if (state is null)
                return;
            _learner.Restore(state.Learner);
            _search.Restore(state.Learner.Latents!);
            _measuredStep = _learner.Step;
            _describedBytes = (int)state.Learner.Latents![LatentNumber.DescribedBytes];
            (_elapsedBefore, _optionsBefore) = (state.Position.Elapsed, state.Options);
            _history.AddRange(state.History);
        }
        catch
        {
            _work.Dispose();
            throw;
        }
    }

    /// <summary>Trains until a limit is reached or the run is cancelled.</summary>
    /// <exception cref="LatentTargetException">The size or quality that is asked for cannot be reached.</exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number.</exception>
    public TrainingRun Run(CancellationToken cancellationToken)
    {
        StopReason reason = StopReason.Canceled;
        _clock.Start();
        try
        {
            reason = RunEpochs(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _clock.Stop();
        }
        return Finish(reason, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _work.Dispose();

    private StopReason RunEpochs(CancellationToken cancellationToken)
    {
        _keeper?.KeepFirst(CopyState());
        AskWatchers(_history.Count, _history.LastOrDefault()?.Psnr, endsRun: false);
        for (int epoch = _history.Count + 1; epoch <= (_options.Epochs ?? int.MaxValue); epoch++)
        {
            if (Elapsed >= _options.MaxTime)
                return StopReason.MaxTime;
            cancellationToken.ThrowIfCancellationRequested();
            TimeSpan start = Elapsed;
            if (_target.IsGiven && _history.Count > 0 && Fraction(_history.Count) < SearchShare && !_search.Waits())
                Approach(_history[^1], cancellationToken);
            double rate = RateShare(Fraction(epoch - 1));
            double error = _learner.LearnSynthesis((float)(SynthesisRate * rate), cancellationToken);
            ThrowIfDiverged(error, epoch, SynthesisRate * rate);
            ThrowIfDiverged(_learner.MoveTargets(cancellationToken), epoch, SynthesisRate * rate);
            double bits = _learner.LearnEntropy((float)(EntropyRate * rate), BitPrice, cancellationToken);
            ThrowIfDiverged(bits, epoch, EntropyRate * rate);
            _learner.ShowDetails();
            Record(epoch, rate, error, (bits + (_learnsStart ? 0 : _learner.ParameterBits)) / 8 + _describedBytes, start);
            Keep();
        }
        return StopReason.Epoch;
    }

    private static void ThrowIfDiverged(double loss, int epoch, double learningRate)
    {
        if (!double.IsFinite(loss))
            throw TrainingDivergedException.OfLatents(epoch, loss, learningRate);
    }

    /// <summary>Copies the state between two epochs, to which a run that is stopped in the next one goes back, and keeps it if that is due.</summary>
    private void Keep()
    {
        if (_keeper is null)
            return;
        _keeper.Await();
        RunState state = CopyState();
        if (_keeper.IsDue())
            _keeper.BeginKeeping(state);
    }

    private void KeepLast(RunState? state)
    {
        if (_keeper is null || state is null)
            return;
        _keeper.Await();
        _keepingFailure = _keeper.KeepLast(state);
    }

    private RunState CopyState()
    {
        _learner.CopyState(_kept!);
        _search.CopyTo(_kept!.Latents!);
        _kept.Latents![LatentNumber.DescribedBytes] = _describedBytes;
        int done = _history.Count;
        var position = new RunPosition(
            done + 1, Call: 0, done, Elapsed, EpochElapsed: TimeSpan.Zero, _history.LastOrDefault()?.LearningRate ?? 0, MeasuredPsnr: null, Sums: default);
        return _state = new RunState(_options, _identity!, Provider, position, [.. _history], _kept);
    }

    private TimeSpan Elapsed => _elapsedBefore + _clock.Elapsed;

    private static string Provider => $"{ComputeProvider.Managed} ({InstructionSets.NameOf(InstructionSets.Best)})";

    private double Fraction(int epochsDone)
    {
        double byEpochs = _options.Epochs is int epochs ? (double)epochsDone / epochs : 0;
        double byTime = _options.MaxTime is TimeSpan time ? Elapsed / time : 0;
        return Math.Min(1, Math.Max(byEpochs, byTime));
    }

    private static double RateShare(double fraction) =>
        LeastRateShare + (1 - LeastRateShare) * LearningRates.At(LearningRateSchedule.Cosine, start: 1, fraction);

    /// <summary>Changes the step by what the last epoch missed: not at its end, so that a run that is stopped has the step of its last figures.</summary>
    private void Approach(EpochRecord last, CancellationToken cancellationToken)
    {
        double ssim = _target.NeedsSsim ? Measure(cancellationToken)[0].Ssim : double.NaN;
        bool isLate = Fraction(_history.Count) >= SafeShare;
        // What the rounding at the end will cost is made up for while the networks learn.
        double psnr = isLate && KeepsColors ? _learner.RoundedPsnr(cancellationToken) : last.Psnr;
        var result = new LatentResult(last.BitsPerPixel!.Value * _picture.PixelCount / 8, psnr, ssim);
        double miss = Math.Log(_target.Factor(result));
        // What meets the target late in the run is not put at risk for a little: a step that is a little too large may be much worse.
        bool isSafe = isLate && _target.IsMet(result) && Math.Abs(miss) <= LatentFit.NearEnoughToStay;
        if (!isSafe && _search.Follow(_learner.Step, miss, Tolerance) is double step)
            _learner.ChangeStep(step, KeepsColors);
    }

    /// <summary>
    /// Whether the synthesis is to keep what it does to colours when the step changes. The start of this program was learned at many steps,
    /// and does at each what suits it; another was learned at one.
    /// </summary>
    private bool KeepsColors => ((LatentEncoding)_design.Encoding).OwnStart is not null;

    private void Record(int epoch, double rate, double error, double bytes, TimeSpan start)
    {
        TimeSpan elapsed = Elapsed;
        double bitsPerPixel = 8 * bytes / _picture.PixelCount, fraction = Fraction(epoch), psnr = _learner.ColorErrors.Psnr;
        var record = new EpochRecord
        {
            Epoch = epoch,
            Loss = error,
            Psnr = psnr,
            Mae = _learner.ColorErrors.Mae,
            BitsPerPixel = bitsPerPixel,
            LearningRate = EntropyRate * rate,
            PixelsPerSecond = _picture.PixelCount / (elapsed - start).TotalSeconds,
            Elapsed = elapsed,
        };
        _history.Add(record);
        _measuredStep = _learner.Step;
        _epochDone?.Invoke(record);
        AskWatchers(epoch, psnr, endsRun: false);
        _progress?.Invoke(new TrainingProgress(
            epoch, epoch, fraction, error, psnr, (double)_picture.PixelCount * epoch / elapsed.TotalSeconds, elapsed,
            RemainingTime.Of(elapsed, fraction), bitsPerPixel));
    }

    private TrainingRun Finish(StopReason reason, CancellationToken cancellationToken)
    {
        KeepLast(_state);
        LatentSettled settled = reason == StopReason.Canceled ? SettleAtOnce() : FitUnlessCanceled(ref reason, cancellationToken);
        _clock.Stop();
        LatentResult result = settled.Result;
        if (reason != StopReason.Canceled && !_target.IsMet(result))
        {
            // A target that was asked for in vain is not kept.
            if (_optionsBefore is not null && _state is not null)
                KeepLast(_state with { Options = _optionsBefore });
            throw _target.Unreachable(_picture.Name, result, _picture.PixelCount);
        }
        AskWatchers(_history.Count, double.IsNaN(result.Psnr) ? null : result.Psnr, endsRun: true);
        _learner.EndLearning();
        var run = new TrainingRun
        {
            Network = Network(),
            Dataset = _picture,
            Options = _options,
            History = _history,
            Psnr = result.Psnr,
            Mae = settled.Mae,
            HeldOutPsnr = settled.HeldOut?.Psnr,
            HeldOutMae = settled.HeldOut?.Mae,
            BitsPerPixel = double.IsNaN(result.Bytes) ? null : 8 * result.Bytes / _picture.PixelCount,
            StopReason = reason,
            Provider = Provider,
            ThreadCount = _work.ThreadCount,
            Steps = _history.Count,
            Elapsed = Elapsed,
            PixelsPerSecond = (double)_picture.PixelCount * _history.Count / Elapsed.TotalSeconds,
            CheckpointFailure = _keepingFailure,
        };
        return run with { Network = run.Network.WithTraining(run.Facts()) };
    }

    private LatentSettled FitUnlessCanceled(ref StopReason reason, CancellationToken cancellationToken)
    {
        LatentFit? fit = null;
        try
        {
            if (_learnsStart)
                _learner.RoundParametersLeast();
            else
                _learner.RoundParameters(cancellationToken);
            _learner.ChooseLatents(BitPrice, cancellationToken);
            if (!_target.IsGiven)
                return Settle(cancellationToken);
            fit = new LatentFit(_learner, _target, KeepsColors, () => Estimate(cancellationToken), () => Settle(cancellationToken));
            return fit.Run(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            reason = StopReason.Canceled;
            return fit?.GoBack() ?? SettleAtOnce();
        }
    }

    /// <summary>What a run has that was stopped, wherever it was: the figures of its last epoch, if it has any, because whoever stopped it does not wait.</summary>
    private LatentSettled SettleAtOnce()
    {
        // The epoch that was stopped may have begun with another step.
        if (_learner.Step != _measuredStep)
            _learner.ChangeStep(_measuredStep, KeepsColors);
        _learner.RoundParametersAtOnce();
        EpochRecord? last = _history.LastOrDefault();
        double bytes = last?.BitsPerPixel * _picture.PixelCount / 8 ?? double.NaN;
        return new LatentSettled(new LatentResult(bytes, last?.Psnr ?? double.NaN, double.NaN), last?.Mae ?? double.NaN, HeldOut: null);
    }

    private LatentResult Estimate(CancellationToken cancellationToken)
    {
        double bits = _learner.LearnEntropy(0, bitPrice: null, cancellationToken) + (_learnsStart ? 0 : _learner.ExactParameterBits);
        _learner.LearnSynthesis(0, cancellationToken);
        return new LatentResult(bits / 8 + _describedBytes, _learner.ColorErrors.Psnr, _target.NeedsSsim ? Measure(cancellationToken)[0].Ssim : double.NaN);
    }

    private LatentSettled Settle(CancellationToken cancellationToken)
    {
        byte[] stream = LatentBitstream.Write(
            _design, _learner.Planes, _colors, _learner.Step, _learner.Entropy, _learner.Synthesis.Parameters, Facts(), _work, cancellationToken);
        IReadOnlyList<ImageQuality> quality = Measure(cancellationToken);
        int bytes = LatentBitstream.FileLength(stream, _picture.PixelCount) - (_learnsStart ? (int)_learner.ExactParameterBits / 8 : 0);
        var result = new LatentResult(bytes, quality[0].Psnr, quality[0].Ssim);
        return new LatentSettled(result, quality[0].Mae, quality.ElementAtOrDefault(1));
    }

    private TrainingFacts Facts() => new() { PictureName = _picture.Name, Epochs = _history.Count, Psnr = 1 };

    private Mlp Network() =>
        LatentNetwork.Compose(_design, _learner.Planes, _colors, _learner.Step, _learner.Entropy, _learner.Synthesis.Parameters);

    private IReadOnlyList<ImageQuality> Measure(CancellationToken cancellationToken)
    {
        LatentRows rows = _learner.Rows();
        return QualityMeter.Measure(
            _picture, _picture.Channels, (firstRow, rowCount, colors) => rows.Paint(firstRow, rowCount, colors, cancellationToken), cancellationToken);
    }

    private void AskWatchers(int epoch, double? psnr, bool endsRun)
    {
        // The search at the end counts as a step.
        var state = new TrainingState(epoch, endsRun ? epoch + 1 : epoch, Elapsed, psnr, EndsEpoch: epoch > 0, EndsRun: endsRun);
        Mlp? network = null;
        foreach (ITrainingWatcher watcher in _watchers.Where(watcher => watcher.IsDue(state)))
        {
            _clock.Stop();
            watcher.Look(network ??= Network(), state);
            if (!endsRun)
                _clock.Start();
        }
    }
}
