using System.Diagnostics;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Training;

/// <summary>One run: epochs of shuffled pixels until a limit is reached.</summary>
internal sealed class TrainingLoop
{
    /// <summary>A mean squared error this large, a hundred times the range of colours squared, is an explosion.</summary>
    public const double ExplodedLoss = 1e4;

    /// <summary>An epoch's running PSNR lags behind the true one by less than this, in dB.</summary>
    private const double RunningPsnrLag = 1;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(50);

    private readonly PixelDataset _dataset;
    private readonly NeighborhoodLesson? _lesson;

    /// <summary>What is learned: the picture, or its lesson.</summary>
    private readonly PixelDataset _pixels;

    private readonly Mlp _network;
    private readonly TrainingOptions _options;
    private readonly IPixelLearner _learner;
    private readonly Action<TrainingProgress>? _progress;
    private readonly Action<EpochRecord>? _epochDone;
    private readonly EpochCalls _calls;
    private readonly IRunKeeper? _keeper;
    private readonly LearnerSnapshot? _kept;
    private readonly PictureIdentity? _picture;
    private readonly TrainingWatch? _watch;
    private readonly List<EpochRecord> _history = [];
    private readonly Stopwatch _clock = new();
    private readonly TimeSpan _elapsedBefore;

    /// <summary>The epoch under way, the calls done in it, its errors and when it began.</summary>
    private int _epoch = 1, _call;
    private ErrorSums _epochSums;
    private TimeSpan _epochStart;

    private double _learningRate;
    private double? _measuredPsnr;
    private TimeSpan _lastProgress;
    private Exception? _keepingFailure;

    /// <summary>Prepares a run.</summary>
    /// <param name="dataset">The picture.</param>
    /// <param name="network">Receives the weights at the end.</param>
    /// <param name="options">Options with every default filled in.</param>
    /// <param name="learner">Holds the weights meanwhile.</param>
    /// <param name="progress">Called with the run's state, or null.</param>
    /// <param name="epochDone">Called after each epoch, or null.</param>
    /// <param name="keeper">Keeps the run's state, or null.</param>
    /// <param name="state">Where to continue, or null for the beginning.</param>
    /// <param name="watch">Shows the network on the way, or null.</param>
    /// <param name="lesson">What is learned in the picture's place, or null.</param>
    public TrainingLoop(
        PixelDataset dataset, Mlp network, TrainingOptions options, IPixelLearner learner,
        Action<TrainingProgress>? progress, Action<EpochRecord>? epochDone, IRunKeeper? keeper = null, RunState? state = null,
        TrainingWatch? watch = null, NeighborhoodLesson? lesson = null)
    {
        (_lesson, _pixels) = (lesson, lesson?.Pixels ?? dataset);
        (_dataset, _network, _options, _learner, _progress, _epochDone) = (dataset, network, options, learner, progress, epochDone);
        _calls = new EpochCalls(_pixels.TrainingPixelCount, learner.PixelsPerCall);
        (_keeper, _watch) = (keeper, watch);
        if (keeper is not null)
        {
            _kept = LearnerSnapshot.For(network, options, _pixels.TrainingPixelCount);
            _picture = state?.Picture ?? PictureIdentity.Of(dataset);
        }
        if (state is null)
            return;
        RunPosition position = state.Position;
        (_epoch, _call, _epochSums) = (position.Epoch, Math.Min(position.Call, _calls.Count), position.Sums);
        (_elapsedBefore, _epochStart) = (position.Elapsed, position.Elapsed - position.EpochElapsed);
        (_learningRate, _measuredPsnr) = (position.LearningRate, position.MeasuredPsnr);
        _history.AddRange(state.History);
        learner.Restore(state.Learner, position.Steps);
    }

    /// <summary>Trains until a limit is reached or the run is cancelled.</summary>
    public TrainingRun Run(CancellationToken cancellationToken)
    {
        _keeper?.KeepFirst(State());
        AskWatchers(_learner.Steps == 0 ? 0 : _epoch, psnr: null);
        StopReason? reason = LimitReached;
        while (reason is null)
        {
            reason = RunEpoch(cancellationToken);
            // An epoch cut short is kept as such: a resumed run may complete it.
            if (reason is not null)
                KeepLast();
            if (_epochSums.Pixels == 0)
                break;
            bool isMeasured = RecordEpoch(Elapsed - _epochStart, cancellationToken);
            AskWatchers(_epoch, _history[^1].Psnr, endsEpoch: _call == _calls.Count);
            if (reason is not null)
                break;
            if (isMeasured)
                (_epoch, _call, _epochSums, _epochStart) = (_epoch + 1, 0, default, Elapsed);
            reason = isMeasured ? LimitReached : StopReason.Canceled;
            if (reason is not null)
                KeepLast();
        }
        return Finish(reason!.Value, cancellationToken);
    }

    /// <summary>Why no further epoch is to begin; null where one is.</summary>
    private StopReason? LimitReached =>
        _measuredPsnr >= _options.TargetPsnr ? StopReason.TargetPsnr : _epoch > _options.Epochs ? StopReason.Epoch : null;

    private TimeSpan Elapsed => _elapsedBefore + _clock.Elapsed;

    /// <summary>Calls of the learner done.</summary>
    private long Calls => _calls.CallsBefore(_epoch, _call);

    /// <summary>Pixels learned from.</summary>
    private long Pixels => _calls.PixelsBefore(_epoch, _call);

    private double Fraction
    {
        get
        {
            double byEpochs = _options.Epochs is { } epochs ? Calls / ((double)epochs * _calls.Count) : 0;
            double byTime = _options.MaxTime is { } time ? Elapsed / time : 0;
            return Math.Min(1, Math.Max(byEpochs, byTime));
        }
    }

    private StopReason? RunEpoch(CancellationToken cancellationToken)
    {
        var shuffle = new PixelShuffle(_pixels.TrainingPixelCount, _options.Seed, _epoch);
        bool hasBegun = false;
        while (_call < _calls.Count)
        {
            if (cancellationToken.IsCancellationRequested)
                return StopReason.Canceled;
            if (Elapsed >= _options.MaxTime)
                return StopReason.MaxTime;
            if (_keeper is not null && _keeper.IsDue())
                _keeper.BeginKeeping(State());
            int first = _calls.FirstPlaceOf(_call), end = _calls.FirstPlaceOf(_call + 1);
            _learningRate = LearningRates.At(_options.Schedule, _options.LearningRate!.Value, _options.WarmUp, Fraction);
            _clock.Start();
            if (!hasBegun)
                _learner.BeginEpoch(_epoch, isUnderWay: _call > 0);
            hasBegun = true;
            bool isDone = _learner.Learn(shuffle, first, end - first, _learningRate, out ErrorSums sums, cancellationToken);
            _clock.Stop();
            if (!isDone)
                return StopReason.Canceled;
            _call++;
            // A step whose loss is not finite is not taken.
            ThrowIfDiverged(sums.MeanSquaredError, double.IsFinite(sums.MeanSquaredError) ? _learner.Steps : _learner.Steps + 1);
            _epochSums.Add(sums);
            ReportProgress(sums);
            if (_call < _calls.Count)
                AskWatchers(_epoch, sums.Psnr);
        }
        return null;
    }

    /// <summary>Adds the epoch to the history.</summary>
    /// <returns>False where the run was cancelled before the epoch was measured.</returns>
    private bool RecordEpoch(TimeSpan time, CancellationToken cancellationToken)
    {
        ErrorSums sums = _epochSums;
        double loss = LossOf(sums);
        double pixelsPerSecond = sums.Pixels / time.TotalSeconds;
        // Averaged weights may be far better than those that the steps saw.
        bool mayReachTarget = sums.Psnr >= _options.TargetPsnr - RunningPsnrLag ||
            _options is { TargetPsnr: not null, AverageDecay: not null };
        bool shouldMeasure = _options.MeasureEachEpoch || mayReachTarget;
        ErrorSums? measured = shouldMeasure ? MeasureUnlessCanceled(_pixels.TrainingPixels, cancellationToken) : null;
        ErrorSums? heldOut = measured is null ? null : MeasureHeldOut(cancellationToken);
        sums = measured ?? sums;
        ThrowIfDiverged(sums.MeanSquaredError, _learner.Steps);
        var record = new EpochRecord
        {
            Epoch = _epoch,
            Loss = loss,
            Psnr = sums.Psnr,
            Mae = sums.Mae,
            LearningRate = _learningRate,
            PixelsPerSecond = pixelsPerSecond,
            Elapsed = Elapsed,
            HeldOutPsnr = heldOut?.Psnr,
            HeldOutMae = heldOut?.Mae,
        };
        _history.Add(record);
        _epochDone?.Invoke(record);
        _measuredPsnr = measured?.Psnr;
        return !shouldMeasure || (measured is not null && (heldOut is not null || _pixels.HeldOutPixelCount == 0));
    }

    /// <summary>The errors over the held-out pixels; null where there are none, and where the run is cancelled.</summary>
    private ErrorSums? MeasureHeldOut(CancellationToken cancellationToken) =>
        _pixels.HeldOutPixelCount == 0 ? null : MeasureUnlessCanceled(_pixels.HeldOutPixels, cancellationToken);

    private ErrorSums? MeasureUnlessCanceled(PixelRange pixels, CancellationToken cancellationToken)
    {
        try
        {
            return _learner.Measure(pixels, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private TrainingRun Finish(StopReason reason, CancellationToken cancellationToken)
    {
        _learner.Save(_network);
        double psnr = _history.LastOrDefault()?.Psnr ?? double.NaN, mae = _history.LastOrDefault()?.Mae ?? double.NaN;
        double? heldOutPsnr = _history.LastOrDefault()?.HeldOutPsnr, heldOutMae = _history.LastOrDefault()?.HeldOutMae;
        if (MeasureUnlessCanceled(_pixels.TrainingPixels, cancellationToken) is { } sums)
        {
            ThrowIfDiverged(sums.MeanSquaredError, _learner.Steps);
            (psnr, mae) = (sums.Psnr, sums.Mae);
            ErrorSums? heldOut = MeasureHeldOut(cancellationToken);
            (heldOutPsnr, heldOutMae) = (heldOut?.Psnr, heldOut?.Mae);
            if (heldOut is null && _pixels.HeldOutPixelCount > 0)
                reason = StopReason.Canceled;
        }
        else
        {
            reason = StopReason.Canceled;
        }
        AskWatchers(_history.Count, double.IsNaN(psnr) ? null : psnr, endsEpoch: _call == 0 || _call == _calls.Count, endsRun: true);
        Mlp network = _network;
        bool isPainted = _lesson is not null && _dataset.HeldOutPixelCount > 0;
        if (isPainted)
            (heldOutPsnr, heldOutMae) = (null, null);
        try
        {
            network = Guarded(reason, cancellationToken);
            if (isPainted && reason != StopReason.Canceled)
                (heldOutPsnr, heldOutMae) = MeasurePainted(network, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // It has the network and the figures that were there by then.
            reason = StopReason.Canceled;
        }
        var run = new TrainingRun
        {
            Network = network,
            Dataset = _dataset,
            Options = _options,
            History = _history,
            Psnr = psnr,
            Mae = mae,
            HeldOutPsnr = heldOutPsnr,
            HeldOutMae = heldOutMae,
            StopReason = reason,
            Provider = _learner.Provider,
            ThreadCount = _learner.ThreadCount,
            Steps = _learner.Steps,
            Elapsed = Elapsed,
            PixelsPerSecond = Pixels == 0 ? 0 : Pixels / Elapsed.TotalSeconds,
            CheckpointFailure = _keepingFailure,
        };
        // Without its run the network still knows its picture's name and size, as one from a model file does.
        return run with { Network = run.Network.WithTraining(run.Facts()) };
    }

    /// <summary>
    /// The network, of which no more is painted than does good. One that was stopped is not measured for it. Nor is one that removes noise, beside
    /// which there is nothing better to paint, and one that fills gaps and began with what it learned from photographs: that is more to rely on
    /// than what other known pixels tell.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    private Mlp Guarded(StopReason reason, CancellationToken cancellationToken) =>
        _lesson is null || reason == StopReason.Canceled || _network.Design.Encoding is not NeighborhoodEncoding encoding ||
            encoding.Task == NeighborhoodTask.Denoise || (encoding.Task == NeighborhoodTask.Fill && NeighborhoodStart.IsFor(_network.Design)) ? _network
        : _network.WithEncoding(
            encoding with { Blend = NeighborhoodGuard.Blend(_lesson, _network, _options, cancellationToken) }, _network.EncodingTensors);

    /// <summary>How well a network paints the held-out pixels of a picture that it did not learn itself.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    private (double? Psnr, double? Mae) MeasurePainted(Mlp network, CancellationToken cancellationToken)
    {
        using var renderer = new ImageRenderer(network, _options.Provider, _options.ThreadCount, cancellationToken);
        ImageQuality heldOut = QualityMeter
            .Measure(_dataset, _dataset.Channels, (firstRow, rowCount, colors) =>
                renderer.Render(_dataset.Width, _dataset.Height, firstRow, rowCount, colors, cancellationToken), cancellationToken)
            .First(figures => figures.Pixels == PixelSet.HeldOut);
        return (heldOut.Psnr, heldOut.Mae);
    }

    private void AskWatchers(int epoch, double? psnr, bool endsEpoch = false, bool endsRun = false) =>
        _watch?.Ask(new TrainingState(epoch, _learner.Steps, Elapsed, psnr, endsEpoch, endsRun));

    private void KeepLast()
    {
        if (_keeper is null)
            return;
        _keeper.Await();
        _keepingFailure = _keeper.KeepLast(State());
    }

    /// <summary>A copy of the run's state; the keeper must be done with the one before.</summary>
    private RunState State()
    {
        _learner.CopyState(_kept!);
        var position = new RunPosition(
            _epoch, _call, _learner.Steps, Elapsed, Elapsed - _epochStart, _learningRate, _measuredPsnr, _epochSums);
        // An epoch that is in the history and not complete is not counted.
        return new RunState(_options, _picture!, _learner.Provider, position, [.. _history.Take(_epoch - 1)], _kept!);
    }

    private double LossOf(in ErrorSums sums) => _options.PixelLoss.MeanOf(sums, _network.OutputCount);

    private void ThrowIfDiverged(double meanSquaredError, long step)
    {
        if (!(meanSquaredError <= ExplodedLoss))
            throw new TrainingDivergedException(step, meanSquaredError, _learningRate);
    }

    private void ReportProgress(in ErrorSums sums)
    {
        if (_progress is null || Elapsed - _lastProgress < ProgressInterval)
            return;
        _lastProgress = Elapsed;
        double fraction = Fraction;
        _progress(new TrainingProgress(
            _epoch, _learner.Steps, fraction, LossOf(sums), sums.Psnr, Pixels / Elapsed.TotalSeconds, Elapsed,
            RemainingTime.Of(Elapsed, fraction)));
    }
}
