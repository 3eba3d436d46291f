namespace MonaLisa.Engine.Numerics;

/// <summary>
/// How matrices lie in memory. A packed matrix <c>[rows, columns]</c> is cut into panels of <see cref="Width"/> columns, each
/// panel row-major: element (r, c) at <c>(c / 32) * rows * 32 + r * 32 + c % 32</c>. Then a matrix can be either factor of the
/// next product as it is, and the next row is never a power of two away.
/// A skinny matrix (coordinates, colours) is cut into chunks of <see cref="Width"/> rows, each chunk column by column:
/// element (r, c) at <c>(r / 32) * columns * 32 + c * 32 + r % 32</c>, so that its rows fill vectors.
/// </summary>
internal static class PanelLayout
{
    /// <summary>Columns of a panel, rows of a chunk: two AVX-512 vectors.</summary>
    public const int Width = 32;

    /// <summary>Half a panel: the last panel computes only this many columns where the rest is padding.</summary>
    public const int HalfWidth = 16;

    /// <summary>Panels that hold the columns.</summary>
    public static int PanelCount(int columns) => (columns + Width - 1) / Width;

    /// <summary>Columns with the padding of the last panel.</summary>
    public static int PaddedColumns(int columns) => PanelCount(columns) * Width;

    /// <summary>A length padded to whole half panels, for rows that vectors of any width run over.</summary>
    public static int PadToHalfPanels(int length) => (length + HalfWidth - 1) / HalfWidth * HalfWidth;

    /// <summary>Columns of a panel that must be computed: all, or half of a panel that is at most half used.</summary>
    public static int ComputedColumns(int panel, int columns) =>
        columns - panel * Width <= HalfWidth ? HalfWidth : Width;

    /// <summary>Where a row of a skinny matrix begins; its columns are <see cref="Width"/> floats apart.</summary>
    public static int SkinnyOffset(int row, int columns) => row / Width * columns * Width + row % Width;
}

/// <summary>
/// Where a packed matrix lies, such as a tile's features as a provider needs them: in panels of <see cref="PanelLayout.Width"/> columns
/// whose rows are a distance apart. A row-major matrix is one whose panels follow one another along its rows.
/// </summary>
/// <param name="RowStride">Floats from a row to the next.</param>
/// <param name="PanelStride">Floats from a panel to the next.</param>
internal readonly record struct PackedLayout(int RowStride, int PanelStride)
{
    /// <summary>Where a column begins.</summary>
    public int Column(int column) => column / PanelLayout.Width * PanelStride + column % PanelLayout.Width;
}
