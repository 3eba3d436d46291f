using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Bilinear interpolation in one level of a grid. The two vertices of a cell's row lie side by side in the table, so a place needs two
/// short runs of floats. There are single multiplications and additions only: the same bits on every processor.
/// </summary>
internal static unsafe class GridKernel
{
    /// <summary>Each row's features at its place.</summary>
    /// <param name="grid">The level.</param>
    /// <param name="table"><c>[entries, features]</c>.</param>
    /// <param name="coordinates">Places in [0, 1], a skinny <c>[rows, 2]</c>; beyond the outermost vertices their values go on.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="features">Receives the level's features.</param>
    /// <param name="stride">Floats from a row's features to the next row's.</param>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interpolate(GridGeometry grid, float* table, float* coordinates, int rows, float* features, int stride)
    {
        int featureCount = grid.FeatureCount;
        GridCells* both = stackalloc GridCells[2];
        for (int row = 0; row < rows; row += GridCells.Count)
        {
            GridCells* cells = GridCells.Of(grid, table, coordinates, row, rows, both);
            int count = Math.Min(GridCells.Count, rows - row), i = 0;
            if (featureCount == 2 && Vector256.IsHardwareAccelerated)
                for (; i + 1 < count; i += 2, features += 2 * stride)
                {
                    Vector256<float> top = Vector256.Create(Vector128.Load(table + cells->Top[i]), Vector128.Load(table + cells->Top[i + 1]));
                    Vector256<float> bottom = Vector256.Create(Vector128.Load(table + cells->Bottom[i]), Vector128.Load(table + cells->Bottom[i + 1]));
                    Vector256<float> pairs = Between(top, bottom, SharesOfTwo(cells->Down + i));
                    Vector256<float> others = Vector256.Shuffle(pairs, Vector256.Create(2, 3, 2, 3, 6, 7, 6, 7));
                    Vector256<float> result = Between(pairs, others, SharesOfTwo(cells->Right + i));
                    Unsafe.WriteUnaligned(features, result.GetLower().AsDouble().ToScalar());
                    Unsafe.WriteUnaligned(features + stride, result.GetUpper().AsDouble().ToScalar());
                }
            for (; i < count; i++, features += stride)
            {
                float* top = table + cells->Top[i], bottom = table + cells->Bottom[i];
                Vector128<float> right = Vector128.Create(cells->Right[i]), down = Vector128.Create(cells->Down[i]);
                if (featureCount == 2)
                {
                    Vector128<float> pair = Between(Vector128.Load(top), Vector128.Load(bottom), down);
                    Vector128<float> result = Between(pair, Vector128.Shuffle(pair, Vector128.Create(2, 3, 2, 3)), right);
                    Unsafe.WriteUnaligned(features, result.AsDouble().ToScalar());
                    continue;
                }
                for (int feature = 0; feature < featureCount; feature += Vector128<float>.Count, top += 4, bottom += 4)
                {
                    Vector128<float> left = Between(Vector128.Load(top), Vector128.Load(bottom), down);
                    Vector128<float> other = Between(Vector128.Load(top + featureCount), Vector128.Load(bottom + featureCount), down);
                    Between(left, other, right).Store(features + feature);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Between(Vector128<float> from, Vector128<float> to, Vector128<float> share) =>
        from + (to - from) * share;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Between(Vector256<float> from, Vector256<float> to, Vector256<float> share) =>
        from + (to - from) * share;

    /// <summary>The first share in all lanes of the lower half, the second in those of the upper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SharesOfTwo(float* shares) =>
        Vector256.Shuffle(Vector256.Create(Unsafe.ReadUnaligned<double>(shares)).AsSingle(), Vector256.Create(0, 0, 0, 0, 5, 5, 5, 5));
}
