using System.Runtime.CompilerServices;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Numerics;

/// <summary>A grid level as its kernels need it.</summary>
internal sealed unsafe class GridGeometry
{
    // Held so that the pointer stays valid.
    private readonly int[] _rowStarts;

    /// <summary>Computes where the level's rows begin.</summary>
    /// <param name="level">The level.</param>
    /// <param name="featureCount">Features of an entry: 2 or a multiple of 4.</param>
    public GridGeometry(GridLevel level, int featureCount)
    {
        (Columns, Rows, IsDense, FeatureCount) = (level.Columns, level.Rows, level.IsDense, featureCount);
        IsLarge = (long)level.EntryCount * featureCount * sizeof(float) > ProcessorCache.SecondLevelBytes / 2;
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

    /// <summary>Features of an entry: 2 or a multiple of 4.</summary>
    public int FeatureCount { get; }

    /// <summary>Whether a core's second-level cache has no room for the table beside what else a step needs.</summary>
    public bool IsLarge { get; }

    /// <summary>The entry of each row's first vertex, <c>[Rows]</c>.</summary>
    public int* RowStarts { get; }
}
