using System.Collections.Concurrent;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Hands a stream of bytes from the thread that paints to the one that encodes, a strip at a time. Few strips are ever waiting,
/// so that memory stays small however large the picture; while one is encoded the next is painted.
/// </summary>
internal sealed class StripQueue : IDisposable
{
    private const int StripsWaiting = 2;

    private readonly BlockingCollection<byte[]> _strips = new(StripsWaiting);
    private readonly CancellationTokenSource _ended = new();
    private byte[] _current = [];
    private int _position;

    /// <summary>Hands a strip over, and waits while there are enough.</summary>
    /// <returns>False when the encoder has ended and takes no more.</returns>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public bool TryAdd(byte[] strip, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token, cancellationToken);
        try
        {
            _strips.Add(strip, either.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    /// <summary>Says that there are no more strips.</summary>
    public void Complete() => _strips.CompleteAdding();

    /// <summary>Ends waiting on either side: nothing more is handed over.</summary>
    public void Abort() => _ended.Cancel();

    /// <summary>Reads bytes in the order in which they were added, and waits for them.</summary>
    /// <returns>How many were read; 0 at the end; -1, a failure to libvips, when the queue was aborted.</returns>
    public int Read(Span<byte> destination)
    {
        try
        {
            while (_position == _current.Length)
            {
                if (!_strips.TryTake(out byte[]? next, Timeout.Infinite, _ended.Token))
                    return 0;
                _current = next;
                _position = 0;
            }
        }
        catch (OperationCanceledException)
        {
            return -1;
        }
        int count = Math.Min(destination.Length, _current.Length - _position);
        _current.AsSpan(_position, count).CopyTo(destination);
        _position += count;
        return count;
    }

    /// <summary>Lets go of the waiting strips.</summary>
    public void Dispose()
    {
        _strips.Dispose();
        _ended.Dispose();
    }
}
