using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// Writes frames on its own thread, in the order in which they come. A frame that cannot be written is left out and the next is
/// tried: the file has whole frames, and at most a torn one at its end. Where the file was removed meanwhile, it is written again; another
/// file that was put in its place is left alone, and no more frames are written.
/// </summary>
internal sealed class FrameWriter : IDisposable
{
    /// <summary>Memory for frames that wait for the disk, in bytes; there is room for two in any case.</summary>
    private const long WaitingBytes = 64 << 20;

    private const int LeastWaiting = 2, MostWaiting = 64;

    private readonly string _path;
    private readonly SnapshotLayout _layout;
    private readonly BlockingCollection<byte[]> _waiting = [];
    private readonly BlockingCollection<byte[]> _free = [];
    private readonly Thread _thread;
    private readonly Action<SafeFileHandle, byte[], long> _writeAt;
    private readonly int _mostBuffers;
    private int _buffers;
    private SafeFileHandle _file;
    private long _frames, _lastStep = -1;
    private volatile Exception? _failure;
    private volatile bool _isReplaced;
    private bool _wasRemoved;

    /// <summary>Begins to write at the end of the frames that a file has.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="file">The file, open for reading and writing; closed by <see cref="Dispose"/>.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="kept">The frames that it has already.</param>
    /// <param name="writeAt">Writes bytes at a place of the file; null for the system.</param>
    public FrameWriter(
        string path, SafeFileHandle file, SnapshotLayout layout, IReadOnlyList<TrainingSnapshot> kept,
        Action<SafeFileHandle, byte[], long>? writeAt = null)
    {
        (_path, _file, _layout, _frames) = (path, file, layout, kept.Count);
        _writeAt = writeAt ?? ((opened, bytes, start) => RandomAccess.Write(opened, bytes, start));
        if (kept.Count > 0)
            _lastStep = kept[^1].Step;
        _mostBuffers = (int)Math.Clamp(WaitingBytes / layout.FrameSize, LeastWaiting, MostWaiting);
        _thread = new Thread(WriteAll) { IsBackground = true, Name = "Snapshots" };
        _thread.Start();
    }

    /// <summary>Why the latest frame that failed could not be written; null where none failed.</summary>
    public Exception? Failure => _failure;

    /// <summary>Whether the file was removed, and written again, since this was last asked.</summary>
    public bool TakeRemoval() => Interlocked.Exchange(ref _wasRemoved, false);

    /// <summary>Whether another file is in the place of this one, whose frames are lost.</summary>
    public bool IsReplaced => _isReplaced;

    /// <summary>Room for a frame, to be given back through <see cref="Add"/>; waits for the disk where all is taken.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public byte[] Rent(CancellationToken cancellationToken)
    {
        if (_free.TryTake(out byte[]? buffer))
            return buffer;
        if (_buffers == _mostBuffers)
            return _free.Take(cancellationToken);
        _buffers++;
        return new byte[_layout.FrameSize];
    }

    /// <summary>Hands a frame over, all but its checksum composed. One of the same step as the last replaces it.</summary>
    public void Add(byte[] frame) => _waiting.Add(frame);

    /// <summary>Writes what waits and closes the file.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _file.Dispose();
        _waiting.Dispose();
        _free.Dispose();
    }

    private void WriteAll()
    {
        foreach (byte[] frame in _waiting.GetConsumingEnumerable())
        {
            Try(() => Write(frame));
            _free.Add(frame);
        }
    }

    private void Write(byte[] frame)
    {
        if (_isReplaced)
            return;
        SnapshotLayout.Seal(frame);
        long step = SnapshotLayout.ReadHead(frame)!.Value.Step;
        bool replaces = step == _lastStep;
        long place = replaces ? _frames - 1 : _frames, start = _layout.FrameAt(place);
        if (Try(() => _writeAt(_file, frame, start)))
        {
            (_frames, _lastStep) = (place + 1, step);
        }
        else
        {
            // What is half written counts no more, nor does the frame that it was to replace: the next takes their place.
            (_frames, _lastStep) = (place, replaces ? -1 : _lastStep);
            Try(() => RandomAccess.SetLength(_file, start));
        }
        Try(KeepPlace);
    }

    // What was written through the open file must be there under its name.
    private void KeepPlace()
    {
        using var own = new FileStream(new SafeFileHandle(_file.DangerousGetHandle(), ownsHandle: false), FileAccess.Read, bufferSize: 0);
        switch (FileMark.Of(own).ChangeAt(_path))
        {
            case FileChange.Replaced:
                _isReplaced = true;
                break;
            case FileChange.Removed:
                WriteAgain(own);
                break;
        }
    }

    private void WriteAgain(FileStream own)
    {
        using (var again = new ReplacementFile(_path, overwrite: false, (_, _, message, cause) => new IOException(message, cause)))
        {
            own.Position = 0;
            again.Write(own.CopyTo);
            again.Commit();
        }
        SafeFileHandle removed = _file;
        _file = SnapshotFile.OpenToWrite(_path);
        removed.Dispose();
        Volatile.Write(ref _wasRemoved, true);
    }

    private bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception exception)
        {
            // One that left the thread would end the process.
            _failure = exception;
            return false;
        }
    }
}
