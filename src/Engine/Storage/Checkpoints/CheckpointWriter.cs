using System.Diagnostics;
using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// Writes a run's checkpoints. The run copies its state here, which takes a moment, and goes on while another thread writes the copy;
/// the file before it stays until the new one is whole and on the disk.
/// </summary>
internal sealed class CheckpointWriter : IDisposable
{
    private readonly CheckpointOptions _options;
    private readonly string _path;
    private readonly CheckpointLock _lock;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private Task _write = Task.CompletedTask;
    private TimeSpan _due;
    private bool _hasWarned;

    /// <summary>Makes sure that no other run writes this checkpoint, and that none is there that may not be replaced.</summary>
    /// <param name="options">Where and how often.</param>
    /// <param name="mayReplace">Whether a file that is there may be replaced.</param>
    /// <param name="snapshot">Room for a copy of the run's state.</param>
    /// <exception cref="ModelFileException">The checkpoint cannot be written.</exception>
    public CheckpointWriter(CheckpointOptions options, bool mayReplace, LearnerSnapshot snapshot)
    {
        (_options, Snapshot) = (options, snapshot);
        _path = Path.GetFullPath(options.Path);
        _lock = new CheckpointLock(_path);
        if (mayReplace || !File.Exists(_path))
            return;
        _lock.Dispose();
        throw new ModelFileException(ModelFileProblem.FileExists, _path,
            $"'{_path}' exists already. Go on with its run (-Resume, or -Continue), replace it (-Force), or choose another name.");
    }

    /// <summary>Where the run copies its state to, when <see cref="IsDue"/>.</summary>
    public LearnerSnapshot Snapshot { get; }

    /// <summary>Whether it is time for a checkpoint, and the last one is written. Passes on what went wrong with that.</summary>
    public bool IsDue()
    {
        if (!_write.IsCompleted)
            return false;
        WarnOfFailure();
        return _clock.Elapsed >= _due;
    }

    /// <summary>Writes a checkpoint at the beginning of a run, so that a path that cannot be written is known now, not in hours.</summary>
    /// <exception cref="ModelFileException">It could not be written.</exception>
    public void WriteFirst(RunState state)
    {
        Write(state);
        _due = _clock.Elapsed + _options.Every;
    }

    /// <summary>Begins to write a checkpoint.</summary>
    public void Begin(RunState state)
    {
        _due = _clock.Elapsed + _options.Every;
        _write = Task.Factory.StartNew(() => Write(state), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Waits until <see cref="Snapshot"/> is free.</summary>
    public void AwaitWrite()
    {
        ((IAsyncResult)_write).AsyncWaitHandle.WaitOne();
        WarnOfFailure();
    }

    /// <summary>Writes the last checkpoint of a run.</summary>
    /// <returns>What went wrong, or null.</returns>
    public ModelFileException? WriteLast(RunState state)
    {
        try
        {
            Write(state);
            return null;
        }
        catch (ModelFileException exception)
        {
            return exception;
        }
    }

    /// <summary>Waits for what is being written, and lets go of the checkpoint.</summary>
    public void Dispose()
    {
        ((IAsyncResult)_write).AsyncWaitHandle.WaitOne();
        _ = _write.Exception;
        _lock.Dispose();
    }

    private void WarnOfFailure()
    {
        if (_write.IsCompletedSuccessfully && _write != Task.CompletedTask)
            _hasWarned = false;
        if (_write.Exception?.InnerException is not Exception exception)
            return;
        _write = Task.CompletedTask;
        // A disk that stays full all night is told of once.
        if (_hasWarned)
            return;
        _hasWarned = true;
        _options.Warning?.Invoke(
            $"{exception.Message} The training goes on, the checkpoint before this one is as it was, " +
            "and the next is tried when it is due.");
    }

    private void Write(RunState state)
    {
        if (!state.Learner.Network.IsFinite)
            throw new ModelFileException(ModelFileProblem.NotFinite, _path,
                $"'{_path}' is not written: the network has weights that are infinite or not a number.");
        using var file = new ReplacementFile(_path, overwrite: true, ModelFile.ErrorFor, _path + ".part");
        file.Write(stream => CheckpointEncoder.Write(stream, state));
        file.Commit();
    }
}
