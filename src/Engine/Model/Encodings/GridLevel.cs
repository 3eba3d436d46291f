namespace MonaLisa.Engine;

/// <summary>
/// One resolution of a <see cref="GridEncoding"/>: vertices at the centres of <c>Columns * Rows</c> equal rectangles, as pixels are, so
/// that a level of the picture's own size has a vertex on every pixel. Vertex (x, y) is entry <see cref="RowStart"/>(y) + x of
/// the level's table.
/// </summary>
/// <param name="Columns">Vertices in a row, at least 2.</param>
/// <param name="Rows">Rows of vertices, at least 2.</param>
/// <param name="EntryCount">
/// Entries of the table: <c>Columns * Rows</c>, or fewer, at least <c>Columns</c>; then vertices far from each other share entries.
/// </param>
public readonly record struct GridLevel(int Columns, int Rows, int EntryCount)
{
    /// <summary>A level that has at most so many entries.</summary>
    public static GridLevel Of(int columns, int rows, int maxEntryCount) =>
        new(columns, rows, (int)Math.Min((long)columns * rows, Math.Max(columns, maxEntryCount)));

    /// <summary>Vertices along the shorter side.</summary>
    public int ShorterSide => Math.Min(Columns, Rows);

    /// <summary>Whether every vertex has an entry of its own.</summary>
    public bool IsDense => EntryCount == (long)Columns * Rows;

    /// <summary>The entries at which a row can begin where the level is not dense: a row never runs over the table's end.</summary>
    internal int RowStartPlaces => EntryCount - Columns + 1;

    /// <summary>Entries from a row's beginning to the next row's where the level is not dense: a golden section of the places.</summary>
    internal int RowStartStride
    {
        get
        {
            // The golden section times 2^16.
            const long Golden = 40503;
            return (int)Math.Max(1, RowStartPlaces * Golden >> 16);
        }
    }

    /// <summary>
    /// The entry of a row's first vertex. Rows of a level that is not dense begin a golden section of the table apart, which keeps the
    /// vertices that share an entry far from each other; a row never runs over the table's end, so neighbours in a row stay neighbours.
    /// </summary>
    public int RowStart(int row) => IsDense ? row * Columns : (int)((long)row * RowStartStride % RowStartPlaces);
}
