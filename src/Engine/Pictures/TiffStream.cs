using System.Buffers.Binary;

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
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">Samples a pixel: 1, 3 or 4.</param>
    /// <param name="bitDepth">Bits a sample: 8 or 16.</param>
    /// <param name="rowsPerStrip">Rows in every strip but the last, which has the rest.</param>
    /// <param name="strips">Gives the strips.</param>
    public TiffStream(int width, int height, int channels, int bitDepth, int rowsPerStrip, StripQueue strips)
    {
        _strips = strips;
        long rowBytes = (long)width * channels * (bitDepth / 8);
        _directory = Directory(width, height, channels, bitDepth, rowsPerStrip, rowBytes);
        _nextSample = _directory.Length;
        _length = _directory.Length + rowBytes * height;
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

    private static byte[] Directory(int width, int height, int channels, int bitDepth, int rowsPerStrip, long rowBytes)
    {
        const ushort Short = 3, Long = 4, Long8 = 16;
        bool hasAlpha = channels == 4;
        int entryCount = hasAlpha ? 10 : 9;
        int stripCount = (height + rowsPerStrip - 1) / rowsPerStrip;
        int offsetsAt = HeaderBytes + sizeof(ulong) + entryCount * EntryBytes + sizeof(ulong);
        int byteCountsAt = offsetsAt + stripCount * sizeof(ulong);
        int samplesAt = byteCountsAt + stripCount * sizeof(ulong);
        byte[] bytes = new byte[samplesAt];
        int at = 0;

        void Put16(ushort value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), value);
            at += sizeof(ushort);
        }

        void Put64(ulong value)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), value);
            at += sizeof(ulong);
        }

        void Entry(ushort tag, ushort type, int count, ulong value)
        {
            Put16(tag);
            Put16(type);
            Put64((ulong)count);
            Put64(value);
        }

        ulong StripBytes(int strip) => (ulong)(rowBytes * Math.Min(rowsPerStrip, height - strip * rowsPerStrip));

        Put16(0x4949);              // "II": little-endian
        Put16(43);                  // BigTIFF
        Put64(8);                   // bytes an offset, and a reserved zero
        at = HeaderBytes - sizeof(ulong);
        Put64(HeaderBytes);         // where the directory is
        Put64((ulong)entryCount);
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
        Put64(0);                   // no further directory
        for (int strip = 0; strip < stripCount; strip++)
            Put64((ulong)samplesAt + (ulong)(rowBytes * rowsPerStrip) * (ulong)strip);
        for (int strip = 0; strip < stripCount; strip++)
            Put64(StripBytes(strip));
        return bytes;
    }
}
