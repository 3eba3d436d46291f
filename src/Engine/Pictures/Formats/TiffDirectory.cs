using System.Buffers.Binary;

namespace MonaLisa.Engine.Pictures;

/// <summary>The tags of TIFF files that count here; TIFF 6.0 and its supplements.</summary>
internal enum TiffTag
{
    NewSubfileType = 254,
    ImageWidth = 256,
    ImageLength = 257,
    BitsPerSample = 258,
    Compression = 259,
    Photometric = 262,
    FillOrder = 266,
    StripOffsets = 273,
    SamplesPerPixel = 277,
    RowsPerStrip = 278,
    StripByteCounts = 279,
    PlanarConfiguration = 284,
    ColorMap = 320,
    TileWidth = 322,
    TileLength = 323,
    TileOffsets = 324,
    TileByteCounts = 325,
    SubIfds = 330,
    SampleFormat = 339,
    JpegTables = 347,
    YCbCrSubsampling = 530,
    DngVersion = 50706,
}

/// <summary>One directory of a TIFF or BigTIFF file: the description of one picture.</summary>
internal sealed class TiffDirectory
{
    private const int MostDirectories = 1024, MostEntries = 4096, MostValues = 1 << 20;
    private const ushort BigVersion = 43;

    private readonly Dictionary<TiffTag, Entry> _entries = [];
    private readonly Stream _stream;
    private readonly bool _isBigEndian;
    private readonly bool _isBigTiff;

    private TiffDirectory(Stream stream, bool isBigEndian, bool isBigTiff)
    {
        _stream = stream;
        _isBigEndian = isBigEndian;
        _isBigTiff = isBigTiff;
    }

    /// <summary>The directories of the pages, in their order.</summary>
    /// <exception cref="EndOfStreamException">A directory lies behind the end of the file.</exception>
    public static IReadOnlyList<TiffDirectory> ReadPages(Stream stream)
    {
        byte[] head = new byte[16];
        stream.Position = 0;
        stream.ReadExactly(head, 0, 8);
        bool isBigEndian = head[0] == 'M';
        bool isBigTiff = new Number(head.AsSpan(2, 2), isBigEndian).Value == BigVersion;
        if (isBigTiff)
            stream.ReadExactly(head, 8, 8);
        long next = new Number(isBigTiff ? head.AsSpan(8, 8) : head.AsSpan(4, 4), isBigEndian).Value;
        var pages = new List<TiffDirectory>();
        var seen = new HashSet<long>();
        // Directories that share bytes could be more than the file.
        long left = stream.Length;
        while (next != 0 && seen.Add(next) && pages.Count < MostDirectories && left > 0)
        {
            var page = new TiffDirectory(stream, isBigEndian, isBigTiff);
            long start = next;
            next = page.ReadEntries(start);
            left -= stream.Position - start;
            pages.Add(page);
        }
        return pages;
    }

    /// <summary>The first value of a tag; another one where the tag is not there.</summary>
    public long Value(TiffTag tag, long missing = 0) => Values(tag, most: 1) is [long first] ? first : missing;

    /// <summary>The values of a tag; none where it is not there or has no numbers.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="most">How many are read at most: a tag may have a million.</param>
    public long[] Values(TiffTag tag, int most = MostValues)
    {
        if (!_entries.TryGetValue(tag, out Entry? entry) || entry.Size == 0)
            return [];
        byte[] bytes = Bytes(entry with { Count = Math.Min(most, entry.Count) });
        return [.. Enumerable.Range(0, bytes.Length / entry.Size)
            .Select(i => new Number(bytes.AsSpan(i * entry.Size, entry.Size), _isBigEndian).Value)];
    }

    /// <summary>The bytes of a tag as they are in the file.</summary>
    public byte[] Bytes(TiffTag tag) => _entries.TryGetValue(tag, out Entry? entry) ? Bytes(entry) : [];

    /// <summary>Whether the tag is there.</summary>
    public bool Has(TiffTag tag) => _entries.ContainsKey(tag);

    /// <summary>The patch that makes a file state another 16-bit number; the tag is there.</summary>
    public FilePatch Patch(TiffTag tag, ushort value)
    {
        byte[] bytes = new byte[2];
        if (_isBigEndian)
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return new FilePatch(_entries[tag].At, bytes);
    }

    // Where the next directory starts; 0 for none.
    private long ReadEntries(long start)
    {
        const int Short = 2, Long = 4, Long8 = 8;
        int offsetSize = _isBigTiff ? Long8 : Long, entrySize = 2 * Short + 2 * offsetSize;
        _stream.GoTo(start);
        long count = Read(_isBigTiff ? Long8 : Short);
        if (count is < 0 or > MostEntries)
            throw new EndOfStreamException();
        byte[] all = new byte[count * entrySize];
        long at = _stream.Position;
        _stream.ReadExactly(all);
        for (int i = 0; i < count; i++, at += entrySize)
        {
            Span<byte> entry = all.AsSpan(i * entrySize, entrySize);
            long ReadPart(Span<byte> part) => new Number(part, _isBigEndian).Value;
            int size = ReadPart(entry[Short..(2 * Short)]) switch
            {
                1 or 2 or 6 or 7 => 1,
                3 or 8 => 2,
                4 or 9 or 13 => 4,
                16 or 17 or 18 => 8,
                _ => 0,
            };
            long values = ReadPart(entry[(2 * Short)..(2 * Short + offsetSize)]);
            var tag = (TiffTag)ReadPart(entry[..Short]);
            if (values is < 0 or > MostValues || !Enum.IsDefined(tag))
                continue;
            bool isInline = size * values <= offsetSize;
            long valueAt = isInline ? at + 2 * Short + offsetSize : ReadPart(entry[(2 * Short + offsetSize)..]);
            _entries.TryAdd(tag, new Entry(size, (int)values, valueAt));
        }
        return Read(offsetSize);
    }

    private long Read(int size)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        _stream.ReadExactly(bytes[..size]);
        return new Number(bytes[..size], _isBigEndian).Value;
    }

    private byte[] Bytes(Entry entry)
    {
        if (!_stream.Holds(entry.At, (long)entry.Size * entry.Count))
            throw new EndOfStreamException();
        byte[] bytes = new byte[entry.Size * entry.Count];
        _stream.Position = entry.At;
        _stream.ReadExactly(bytes);
        return bytes;
    }

    /// <param name="Size">Bytes of a value; 0 for fractions and floating point.</param>
    /// <param name="Count">How many values.</param>
    /// <param name="At">Where they are in the file.</param>
    private sealed record Entry(int Size, int Count, long At);

    private readonly ref struct Number(ReadOnlySpan<byte> bytes, bool isBigEndian)
    {
        public long Value { get; } = bytes.Length switch
        {
            1 => bytes[0],
            2 => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            4 => isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => isBigEndian ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes),
        };
    }
}
