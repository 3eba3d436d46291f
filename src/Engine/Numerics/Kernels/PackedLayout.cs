namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Where a packed matrix lies, such as a tile's features as a provider wants them: in panels of <see cref="PanelLayout.Width"/> columns
/// whose rows are a distance apart. A row-major matrix is one whose panels follow one another along its rows.
/// </summary>
/// <param name="RowStride">Floats from a row to the next.</param>
/// <param name="PanelStride">Floats from a panel to the next.</param>
internal readonly record struct PackedLayout(int RowStride, int PanelStride)
{
    /// <summary>Where a column begins.</summary>
    public int Column(int column) => column / PanelLayout.Width * PanelStride + column % PanelLayout.Width;
}
