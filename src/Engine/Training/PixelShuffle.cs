using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// A random order of the numbers 0 to count - 1 that needs no memory: a Feistel network (Luby and Rackoff 1988) over the smallest
/// rectangle that holds them, applied again where it leads outside (Black and Rogaway 2002). Any thread can compute any part of it.
/// </summary>
internal readonly struct PixelShuffle
{
    /// <summary>The most numbers: either side of the rectangle must stay below 2^16 for the arithmetic.</summary>
    public const int MaxCount = 1 << 30;

    private const int Rounds = 4;

    private readonly uint _count, _rows, _columns;
    private readonly ulong _key;

    /// <summary>Makes an order.</summary>
    /// <param name="count">How many numbers, 1 to <see cref="MaxCount"/>.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch: each has its own order.</param>
    public PixelShuffle(int count, int seed, int epoch)
        : this(count, RandomSource.Mix(((ulong)(uint)seed << 32) | (uint)epoch))
    {
    }

    private PixelShuffle(int count, ulong key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        _count = (uint)count;
        _columns = (uint)Math.Ceiling(Math.Sqrt(count));
        _rows = (_count + _columns - 1) / _columns;
        _key = key;
    }

    /// <summary>An order for a part of the numbers, derived from this one.</summary>
    /// <param name="part">The part: each has another order.</param>
    /// <param name="count">How many numbers, 1 to <see cref="MaxCount"/>.</param>
    public PixelShuffle Part(int part, int count) => new(count, RandomSource.Mix(_key ^ ((ulong)(uint)part << 32)));

    /// <summary>The number at a place in the order.</summary>
    public int this[int place] => (int)Walk((uint)place / _columns, (uint)place % _columns);

    /// <summary>The numbers at neighbouring places.</summary>
    /// <param name="firstPlace">The first place.</param>
    /// <param name="numbers">Receives the numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyTo(int firstPlace, Span<uint> numbers)
    {
        // A vector of places must lie in two rows of the rectangle at most.
        if (_columns < Vector512<uint>.Count)
        {
            for (int i = 0; i < numbers.Length; i++)
                numbers[i] = (uint)this[firstPlace + i];
            return;
        }
        int done = 0;
        uint row = (uint)firstPlace / _columns, column = (uint)firstPlace % _columns;
        for (; done + Vector512<uint>.Count <= numbers.Length; done += Vector512<uint>.Count)
        {
            Permute(row, column).CopyTo(numbers[done..]);
            column += (uint)Vector512<uint>.Count;
            if (column >= _columns)
                (row, column) = (row + 1, column - _columns);
        }
        if (done < numbers.Length)
            CopySome(row, column, numbers[done..]);
        for (int i = 0; i < numbers.Length; i++)
            if (numbers[i] >= _count)
                numbers[i] = Walk(numbers[i] / _columns, numbers[i] % _columns);
    }

    /// <summary>Fewer numbers than a vector has, not walked on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CopySome(uint row, uint column, Span<uint> numbers)
    {
        Span<uint> all = stackalloc uint[Vector512<uint>.Count];
        Permute(row, column).CopyTo(all);
        all[..numbers.Length].CopyTo(numbers);
    }

    private uint Walk(uint row, uint column)
    {
        uint number;
        do
        {
            number = Permute(row, column, _key);
            (row, column) = (number / _columns, number % _columns);
        }
        while (number >= _count);
        return number;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Permute(uint row, uint column, ulong key)
    {
        for (int round = 0; round < Rounds; round++, key = NextKey(key))
        {
            row = Shift(row, Hash(column, (uint)key), _rows);
            column = Shift(column, Hash(row, (uint)(key >> 32)), _columns);
        }
        return row * _columns + column;
    }

    /// <summary>(value + a share of the range) modulo the range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Shift(uint value, uint hash, uint range)
    {
        uint shifted = value + ((hash >> 16) * range >> 16);
        return shifted >= range ? shifted - range : shifted;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint value, uint key)
    {
        uint mixed = (value ^ key) * 0x9E3779B1;
        mixed = (mixed ^ (mixed >> 15)) * 0x85EBCA77;
        return mixed ^ (mixed >> 13);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong NextKey(ulong key) => key * 0xD1342543DE82EF95 + 1;

    /// <summary>The same for sixteen neighbouring places, not walked on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<uint> Permute(uint firstRow, uint firstColumn)
    {
        Vector512<uint> rows = Vector512.Create(_rows), columns = Vector512.Create(_columns);
        Vector512<uint> column = Vector512.Create(firstColumn) + Vector512.Create(0u, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        Vector512<uint> isNext = Vector512.GreaterThanOrEqual(column, columns);
        column -= columns & isNext;
        Vector512<uint> row = Vector512.Create(firstRow) - isNext;
        ulong key = _key;
        for (int round = 0; round < Rounds; round++, key = NextKey(key))
        {
            row = Shift(row, Hash(column, (uint)key), rows);
            column = Shift(column, Hash(row, (uint)(key >> 32)), columns);
        }
        return row * columns + column;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Shift(Vector512<uint> value, Vector512<uint> hash, Vector512<uint> range)
    {
        Vector512<uint> shifted = value + ((hash >>> 16) * range >>> 16);
        return Vector512.Min(shifted, shifted - range);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Hash(Vector512<uint> value, uint key)
    {
        Vector512<uint> mixed = (value ^ Vector512.Create(key)) * Vector512.Create(0x9E3779B1u);
        mixed = (mixed ^ (mixed >>> 15)) * Vector512.Create(0x85EBCA77u);
        return mixed ^ (mixed >>> 13);
    }
}
