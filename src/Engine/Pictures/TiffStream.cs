using System.Collections.Concurrent;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// An uncompressed TIFF file that never exists whole: its directory is in memory and its strips come from a queue, in their order.
/// libvips has no decoder of raw samples from a stream, and this is the one streamed form that every build of it reads at no cost.
/// It is a BigTIFF, whose offsets suffice at any size. See https://www.awaresystems.be/imaging/tiff/bigtiff.html.
/// </summary>
internal sealed class TiffStream
{
    private const int HeaderBytes = 16;
    private const int EntryBytes = 20;

    private readonly byte[] _directory;
    private readonly StripQueue _strips;
    private readonly long _length;
    private long _position;
    private long _nextSample;

    /// <summary>Plans the file for a picture of grey, RGB or RGBA samples, little-endian where they have 16 bits.</summary>
    /// <param name="shape">The picture's shape.</param>
    /// <param name="rowsPerStrip">Rows in every strip but the last, which has the rest.</param>
    /// <param name="strips">Gives the strips.</param>
    public TiffStream(StripShape shape, int rowsPerStrip, StripQueue strips)
    {
        _strips = strips;
        long rowBytes = (long)shape.Width * shape.Channels * (shape.BitDepth / 8);
        _directory = Directory(shape, rowsPerStrip, rowBytes);
        _nextSample = _directory.Length;
        _length = _directory.Length + rowBytes * shape.Height;
    }

    /// <summary>Reads on from the current position.</summary>
    /// <returns>How many bytes; 0 at the end; -1 on failure.</returns>
    public int Read(Span<byte> destination)
    {
        int count;
        if (_position < _directory.Length)
        {
            ReadOnlySpan<byte> rest = _directory.AsSpan((int)_position);
            count = Math.Min(rest.Length, destination.Length);
            rest[..count].CopyTo(destination);
        }
        else
        {
            // Samples are gone once they are read, so only the next ones can be.
            if (_position != _nextSample && _position < _length)
                return -1;
            count = _strips.Read(destination);
            _nextSample += Math.Max(0, count);
        }
        _position += Math.Max(0, count);
        return count;
    }

    /// <summary>Moves the position.</summary>
    /// <returns>The new position from the start.</returns>
    public long Seek(long offset, SeekOrigin origin) => _position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        _ => _length,
    };

    private static byte[] Directory(StripShape shape, int rowsPerStrip, long rowBytes)
    {
        const ushort Short = 3, Long = 4, Long8 = 16;
        (int width, int height, int channels, int bitDepth) = shape;
        bool hasAlpha = channels == 4;
        int entryCount = hasAlpha ? 10 : 9;
        int stripCount = (height + rowsPerStrip - 1) / rowsPerStrip;
        int offsetsAt = HeaderBytes + sizeof(ulong) + entryCount * EntryBytes + sizeof(ulong);
        int byteCountsAt = offsetsAt + stripCount * sizeof(ulong);
        int samplesAt = byteCountsAt + stripCount * sizeof(ulong);
        byte[] bytes = new byte[samplesAt];
        // Little-endian on every machine.
        using var writer = new BinaryWriter(new MemoryStream(bytes));

        void Entry(ushort tag, ushort type, int count, ulong value)
        {
            writer.Write(tag);
            writer.Write(type);
            writer.Write((ulong)count);
            writer.Write(value);
        }

        ulong StripBytes(int strip) => (ulong)(rowBytes * Math.Min(rowsPerStrip, height - strip * rowsPerStrip));

        writer.Write("II"u8);               // little-endian
        writer.Write((ushort)43);           // BigTIFF
        writer.Write(sizeof(ulong));        // bytes an offset, and a reserved zero
        writer.Write((ulong)HeaderBytes);   // where the directory is
        writer.Write((ulong)entryCount);
        Entry(256, Long, 1, (ulong)width);
        Entry(257, Long, 1, (ulong)height);
        Entry(258, Short, channels, (ulong)bitDepth * (channels == 1 ? 1ul : hasAlpha ? 0x0001_0001_0001_0001ul : 0x0001_0001_0001ul));
        Entry(259, Short, 1, 1);    // not compressed
        Entry(262, Short, 1, channels == 1 ? 1ul : 2ul);   // black is zero; or red, green and blue
        Entry(273, Long8, stripCount, stripCount == 1 ? (ulong)samplesAt : (ulong)offsetsAt);
        Entry(277, Short, 1, (ulong)channels);
        Entry(278, Long, 1, (ulong)rowsPerStrip);
        Entry(279, Long8, stripCount, stripCount == 1 ? StripBytes(0) : (ulong)byteCountsAt);
        if (hasAlpha)
            Entry(338, Short, 1, 2);    // the fourth sample is alpha that is not multiplied into the others
        writer.Write(0ul);                  // no further directory
        for (int strip = 0; strip < stripCount; strip++)
            writer.Write((ulong)samplesAt + (ulong)(rowBytes * rowsPerStrip) * (ulong)strip);
        for (int strip = 0; strip < stripCount; strip++)
            writer.Write(StripBytes(strip));
        return bytes;
    }
}

/// <summary>
/// Hands a stream of bytes from the thread that paints to the one that encodes, a strip at a time. Few strips wait, so that memory stays
/// small for any picture; while one is encoded the next is painted.
/// </summary>
internal sealed class StripQueue : IDisposable
{
    private const int StripsWaiting = 2;

    private readonly BlockingCollection<byte[]> _strips = new(StripsWaiting);
    private readonly CancellationTokenSource _ended = new();
    private byte[] _current = [];
    private int _position;

    /// <summary>Hands a strip over, and waits while the queue is full.</summary>
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

    /// <inheritdoc/>
    public void Dispose()
    {
        _strips.Dispose();
        _ended.Dispose();
    }
}
