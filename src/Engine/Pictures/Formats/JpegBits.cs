namespace MonaLisa.Engine.Pictures;

/// <summary>A code of JPEG's Huffman tables.</summary>
internal sealed class HuffmanCode
{
    private const int FastBits = 9, MostBits = 16;

    // For each start of nine bits its symbol and, above it, the length; 0 where the code is longer.
    private readonly ushort[] _fast = new ushort[1 << FastBits];
    private readonly byte[] _symbols;
    private readonly int[] _mostCode = new int[MostBits + 1];
    private readonly int[] _firstSymbol = new int[MostBits + 1];

    /// <summary>Builds a code.</summary>
    /// <param name="counts">How many codes there are of each length, 1 to 16.</param>
    /// <param name="symbols">Their symbols, the shortest code first.</param>
    public HuffmanCode(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _symbols = symbols.ToArray();
        int code = 0, symbol = 0;
        for (int length = 1; length <= MostBits; length++)
        {
            _firstSymbol[length] = symbol - code;
            for (int i = 0; i < counts[length - 1]; i++, code++, symbol++)
                if (length <= FastBits && code < 1 << length)
                    Array.Fill(_fast, (ushort)(length << 8 | _symbols[symbol]), code << (FastBits - length), 1 << (FastBits - length));
            _mostCode[length] = code;
            code <<= 1;
        }
    }

    /// <summary>Reads a symbol; -1 where no code starts so, or the data ends.</summary>
    public int Read(JpegBits bits)
    {
        uint window = bits.Peek();
        int entry = _fast[window >> (MostBits - FastBits)];
        if (entry != 0)
            return bits.Skip(entry >> 8) ? entry & byte.MaxValue : -1;
        for (int length = FastBits + 1; length <= MostBits; length++)
            if ((int)(window >> (MostBits - length)) is int code && code < _mostCode[length] && _firstSymbol[length] + code is int index
                && index >= 0 && index < _symbols.Length)
                return bits.Skip(length) ? _symbols[index] : -1;
        return -1;
    }
}

/// <summary>Reads a JPEG stream: its markers and segments, and the bits of its scans.</summary>
internal sealed class JpegBits(Stream stream)
{
    private const byte Mark = 0xff;

    private readonly byte[] _buffer = new byte[Math.Clamp(stream.Length, 1, 1 << 16)];
    private int _at;
    private int _filled;
    private ulong _window;
    private int _windowBits;
    private byte? _marker;
    private bool _isAtEnd;

    /// <summary>The next marker's code, past anything before it; null at the end.</summary>
    public byte? NextMarker()
    {
        if (_marker is byte found)
        {
            _marker = null;
            return found;
        }
        int value = ReadByte();
        while (value >= 0)
        {
            while (value >= 0 && value != Mark)
                value = ReadByte();
            while (value == Mark)
                value = ReadByte();
            if (value > 0)
                return (byte)value;
        }
        return null;
    }

    /// <summary>The content of a marker's segment.</summary>
    /// <exception cref="EndOfStreamException">It is longer than the file.</exception>
    public byte[] ReadSegment()
    {
        int length = (RequireByte() << 8) + RequireByte() - 2;
        byte[] content = new byte[Math.Max(0, length)];
        for (int i = 0; i < content.Length; i++)
            content[i] = (byte)RequireByte();
        return content;
    }

    /// <summary>Starts with the samples behind a segment or a restart.</summary>
    public void StartSamples()
    {
        _window = 0;
        _windowBits = 0;
    }

    /// <summary>The next sixteen bits; zeros behind the last.</summary>
    public uint Peek()
    {
        if (_windowBits < 16)
            Fill();
        return (uint)(_windowBits >= 16 ? _window >> (_windowBits - 16) : _window << (16 - _windowBits)) & ushort.MaxValue;
    }

    /// <summary>Skips bits, at most sixteen.</summary>
    /// <returns>Whether there were as many.</returns>
    public bool Skip(int count)
    {
        if (_windowBits < count)
            Fill();
        if (_windowBits < count)
            return false;
        _windowBits -= count;
        return true;
    }

    /// <summary>Reads bits, at most sixteen, as a number; -1 where there are not as many.</summary>
    public int Read(int count)
    {
        if (count == 0)
            return 0;
        int value = (int)(Peek() >> (16 - count));
        return Skip(count) ? value : -1;
    }

    /// <summary>
    /// Skips what is left before a marker: how many whole bytes, and how many of them are not filling (0 or 255).
    /// </summary>
    public (long All, long NoFilling) SkipLeftover()
    {
        _windowBits -= _windowBits % 8;
        long all = 0, noFilling = 0;
        while (true)
        {
            if (_windowBits == 0)
                Fill();
            if (_windowBits == 0)
                return (all, noFilling);
            _windowBits -= 8;
            all++;
            if ((byte)(_window >> _windowBits) is not (0 or Mark))
                noFilling++;
        }
    }

    private void Fill()
    {
        while (_windowBits <= 56 && _marker is null && !_isAtEnd)
        {
            int value = ReadByte();
            if (value == Mark)
            {
                int code = ReadByte();
                while (code == Mark)
                    code = ReadByte();
                // A zero behind it says that it is no marker.
                if (code > 0)
                    _marker = (byte)code;
                _isAtEnd = code < 0;
                if (code != 0)
                    return;
            }
            else if (value < 0)
            {
                _isAtEnd = true;
                return;
            }
            _window = _window << 8 | (byte)value;
            _windowBits += 8;
        }
    }

    private int ReadByte()
    {
        if (_at == _filled)
        {
            _at = 0;
            _filled = stream.Read(_buffer);
            if (_filled == 0)
                return -1;
        }
        return _buffer[_at++];
    }

    private int RequireByte() => ReadByte() is int value and >= 0 ? value : throw new EndOfStreamException();
}
