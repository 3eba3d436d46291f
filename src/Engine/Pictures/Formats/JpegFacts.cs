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

    private const long FreeBlocks = 1 << 16, BlocksPerByte = 16;

    private readonly JpegBits _bits;
    private readonly HuffmanCode?[] _codes = new HuffmanCode?[8];
    private readonly JpegBudget _budget;
    private readonly long _mostBlocks;
    private readonly int _maxPixels;
    private JpegFrame? _frame;
    private int _restartInterval;

    private JpegFacts(Stream stream, int maxPixels, JpegBudget budget)
    {
        (_bits, _maxPixels, _budget) = (new JpegBits(stream), maxPixels, budget);
        _mostBlocks = FreeBlocks + stream.Length * BlocksPerByte;
    }

    /// <summary>Reads the facts of a file.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="maxPixels">The most pixels of a picture whose samples are checked: one of more is refused by its size.</param>
    /// <param name="budget">The blocks that may be visited.</param>
    public static FileFacts Read(Stream stream, int maxPixels, JpegBudget budget) => new JpegFacts(stream, maxPixels, budget).Read();

    /// <summary>The codes that the pictures in a TIFF file share.</summary>
    /// <param name="tables">A JPEG stream without a picture; may be empty.</param>
    /// <param name="budget">The blocks that may be visited in the file.</param>
    public static HuffmanCode?[] ReadTables(byte[] tables, JpegBudget budget)
    {
        var shared = new JpegFacts(new MemoryStream(tables), int.MaxValue, budget);
        FileFacts.None.With(_ => shared.Read());
        return shared._codes;
    }

    /// <summary>Whether a picture in a TIFF file is whole.</summary>
    /// <param name="data">Its bytes.</param>
    /// <param name="tables">The codes that it shares with others.</param>
    /// <param name="budget">The blocks that may be visited in the file.</param>
    public static bool IsWhole(byte[] data, HuffmanCode?[] tables, JpegBudget budget)
    {
        var facts = new JpegFacts(new MemoryStream(data), int.MaxValue, budget);
        tables.CopyTo(facts._codes, 0);
        try
        {
            return facts.Read().Damage is null;
        }
        catch (Exception exception) when (FileFacts.IsBroken(exception))
        {
            return false;
        }
    }

    private FileFacts Read()
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
                    if (_frame is null)
                        return FileFacts.None;
                    JpegScan scan = JpegScan.Read(_bits.ReadSegment(), _frame, _codes);
                    if (!scan.IsPossible)
                        return FileFacts.None;
                    if (scan.Check(_bits, _frame, _restartInterval, _budget) is string damage)
                        return new FileFacts { Damage = damage };
                    if (_budget.IsSpent)
                        return FileFacts.None;
                    break;
                case NumberOfLines:
                    return FileFacts.None;
                case >= StartOfFrame and <= LastFrame and not (Reserved or ArithmeticTables):
                    _frame = JpegFrame.Read(marker, _bits.ReadSegment());
                    if (_frame.Unsupported is string reason)
                        return new FileFacts { Unsupported = reason };
                    // Arithmetic codes have no wrong ones. A size that is not read, or that the file cannot hold, is refused later.
                    if (!_frame.IsChecked || _frame.PixelCount > _maxPixels || _frame.BlockCount > _mostBlocks)
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
