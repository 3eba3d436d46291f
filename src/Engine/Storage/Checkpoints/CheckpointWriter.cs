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
    private TimeSpan _begun;
    private bool _hasWarned;
    private FileMark? _mark;
    private volatile bool _wasRemoved;

    /// <summary>Keeps other runs from this checkpoint, makes sure that it may be written, and writes it for the first time.</summary>
    /// <exception cref="ModelFileException">It cannot be written, or one is there that may not be replaced.</exception>
    public void KeepFirst(RunState state)
    {
        _lock = new WriterLock(_path);
        bool continues = earlier is not null && Path.GetFullPath(earlier.Path) == _path, mayReplace = options.Overwrite || continues;
        if (!mayReplace && File.Exists(_path))
            throw new ModelFileException(ModelFileProblem.FileExists, _path,
                $"'{_path}' exists already. Go on with its run (-Resume, or -Continue), replace it (-Force), or choose another name.");
        // What is put there from now on is another's.
        _mark = continues && !options.Overwrite ? earlier!.Mark : null;
        if (_mark?.ChangeAt(_path) == FileChange.Replaced)
            throw new ModelFileException(ModelFileProblem.InUse, _path,
                $"'{_path}' is not continued: another run has written it since it was read. Run the command again, to go on from there.");
        if (earlier is not null && earlier.Provider != state.Provider)
            options.Warning?.Invoke(
                $"The run of '{earlier.Path}' was computed by {earlier.Provider} and goes on with {state.Provider}, which rounds " +
                "differently: its weights will not be those of a run without a break, bit by bit.");
        Write(state, mayReplace);
        _begun = _clock.Elapsed;
    }

    /// <summary>Whether it is time for a checkpoint, and the last one is written. Passes on what went wrong with that.</summary>
    public bool IsDue()
    {
        if (!_write.IsCompleted)
            return false;
        WarnOfFailure();
        // The time may be the longest there is, to which nothing can be added.
        return _clock.Elapsed - _begun >= options.Every;
    }

    /// <inheritdoc/>
    public void BeginKeeping(RunState state)
    {
        _begun = _clock.Elapsed;
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
            WarnOfRemoval();
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

    private void WarnOfRemoval()
    {
        if (!_wasRemoved)
            return;
        _wasRemoved = false;
        options.Warning?.Invoke($"'{_path}' was removed during the training, and is there again with the run's state of now.");
    }

    private void WarnOfFailure()
    {
        WarnOfRemoval();
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
            $"{exception.Message} The training goes on, what is there is as it was, and the next checkpoint is tried when it is due.");
    }

    private void Write(RunState state, bool mayReplace = true)
    {
        if (!state.Learner.Network.IsFinite)
            throw new ModelFileException(ModelFileProblem.NotFinite, _path,
                $"'{_path}' is not written: the network has weights that are infinite or not a number.");
        using var file = new ReplacementFile(_path, mayReplace, StoredFile.ErrorFor);
        FileMark? mark = null;
        file.Write(stream =>
        {
            CheckpointFile.Write(stream, state);
            mark = FileMark.Of(stream);
        });
        FileChange change = FileChange.None;
        file.Commit(() => RequireOwn(change = _mark?.ChangeAt(_path) ?? FileChange.None));
        _mark = mark;
        _wasRemoved |= change == FileChange.Removed;
    }

    private void RequireOwn(FileChange change)
    {
        if (change == FileChange.Replaced)
            throw new ModelFileException(ModelFileProblem.FileExists, _path,
                $"'{_path}' is not written: another file was put in its place during the training, and stays as it is. Move it away.");
    }
}
