using static TorchSharp.torch;

namespace MonaLisa.Torch;

/// <summary>
/// Where a pixel's features lie in a multiresolution grid (Müller et al. 2022, arXiv 2201.05989): of all levels at once, so that the
/// number of calls does not grow with them. The levels' tables lie one after another in a single one.
/// </summary>
internal sealed class GridPlaces
{
    /// <summary>The second of the paper's primes, as the 32 bits of a signed number; the first is 1.</summary>
    private const int Prime = unchecked((int)2654435761);

    private readonly Tensor _cells, _rowStrides, _firstEntries, _masks;
    private readonly int _denseCount, _hashedCount;

    public GridPlaces(PeerGrid grid)
    {
        PeerGridLevel[] levels = grid.Levels;
        LevelCount = levels.Length;
        EntryCount = levels.Sum(level => level.Entries);
        _denseCount = levels.TakeWhile(IsDense).Count();
        _hashedCount = LevelCount - _denseCount;
        if (levels.Skip(_denseCount).Any(level => IsDense(level) || !int.IsPow2(level.Entries)))
            throw new ArgumentException("Levels with an entry for every vertex come first, and the others have a power of two of entries.");
        _cells = tensor(levels.SelectMany(level => new float[] { level.Columns - 1, level.Rows - 1 }).ToArray()).view(LevelCount, 2);
        _rowStrides = tensor(levels.Select(level => IsDense(level) ? level.Columns : Prime).ToArray());
        int[] first = new int[LevelCount];
        for (int i = 1; i < LevelCount; i++)
            first[i] = first[i - 1] + levels[i - 1].Entries;
        _firstEntries = tensor(first).view(LevelCount, 1, 1);
        _masks = tensor(levels.Skip(_denseCount).Select(level => level.Entries - 1).ToArray()).view(_hashedCount, 1, 1);
    }

    /// <summary>Number of levels.</summary>
    public int LevelCount { get; }

    /// <summary>Entries of all tables together.</summary>
    public int EntryCount { get; }

    /// <summary>The entries of the four vertices around each pixel and their bilinear weights.</summary>
    /// <param name="inputs"><c>[batch, 2]</c> in [0, 1).</param>
    /// <returns>Both <c>[batch, levels, 4]</c>; the entries are 32-bit integers.</returns>
    public (Tensor Entries, Tensor Weights) Of(Tensor inputs)
    {
        Tensor position = inputs.unsqueeze(1) * _cells, corner = position.floor();
        Tensor fraction = position.sub_(corner);
        // [batch, levels, 2]: near and far.
        Tensor alongX = fraction.select(2, 0), alongY = fraction.select(2, 1);
        Tensor weightsX = stack([1 - alongX, alongX], 2), weightsY = stack([1 - alongY, alongY], 2);
        Tensor vertex = corner.to(ScalarType.Int32);
        Tensor column = vertex.select(2, 0), row = vertex.select(2, 1) * _rowStrides;
        Tensor columns = stack([column, column + 1], 2).unsqueeze(2), rows = stack([row, row + _rowStrides], 2).unsqueeze(3);
        Tensor entries = Entries(columns, rows).add_(_firstEntries);
        return (entries.flatten(2), (weightsY.unsqueeze(3) * weightsX.unsqueeze(2)).flatten(2));
    }

    private Tensor Entries(Tensor columns, Tensor rows)
    {
        if (_hashedCount == 0)
            return columns + rows;
        Tensor hashed = columns.narrow(1, _denseCount, _hashedCount).bitwise_xor(rows.narrow(1, _denseCount, _hashedCount))
            .bitwise_and_(_masks);
        return _denseCount == 0
            ? hashed : cat([columns.narrow(1, 0, _denseCount) + rows.narrow(1, 0, _denseCount), hashed], 1);
    }

    private static bool IsDense(PeerGridLevel level) => level.Entries == level.Columns * level.Rows;
}
