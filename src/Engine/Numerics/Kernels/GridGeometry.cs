using System.Runtime.CompilerServices;

namespace MonaLisa.Engine.Numerics;

/// <summary>A grid level as its kernel wants it.</summary>
internal sealed unsafe class GridGeometry
{
    // Held so that the pointer stays good.
    private readonly int[] _rowStarts;

    /// <summary>Reckons where the level's rows begin.</summary>
    public GridGeometry(GridLevel level)
    {
        (Columns, Rows, IsDense) = (level.Columns, level.Rows, level.IsDense);
        _rowStarts = GC.AllocateUninitializedArray<int>(level.Rows, pinned: true);
        for (int row = 0; row < level.Rows; row++)
            _rowStarts[row] = level.RowStart(row);
        RowStarts = (int*)Unsafe.AsPointer(ref _rowStarts[0]);
    }

    /// <summary>Vertices in a row.</summary>
    public int Columns { get; }

    /// <summary>Rows of vertices.</summary>
    public int Rows { get; }

    /// <summary>Whether rows simply follow one another.</summary>
    public bool IsDense { get; }

    /// <summary>The entry of each row's first vertex, <c>[Rows]</c>.</summary>
    public int* RowStarts { get; }
}
