using System.Diagnostics;
using MonaLisa.Engine.Kernels;

namespace MonaLisa.Engine.Training;

/// <summary>One run: epochs of shuffled pixels until a limit is reached.</summary>
internal sealed class TrainingLoop
{
    /// <summary>A mean squared error this large, a hundred times the range of colours squared, is an explosion.</summary>
    private const double ExplodedLoss = 1e4;

    /// <summary>An epoch's running PSNR lags behind the true one by less than this, in dB.</summary>
    private const double RunningPsnrLag = 1;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(50);

    private readonly PixelDataset _dataset;
    private readonly Mlp _network;
    private readonly TrainingOptions _options;
    private readonly IPixelLearner _learner;
    private readonly Action<TrainingProgress>? _progress;
    private readonly Action<EpochRecord>? _epochDone;
    private readonly int _callsPerEpoch;
    private readonly List<EpochRecord> _history = [];
    private readonly Stopwatch _clock = new();

    private long _calls, _pixels;
    private int _epoch;
    private double _learningRate;
    private TimeSpan _lastProgress;

    /// <summary>Prepares a run.</summary>
    /// <param name="dataset">The picture.</param>
    /// <param name="network">Receives the weights at the end.</param>
    /// <param name="options">Options with every default filled in.</param>
    /// <param name="learner">Holds the weights meanwhile.</param>
    /// <param name="progress">Told where the run stands, or null.</param>
    /// <param name="epochDone">Told of each epoch, or null.</param>
    public TrainingLoop(
        PixelDataset dataset, Mlp network, TrainingOptions options, IPixelLearner learner,
        Action<TrainingProgress>? progress, Action<EpochRecord>? epochDone)
    {
        (_dataset, _network, _options, _learner, _progress, _epochDone) = (dataset, network, options, learner, progress, epochDone);
        _callsPerEpoch = (int)(((long)dataset.TrainingPixelCount + learner.PixelsPerCall - 1) / learner.PixelsPerCall);
    }

    /// <summary>Trains until a limit is reached or someone cancels.</summary>
    public TrainingRun Run(CancellationToken cancellationToken)
    {
        StopReason? reason = null;
        while (reason is null)
        {
            _epoch++;
            TimeSpan start = Elapsed;
            reason = RunEpoch(cancellationToken, out ErrorSums sums);
            if (sums.Pixels == 0)
                break;
            TimeSpan time = Elapsed - start;
            bool isGoodEnough = RecordEpoch(sums, time, cancellationToken);
            if (reason is null && isGoodEnough)
                reason = StopReason.TargetPsnr;
            if (reason is null && _epoch == _options.Epochs)
                reason = StopReason.Epoch;
        }
        return Finish(reason!.Value, cancellationToken);
    }

    private TimeSpan Elapsed => _clock.Elapsed;

    private double Fraction
    {
        get
        {
            double byEpochs = _options.Epochs is { } epochs ? (double)_calls / ((double)epochs * _callsPerEpoch) : 0;
            double byTime = _options.MaxTime is { } time ? Elapsed / time : 0;
            return Math.Min(1, Math.Max(byEpochs, byTime));
        }
    }

    private StopReason? RunEpoch(CancellationToken cancellationToken, out ErrorSums epochSums)
    {
        epochSums = default;
        var shuffle = new PixelShuffle(_dataset.TrainingPixelCount, _options.Seed, _epoch);
        _clock.Start();
        _learner.BeginEpoch(_epoch);
        _clock.Stop();
        for (int call = 0; call < _callsPerEpoch; call++)
        {
            if (cancellationToken.IsCancellationRequested)
                return StopReason.Canceled;
            if (Elapsed >= _options.MaxTime)
                return StopReason.MaxTime;
            int first = (int)((long)call * _dataset.TrainingPixelCount / _callsPerEpoch);
            int end = (int)((call + 1L) * _dataset.TrainingPixelCount / _callsPerEpoch);
            _learningRate = LearningRates.At(_options.Schedule, _options.LearningRate!.Value, _options.WarmUp, Fraction);
            _clock.Start();
            bool isDone = _learner.Learn(shuffle, first, end - first, _learningRate, out ErrorSums sums, cancellationToken);
            _clock.Stop();
            if (!isDone)
                return StopReason.Canceled;
            _calls++;
            _pixels += sums.Pixels;
            // A step whose loss is not finite is not taken.
            ThrowIfDiverged(sums.MeanSquaredError, double.IsFinite(sums.MeanSquaredError) ? _learner.Steps : _learner.Steps + 1);
            epochSums.Add(sums);
            ReportProgress(sums);
        }
        return null;
    }

    private bool RecordEpoch(ErrorSums sums, TimeSpan time, CancellationToken cancellationToken)
    {
        double loss = LossOf(sums);
        double pixelsPerSecond = sums.Pixels / time.TotalSeconds;
        // Averaged weights may be better by far than those that the steps saw.
        bool mayReachTarget = sums.Psnr >= _options.TargetPsnr - RunningPsnrLag ||
            _options is { TargetPsnr: not null, AverageDecay: not null };
        bool shouldMeasure = _options.MeasureEachEpoch || mayReachTarget;
        ErrorSums? measured = shouldMeasure ? MeasureUnlessCanceled(_dataset.TrainingPixels, cancellationToken) : null;
        ErrorSums? heldOut = measured is null ? null : MeasureHeldOut(cancellationToken);
        sums = measured ?? sums;
        ThrowIfDiverged(sums.MeanSquaredError, _learner.Steps);
        var record = new EpochRecord(_epoch, loss, sums.Psnr, sums.Mae, _learningRate, pixelsPerSecond, Elapsed)
        {
            HeldOutPsnr = heldOut?.Psnr,
            HeldOutMae = heldOut?.Mae,
        };
        _history.Add(record);
        _epochDone?.Invoke(record);
        return measured is not null && sums.Psnr >= _options.TargetPsnr;
    }

    /// <summary>The errors over the held-out pixels; null where there are none, and where someone cancels.</summary>
    private ErrorSums? MeasureHeldOut(CancellationToken cancellationToken) =>
        _dataset.HeldOutPixelCount == 0 ? null : MeasureUnlessCanceled(_dataset.HeldOutPixels, cancellationToken);

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
        if (MeasureUnlessCanceled(_dataset.TrainingPixels, cancellationToken) is { } sums)
        {
            ThrowIfDiverged(sums.MeanSquaredError, _learner.Steps);
            (psnr, mae) = (sums.Psnr, sums.Mae);
            ErrorSums? heldOut = MeasureHeldOut(cancellationToken);
            (heldOutPsnr, heldOutMae) = (heldOut?.Psnr, heldOut?.Mae);
            if (heldOut is null && _dataset.HeldOutPixelCount > 0)
                reason = StopReason.Canceled;
        }
        else
        {
            reason = StopReason.Canceled;
        }
        return new TrainingRun
        {
            Network = _network,
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
            PixelsPerSecond = _pixels == 0 ? 0 : _pixels / Elapsed.TotalSeconds,
        };
    }

    private double LossOf(in ErrorSums sums) =>
        sums.MeanLoss * (_options.Loss == LossFunction.HalfSquaredError ? _network.OutputCount / 2.0 : 1);

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
        TimeSpan? remaining = fraction > 0 ? Elapsed * ((1 - fraction) / fraction) : null;
        _progress(new TrainingProgress(
            _epoch, _learner.Steps, fraction, LossOf(sums), sums.Psnr, _pixels / Elapsed.TotalSeconds, Elapsed, remaining));
    }
}
