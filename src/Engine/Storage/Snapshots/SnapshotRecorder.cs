using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Storage;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine;

/// <summary>Where and when a training run keeps snapshots of its network.</summary>
internal sealed record SnapshotOptions
{
    /// <summary>
    /// The file; taken literally, whatever characters it has. During a run, the file beside it with <c>.monalisa-lock</c> after its name
    /// belongs to it.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>When.</summary>
    public SnapshotSchedule Schedule { get; init; } = SnapshotSchedule.Logarithmic;

    /// <summary>Whether a file that is there may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>
    /// Whether to go on in a file that is there, as a resumed run does: what it holds of steps after the one that the run goes on from
    /// is cut off, for the run comes to them again.
    /// </summary>
    public bool Continue { get; init; }

    /// <summary>Told, on the thread that called the trainer, that a snapshot could not be written; the run goes on.</summary>
    public Action<string>? Warning { get; init; }

    /// <summary>Throws unless every value is in its range.</summary>
    /// <exception cref="ArgumentException">Two values contradict each other, or the path is empty.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Path);
        if (Overwrite && Continue)
            throw new ArgumentException("A file of snapshots is replaced or continued, not both.");
    }
}

/// <summary>
/// Keeps snapshots of a run's network in a file, for an animation of its training. Training pauses while the weights are copied, rounded to 16
/// bits; another thread writes them. One recorder is for one run; dispose it after the run, whatever its end.
/// </summary>
internal sealed class SnapshotRecorder : ITrainingWatcher, IDisposable
{
    private readonly SnapshotOptions _options;
    private readonly SnapshotTimer _timer;
    private readonly PixelDataset _picture;
    private readonly CancellationToken _cancellationToken;
    private readonly WriterLock _lock;
    private readonly TrainingSnapshots? _earlier;
    private FrameWriter? _writer;
    private long _scheduledStep = -1;
    private bool _hasWarned, _isEnded;

    /// <summary>Makes sure that no other run writes the file, and that none is there that may not be replaced or continued.</summary>
    /// <param name="options">Where and when.</param>
    /// <param name="picture">The picture that the run learns.</param>
    /// <param name="cancellationToken">The run's: ends a wait for a slow disk.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="ModelFileException">The file cannot be written, or is there and no file of snapshots to go on in.</exception>
    public SnapshotRecorder(SnapshotOptions options, PixelDataset picture, CancellationToken cancellationToken = default)
    {
        options.Validate();
        (_options, _picture, _cancellationToken) = (options, picture, cancellationToken);
        _timer = new SnapshotTimer(options.Schedule);
        Path = System.IO.Path.GetFullPath(options.Path);
        _lock = new WriterLock(Path);
        try
        {
            if (!File.Exists(Path) || options.Overwrite)
                return;
            _earlier = options.Continue ? TrainingSnapshots.Open(Path) : throw new ModelFileException(ModelFileProblem.FileExists, Path,
                $"'{Path}' exists already. Replace it (-Force), or choose another name (-SnapshotPath).");
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public bool IsDue(TrainingState state)
    {
        if (_writer is null)
            return true;
        WarnOfFailure();
        if (!_timer.IsDue(state))
            return state.EndsRun;
        _scheduledStep = state.Step;
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ModelFileException">The file cannot be written; known at the first look, before the first step.</exception>
    public void Look(Mlp network, TrainingState state)
    {
        if (_writer is null && !Begin(network, state))
            return;
        byte[] frame;
        try
        {
            frame = _writer!.Rent(_cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The run is at its end and comes to it without this snapshot.
            return;
        }
        bool isScheduled = state.Step == _scheduledStep;
        SnapshotLayout.WriteFrame(network, TrainingSnapshot.Of(state) with { IsScheduled = isScheduled }, frame);
        _writer.Add(frame);
    }

    /// <summary>Whether the snapshots are in the file; known after <see cref="Dispose"/>.</summary>
    public bool IsKept => _writer is { IsReplaced: false };

    /// <summary>Waits until what was kept is written, and closes the file.</summary>
    public void Dispose()
    {
        if (_isEnded)
            return;
        _isEnded = true;
        _writer?.Dispose();
        WarnOfFailure();
        _lock.Dispose();
    }

    /// <summary>Begins to write.</summary>
    /// <returns>
    /// Whether the state is yet to be kept: a new file begins with it, and a run that goes on was asked about it before it was stopped.
    /// </returns>
    private bool Begin(Mlp network, TrainingState state)
    {
        var identity = PictureIdentity.Of(_picture);
        TrainingSnapshot[] kept = _earlier is null ? [] : SnapshotFile.KeptAt(_earlier, state.Step);
        _writer = _earlier is null
            ? SnapshotFile.Create(Path, _options.Overwrite, network, identity, TrainingSnapshot.Of(state))
            : SnapshotFile.Continue(_earlier, kept, network, identity);
        if (kept is [.., TrainingSnapshot last])
            _timer.GoOn(last, state.Step);
        else
            _timer.Start(state);
        _scheduledStep = kept is [.., TrainingSnapshot end] ? end.Step : state.Step;
        return _earlier is not null && kept.Length == 0;
    }

    private void WarnOfFailure()
    {
        if (_writer?.TakeRemoval() == true)
            _options.Warning?.Invoke($"'{Path}' was removed during the training, and was written again with all its snapshots.");
        // A disk that stays full gives one warning.
        if (_hasWarned || _writer is not { } writer || writer is { IsReplaced: false, Failure: null })
            return;
        _hasWarned = true;
        _options.Warning?.Invoke(writer.Failure is not Exception failure || writer.IsReplaced
            ? $"Another file was put in the place of '{Path}' during the training, and stays as it is. The snapshots are lost, and no more " +
                "are kept. The training goes on."
            : $"A snapshot could not be written to '{Path}': {failure.Message.TrimEnd('.')}. {WriteFailure.RemedyOf(failure)} The training " +
                "goes on, the snapshots before it are as they were, and the next is tried when it is due.");
    }
}
