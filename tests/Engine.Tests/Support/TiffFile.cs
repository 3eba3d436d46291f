using System.Buffers.Binary;

namespace MonaLisa.Engine.Tests;

/// <summary>Makes TIFF files of every kind, independently of the library that reads them.</summary>
internal sealed class TiffFile
{
    public const int NewSubfileType = 254, BitsPerSample = 258, Compression = 259, Photometric = 262, SamplesPerPixel = 277, RowsPerStrip = 278,
        PlanarConfiguration = 284, TileWidth = 322, TileLength = 323, SubIfds = 330, ExtraSamples = 338, SampleFormat = 339, Subsampling = 530,
        DngVersion = 50706;

    private const int Short = 3, Long = 4;

    private readonly SortedDictionary<int, long[]> _tags = [];
    private readonly byte[][] _strips;

    /// <summary>A picture of some samples a pixel, each of some bits, not compressed unless a tag says so.</summary>
    public TiffFile(int width, int height, int samples, int bits, int photometric, params byte[][] strips)
    {
        _strips = strips;
        Set(256, width).Set(257, height).Set(BitsPerSample, [.. Enumerable.Repeat((long)bits, samples)]).Set(Compression, 1)
            .Set(Photometric, photometric).Set(SamplesPerPixel, samples).Set(RowsPerStrip, height);
    }

    /// <summary>Sets a tag.</summary>
    public TiffFile Set(int tag, params long[] values)
    {
        _tags[tag] = values;
        return this;
    }

    /// <summary>The file; more pictures follow as its further pages.</summary>
    public byte[] Encode(bool isBigEndian = false, params TiffFile[] more)
    {
        using var file = new MemoryStream();
        file.Write(isBigEndian ? "MM\0*"u8 : "II*\0"u8);
        file.Write(new byte[4]);
        int link = 4;
        foreach (TiffFile page in (TiffFile[])[this, .. more])
            link = page.WriteTo(file, link, isBigEndian);
        return file.ToArray();
    }

    /// <summary>Flat samples: the same for every pixel.</summary>
    public static byte[] Flat(int count, params byte[] pixel) => [.. Enumerable.Range(0, count).SelectMany(_ => pixel)];

    // Where the link to the next page is.
    private int WriteTo(MemoryStream file, int link, bool isBigEndian)
    {
        bool isTiled = _tags.ContainsKey(TileWidth);
        var offsets = new List<long>();
        foreach (byte[] strip in _strips)
        {
            offsets.Add(file.Length);
            file.Write(strip);
            if (strip.Length % 2 != 0)
                file.WriteByte(0);
        }
        var tags = new SortedDictionary<int, long[]>(_tags)
        {
            [isTiled ? 324 : 273] = [.. offsets],
            [isTiled ? 325 : 279] = [.. _strips.Select(strip => (long)strip.Length)],
        };
        int start = (int)file.Length, outside = start + 2 + 12 * tags.Count + 4;
        file.SetLength(outside);
        Write(file, link, start, Long, isBigEndian);
        Write(file, start, tags.Count, Short, isBigEndian);
        int at = start + 2;
        foreach ((int tag, long[] values) in tags)
        {
            int type = values.Any(value => value > ushort.MaxValue) || tag is 273 or 279 or 324 or 325 or SubIfds ? Long : Short;
            int size = type == Long ? 4 : 2, length = size * values.Length;
            Write(file, at, tag, Short, isBigEndian);
            Write(file, at + 2, type, Short, isBigEndian);
            Write(file, at + 4, values.Length, Long, isBigEndian);
            int valueAt = length <= 4 ? at + 8 : (int)file.Length;
            if (length > 4)
                Write(file, at + 8, valueAt, Long, isBigEndian);
            file.SetLength(Math.Max(file.Length, valueAt + length));
            for (int i = 0; i < values.Length; i++)
                Write(file, valueAt + i * size, values[i], type, isBigEndian);
            at += 12;
        }
        file.Position = file.Length;
        return at;
    }

    private static void Write(MemoryStream file, int at, long value, int type, bool isBigEndian)
    {
        Span<byte> bytes = file.GetBuffer().AsSpan(at, type == Long ? 4 : 2);
        if (type == Long && isBigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)value);
        else if (type == Long)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value);
        else if (isBigEndian)
            BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
    }
}
