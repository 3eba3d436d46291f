using System.Buffers.Binary;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// What a JPEG file states, and whether its compressed samples are whole: decoders go on over most damage, and over what is left when the
/// last row is complete. Every Huffman code is read and no sample is computed. See ITU-T T.81.
/// </summary>
internal sealed class JpegFacts
{
    private const byte StartOfFrame = 0xc0, HuffmanTables = 0xc4, FirstRestart = 0xd0, StartOfImage = 0xd8, EndOfImage = 0xd9, StartOfScan = 0xda,
        NumberOfLines = 0xdc, RestartInterval = 0xdd, Temporary = 0x01, LastFrame = 0xcf, Reserved = 0xc8, ArithmeticTables = 0xcc;

    // A file can ask for any work by many scans over many blocks.
    private const int MostScans = 256;
    private const long FreeBlocks = 1 << 16, BlocksPerByte = 16;

    private readonly JpegBits _bits;
    private readonly HuffmanCode?[] _codes = new HuffmanCode?[8];
    private JpegFrame? _frame;
    private int _restartInterval;
    private int _scans;

    private JpegFacts(Stream stream) => _bits = new JpegBits(stream);

    /// <summary>Reads the facts of a file.</summary>
    public static FileFacts Read(Stream stream) => new JpegFacts(stream).Read(stream.Length);

    /// <summary>Whether a picture in a TIFF file is whole.</summary>
    /// <param name="data">Its bytes.</param>
    /// <param name="tables">Tables that it shares with others, a JPEG stream without a picture; may be empty.</param>
    public static bool IsWhole(byte[] data, byte[] tables)
    {
        var facts = new JpegFacts(new MemoryStream(data));
        try
        {
            if (tables.Length > 0)
            {
                var shared = new JpegFacts(new MemoryStream(tables));
                shared.Read(tables.Length);
                shared._codes.CopyTo(facts._codes, 0);
            }
            return facts.Read(data.Length).Damage is null;
        }
        catch (EndOfStreamException)
        {
            return false;
        }
    }

    private FileFacts Read(long length)
    {
        while (_bits.NextMarker() is byte marker)
        {
            switch (marker)
            {
                case StartOfImage or Temporary or (>= FirstRestart and < StartOfImage):
                    continue;
                case EndOfImage:
                    return FileFacts.None;
                case HuffmanTables:
                    ReadCodes();
                    break;
                case RestartInterval:
                    _restartInterval = BinaryPrimitives.ReadUInt16BigEndian(_bits.ReadSegment());
                    break;
                case StartOfScan:
                    if (_frame is null || ++_scans > MostScans)
                        return FileFacts.None;
                    JpegScan scan = JpegScan.Read(_bits.ReadSegment(), _frame, _codes);
                    if (!scan.IsPossible)
                        return FileFacts.None;
                    if (scan.Check(_bits, _frame, _restartInterval) is string damage)
                        return new FileFacts { Damage = damage };
                    break;
                case NumberOfLines:
                    return FileFacts.None;
                case >= StartOfFrame and <= LastFrame and not (Reserved or ArithmeticTables):
                    _frame = JpegFrame.Read(marker, _bits.ReadSegment());
                    if (_frame.Unsupported is string reason)
                        return new FileFacts { Unsupported = reason };
                    // Arithmetic codes have no wrong ones. A size that the file cannot hold is refused later.
                    if (!_frame.IsChecked || _frame.BlockCount > FreeBlocks + length * BlocksPerByte)
                        return FileFacts.None;
                    break;
                default:
                    _bits.ReadSegment();
                    break;
            }
        }
        return _frame is { IsComplete: true }
            ? new FileFacts
            {
                Tail = [0xff, EndOfImage],
                Warnings = ["the marker that ends a JPEG file is missing. All its pixels are there; the file may have been cut short a little."],
            }
            : FileFacts.None;
    }

    private void ReadCodes()
    {
        ReadOnlySpan<byte> rest = _bits.ReadSegment();
        while (rest.Length >= 17)
        {
            int count = 0;
            foreach (byte ofLength in rest[1..17])
                count += ofLength;
            if (17 + count > rest.Length)
                return;
            // Four for direct coefficients, then four for the others.
            _codes[(rest[0] >> 4 & 1) * 4 + (rest[0] & 3)] = new HuffmanCode(rest[1..17], rest[17..(17 + count)]);
            rest = rest[(17 + count)..];
        }
    }
}
