namespace MonaLisa.Engine.Training;

/// <summary>
/// A random order of the numbers 0 to count - 1 that needs no memory: a Feistel network (Luby and Rackoff 1988) over a rectangle
/// that barely holds them, walked on wherever it leads outside (Black and Rogaway 2002). Any place in the order can be asked for
/// at any time by any thread.
/// </summary>
internal readonly struct PixelShuffle
{
    private const int Rounds = 4;

    private readonly uint _count, _rows, _columns;
    private readonly ulong _key;

    /// <summary>Makes an order.</summary>
    /// <param name="count">How many numbers, at least 1.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch: each has its own order.</param>
    public PixelShuffle(int count, int seed, int epoch)
    {
        _count = (uint)count;
        _columns = (uint)Math.Ceiling(Math.Sqrt(count));
        _rows = (_count + _columns - 1) / _columns;
        _key = RandomSource.Mix(((ulong)(uint)seed << 32) | (uint)epoch);
    }

    /// <summary>The number at a place in the order.</summary>
    public int this[int place]
    {
        get
        {
            uint value = (uint)place;
            do
                value = Permute(value);
            while (value >= _count);
            return (int)value;
        }
    }

    private uint Permute(uint value)
    {
        uint row = value / _columns, column = value - row * _columns;
        ulong key = _key;
        for (int round = 0; round < Rounds; round++)
        {
            row = Shift(row, Hash(column, key), _rows);
            column = Shift(column, Hash(row, key >> 32), _columns);
            key = key * 0xD1342543DE82EF95 + 1;
        }
        return row * _columns + column;
    }

    /// <summary>(value + a share of the range) modulo the range.</summary>
    private static uint Shift(uint value, uint hash, uint range)
    {
        uint shifted = value + (uint)((ulong)hash * range >> 32);
        return shifted >= range ? shifted - range : shifted;
    }

    private static uint Hash(uint value, ulong key)
    {
        uint mixed = (value ^ (uint)key) * 0x9E3779B1;
        mixed = (mixed ^ (mixed >> 15)) * 0x85EBCA77;
        return mixed ^ (mixed >> 13);
    }
}
