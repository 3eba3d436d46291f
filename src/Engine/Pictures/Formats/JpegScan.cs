namespace MonaLisa.Engine.Pictures;

/// <summary>One scan of a JPEG file: reads its codes to the end.</summary>
internal sealed class JpegScan
{
    private const int LastCoefficient = JpegFrame.BlockSize - 1, MostComponents = 4, MostBits = 15;

    // What encoders leave at the end of a scan; damage leaves more.
    private const int MostLeftover = 64, MostForeign = 3;

    private const int FirstRestart = 0xd0, Restarts = 8;

    private readonly (JpegFrame.Component Part, HuffmanCode? Direct, HuffmanCode? Other)[] _parts;
    private readonly int _first;
    private readonly int _last;
    private readonly bool _isRefinement;
    private readonly int _lowestBit;
    private int _endRun;

    private JpegScan((JpegFrame.Component, HuffmanCode?, HuffmanCode?)[] parts, int first, int last, int high, int low)
    {
        _parts = parts;
        _first = first;
        _last = last;
        _isRefinement = high > 0;
        _lowestBit = low;
    }

    /// <summary>Whether the scan's header is one that can be followed.</summary>
    public bool IsPossible => _parts.Length > 0 && _first <= _last && _last <= LastCoefficient && (_parts.Length == 1 || _first == 0);

    /// <summary>Reads a scan's header.</summary>
    public static JpegScan Read(ReadOnlySpan<byte> segment, JpegFrame frame, HuffmanCode?[] codes)
    {
        int count = segment.Length > 0 ? segment[0] : 0;
        if (count is < 1 or > MostComponents || segment.Length < 1 + 2 * count + 3)
            throw new EndOfStreamException();
        var parts = new List<(JpegFrame.Component, HuffmanCode?, HuffmanCode?)>();
        for (int i = 0; i < count; i++)
        {
            byte id = segment[1 + 2 * i], tables = segment[2 + 2 * i];
            if (frame.Components.FirstOrDefault(part => part.Id == id) is JpegFrame.Component found)
                parts.Add((found, codes[tables >> 4 & 3], codes[4 + (tables & 3)]));
        }
        ReadOnlySpan<byte> rest = segment[(1 + 2 * count)..];
        bool isWhole = parts.Count == count;
        return frame.IsProgressive
            ? new JpegScan(isWhole ? [.. parts] : [], rest[0], rest[1], rest[2] >> 4, rest[2] & 15)
            : new JpegScan(isWhole ? [.. parts] : [], 0, LastCoefficient, 0, 0);
    }

    /// <summary>Reads the scan's samples, as far as the budget allows.</summary>
    /// <returns>What is damaged, as the second half of a sentence; or null.</returns>
    public string? Check(JpegBits bits, JpegFrame frame, int restartInterval, JpegBudget budget)
    {
        JpegFrame.Component only = _parts[0].Part;
        bool isAlone = _parts.Length == 1;
        (int across, int down) = isAlone ? (only.BlocksAcross, only.BlocksDown) : (frame.McusAcross, frame.McusDown);
        int count = across * down, blocks = isAlone ? 1 : _parts.Sum(part => part.Part.Horizontal * part.Part.Vertical);
        if (_first > 0 && only.History is null)
        {
            if (!budget.TryTake(count))
                return null;
            only.History = new ulong[count];
        }
        int untilRestart = restartInterval > 0 ? restartInterval : count, restart = 0;
        bits.StartSamples();
        for (int at = 0; at < count;)
        {
            if (untilRestart == 0)
            {
                if (!IsAllLeft(bits) || bits.NextMarker() != FirstRestart + restart)
                    return $"its compressed samples are not valid at row {RowOf(at / across, isAlone, only, frame)}";
                restart = (restart + 1) % Restarts;
                untilRestart = restartInterval;
                _endRun = 0;
                bits.StartSamples();
            }
            int passed = PassRun(only, at, Math.Min(untilRestart, count - at));
            // A run says nothing of its blocks; what refines them looks at each.
            if (!budget.TryTake(passed > 0 && _isRefinement ? passed : blocks))
                return null;
            if (passed == 0)
            {
                if (!(isAlone ? ReadBlock(bits, frame, 0, at) : ReadMcu(bits, frame)))
                    return $"its compressed samples are not valid at row {RowOf(at / across, isAlone, only, frame)}";
                passed = 1;
            }
            at += passed;
            untilRestart -= passed;
        }
        foreach ((JpegFrame.Component part, _, _) in _parts)
            for (int k = _first; k <= _last; k++)
                part.LowestBits[k] = _lowestBit;
        return IsAllLeft(bits) ? null : "its compressed samples go on where the picture ends";
    }

    private static int RowOf(int row, bool isAlone, JpegFrame.Component part, JpegFrame frame)
    {
        int blocks = frame.Components.Max(other => other.Vertical);
        return row * JpegFrame.BlockSide * (isAlone ? blocks / part.Vertical : blocks);
    }

    private static bool IsAllLeft(JpegBits bits)
    {
        (long all, long foreign) = bits.SkipLeftover();
        return all <= MostLeftover && foreign <= MostForeign;
    }

    // How many blocks need no bit: all of their coefficients, or all that this scan refines, are zero.
    private int PassRun(JpegFrame.Component part, int at, int most)
    {
        int run = Math.Min(_endRun, most);
        if (_isRefinement && part.History.AsSpan(at, run).IndexOfAnyExcept(0ul) is int end and >= 0)
            run = end;
        _endRun -= run;
        return run;
    }

    private bool ReadMcu(JpegBits bits, JpegFrame frame)
    {
        for (int i = 0; i < _parts.Length; i++)
            for (int left = _parts[i].Part.Horizontal * _parts[i].Part.Vertical; left > 0; left--)
                if (!ReadBlock(bits, frame, i, 0))
                    return false;
        return true;
    }

    private bool ReadBlock(JpegBits bits, JpegFrame frame, int index, int block)
    {
        (JpegFrame.Component part, HuffmanCode? direct, HuffmanCode? other) = _parts[index];
        if (!frame.IsProgressive)
            return direct is not null && other is not null && ReadDirect(bits, direct) && ReadOthers(bits, other, 1);
        if (_first == 0)
            return _isRefinement ? bits.Skip(1) : direct is not null && ReadDirect(bits, direct);
        ref ulong history = ref part.History![block];
        return other is not null && (_isRefinement ? Refine(bits, other, ref history) : ReadFirst(bits, other, ref history));
    }

    private static bool ReadDirect(JpegBits bits, HuffmanCode code) => code.Read(bits) is int size and >= 0 and <= MostBits && bits.Skip(size);

    private bool ReadOthers(JpegBits bits, HuffmanCode code, int k)
    {
        while (k <= _last)
        {
            int symbol = code.Read(bits);
            if (symbol < 0)
                return false;
            (int zeros, int size) = (symbol >> 4, symbol & MostBits);
            if (size == 0 && zeros < MostBits)
                return true;
            k += zeros + 1;
            if (size > 0 && (k > _last + 1 || !bits.Skip(size)))
                return false;
        }
        return true;
    }

    private bool ReadFirst(JpegBits bits, HuffmanCode code, ref ulong history)
    {
        for (int k = _first; k <= _last; k++)
        {
            int symbol = code.Read(bits);
            if (symbol < 0)
                return false;
            (int zeros, int size) = (symbol >> 4, symbol & MostBits);
            if (size == 0 && zeros < MostBits)
                return StartEndRun(bits, zeros, blocksDone: 1);
            k += zeros;
            if (size > 0)
            {
                if (k > _last || !bits.Skip(size))
                    return false;
                history |= 1ul << k;
            }
        }
        return true;
    }

    private bool Refine(JpegBits bits, HuffmanCode code, ref ulong history)
    {
        int k = _first;
        while (_endRun == 0 && k <= _last)
        {
            int symbol = code.Read(bits);
            if (symbol < 0)
                return false;
            (int zeros, int size) = (symbol >> 4, symbol & MostBits);
            if (size == 0 && zeros < MostBits)
            {
                if (!StartEndRun(bits, zeros, blocksDone: 0))
                    return false;
                break;
            }
            if (size > 1 || (size == 1 && !bits.Skip(1)))
                return false;
            // A bit for each coefficient that is not zero yet, on the way over those that are.
            for (; k <= _last; k++)
                if ((history >> k & 1) != 0)
                {
                    if (!bits.Skip(1))
                        return false;
                }
                else if (zeros-- == 0)
                    break;
            if (size == 1)
            {
                if (k > _last)
                    return false;
                history |= 1ul << k;
            }
            k++;
        }
        if (_endRun == 0)
            return true;
        _endRun--;
        for (; k <= _last; k++)
            if ((history >> k & 1) != 0 && !bits.Skip(1))
                return false;
        return true;
    }

    private bool StartEndRun(JpegBits bits, int size, int blocksDone)
    {
        int more = bits.Read(size);
        _endRun = (1 << size) + more - blocksDone;
        return more >= 0;
    }
}
