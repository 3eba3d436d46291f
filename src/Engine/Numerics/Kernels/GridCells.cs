using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MonaLisa.Engine.Numerics;

/// <summary>The cells of a grid level that 32 places lie in.</summary>
internal unsafe struct GridCells
{
    /// <summary>Places.</summary>
    public const int Count = PanelLayout.Width;

    /// <summary>Floats from the table's beginning to the cell's upper left vertex, after which the upper right one lies; and to the lower left one.</summary>
    public fixed int Top[Count], Bottom[Count];

    /// <summary>The shares of the vertices on the right, and of the lower ones.</summary>
    public fixed float Right[Count], Down[Count];

    /// <summary>
    /// The cells of one chunk of many places. Those of the next chunk are located too, and what a large table has there is requested from
    /// memory. What lies in the coordinates' padding gives some cell of the grid.
    /// </summary>
    /// <param name="grid">The level.</param>
    /// <param name="table">A table of the level, or anything that lies as one.</param>
    /// <param name="coordinates">All places, in [0, 1], a skinny <c>[rows, 2]</c>.</param>
    /// <param name="row">The chunk's first place; the call before was for the chunk before.</param>
    /// <param name="rows">Number of places.</param>
    /// <param name="both">Room for two, the same from call to call.</param>
    /// <returns>One of the two.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static GridCells* Of(GridGeometry grid, float* table, float* coordinates, int row, int rows, GridCells* both)
    {
        GridCells* now = both + row / Count % 2, next = both + (row / Count + 1) % 2;
        if (row == 0)
            Locate(grid, coordinates, now);
        if (row + Count >= rows)
            return now;
        Locate(grid, coordinates + (row + Count) * Mlp.InputCount, next);
        if (grid.IsLarge)
            for (int i = 0; i < Count; i++)
            {
                CacheLine.Request(table + next->Top[i]);
                CacheLine.Request(table + next->Bottom[i]);
            }
        return now;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Locate(GridGeometry grid, float* coordinates, GridCells* cells)
    {
        int featureCount = grid.FeatureCount;
        Vector256<float> columns = Vector256.Create((float)grid.Columns), rows = Vector256.Create((float)grid.Rows);
        Vector256<float> half = Vector256.Create(0.5f), zero = Vector256<float>.Zero, one = Vector256<float>.One;
        Vector256<int> lastColumn = Vector256.Create(grid.Columns - 2), lastRow = Vector256.Create(grid.Rows - 2);
        for (int i = 0; i < Count; i += Vector256<float>.Count)
        {
            Vector256<float> x = Vector256.Load(coordinates + i) * columns - half;
            Vector256<float> y = Vector256.Load(coordinates + Count + i) * rows - half;
            Vector256<int> column = Vector256.Min(Vector256.Max(Vector256.ConvertToInt32Native(x), Vector256<int>.Zero), lastColumn);
            Vector256<int> row = Vector256.Min(Vector256.Max(Vector256.ConvertToInt32Native(y), Vector256<int>.Zero), lastRow);
            Vector256.MinNative(Vector256.MaxNative(x - Vector256.ConvertToSingle(column), zero), one).Store(cells->Right + i);
            Vector256.MinNative(Vector256.MaxNative(y - Vector256.ConvertToSingle(row), zero), one).Store(cells->Down + i);
            if (grid.IsDense)
            {
                Vector256<int> top = (row * grid.Columns + column) * featureCount;
                top.Store(cells->Top + i);
                (top + Vector256.Create(grid.Columns * featureCount)).Store(cells->Bottom + i);
                continue;
            }
            column.Store(cells->Top + i);
            row.Store(cells->Bottom + i);
        }
        if (grid.IsDense)
            return;
        for (int i = 0; i < Count; i++)
        {
            int* start = grid.RowStarts + cells->Bottom[i];
            int column = cells->Top[i];
            cells->Top[i] = (start[0] + column) * featureCount;
            cells->Bottom[i] = (start[1] + column) * featureCount;
        }
    }
}
