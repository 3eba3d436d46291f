using System.Diagnostics;
using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// Writes a run's checkpoints. The run copies its state, which is quick, and continues while another thread writes the copy; the
/// file before it stays until the new one is whole and on the disk.
/// </summary>
/// <param name="options">Where and how often.</param>
/// <param name="earlier">The checkpoint that the run continues from, which may be replaced; null for a new run.</param>
internal sealed class CheckpointWriter(CheckpointOptions options, TrainingCheckpoint? earlier = null) : IRunKeeper, IDisposable
{
    private readonly string _path = Path.GetFullPath(options.Path);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private WriterLock? _lock;
    private Task _write = Task.CompletedTask;
    private TimeSpan _due;
    private bool _hasWarned;

    /// <summary>Keeps other runs from this checkpoint, makes sure that it may be written, and writes it for the first time.</summary>
    /// <exception cref="ModelFileException">It cannot be written, or one is there that may not be replaced.</exception>
    public void KeepFirst(RunState state)
    {
        _lock = new WriterLock(_path);
        bool mayReplace = options.Overwrite || (earlier is not null && Path.GetFullPath(earlier.Path) == _path);
        if (!mayReplace && File.Exists(_path))
            throw new ModelFileException(ModelFileProblem.FileExists, _path,
                $"'{_path}' exists already. Go on with its run (-Resume, or -Continue), replace it (-Force), or choose another name.");
        if (earlier is not null && earlier.Provider != state.Provider)
            options.Warning?.Invoke(
                $"The run of '{earlier.Path}' was computed by {earlier.Provider} and goes on with {state.Provider}, which rounds " +
                "differently: its weights will not be those of a run without a break, bit by bit.");
        Write(state);
        _due = _clock.Elapsed + options.Every;
    }

    /// <summary>Whether it is time for a checkpoint, and the last one is written. Passes on what went wrong with that.</summary>
    public bool IsDue()
    {
        if (!_write.IsCompleted)
            return false;
        WarnOfFailure();
        return _clock.Elapsed >= _due;
    }

    /// <inheritdoc/>
    public void BeginKeeping(RunState state)
    {
        _due = _clock.Elapsed + options.Every;
        _write = Task.Factory.StartNew(() => Write(state), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public void Await()
    {
        ((IAsyncResult)_write).AsyncWaitHandle.WaitOne();
        WarnOfFailure();
    }

    /// <inheritdoc/>
    public Exception? KeepLast(RunState state)
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

    /// <summary>Waits for what is being written, and releases the checkpoint.</summary>
    public void Dispose()
    {
        ((IAsyncResult)_write).AsyncWaitHandle.WaitOne();
        _ = _write.Exception;
        _lock?.Dispose();
    }

    private void WarnOfFailure()
    {
        if (_write.IsCompletedSuccessfully && _write != Task.CompletedTask)
            _hasWarned = false;
        if (_write.Exception?.InnerException is not Exception exception)
            return;
        _write = Task.CompletedTask;
        // A disk that stays full gives one warning.
        if (_hasWarned)
            return;
        _hasWarned = true;
        options.Warning?.Invoke(
            $"{exception.Message} The training goes on, the checkpoint before this one is as it was, " +
            "and the next is tried when it is due.");
    }

    private void Write(RunState state)
    {
        if (!state.Learner.Network.IsFinite)
            throw new ModelFileException(ModelFileProblem.NotFinite, _path,
                $"'{_path}' is not written: the network has weights that are infinite or not a number.");
        using var file = new ReplacementFile(_path, overwrite: true, StoredFile.ErrorFor);
        file.Write(stream => CheckpointFile.Write(stream, state));
        file.Commit();
    }
}
