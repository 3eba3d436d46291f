using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MonaLisa.Engine.Kernels;

/// <summary>
/// Bilinear interpolation in one level of a grid, and its way back. The two vertices of a cell's row lie side by side in the table,
/// so a pixel needs two short runs of floats. Everything is done in vectors of four, by single multiplications and additions:
/// the same bits on every processor.
/// </summary>
internal static unsafe class GridKernel
{
    /// <summary>Each row's features at its place.</summary>
    /// <param name="grid">The level.</param>
    /// <param name="featureCount">Features of an entry: 2 or a multiple of 4.</param>
    /// <param name="table"><c>[entries, featureCount]</c>.</param>
    /// <param name="coordinates">Places in [0, 1], a narrow <c>[rows, 2]</c>; places beyond lie on the outermost cells' planes.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="features">Receives the level's features.</param>
    /// <param name="stride">Floats from a row's features to the next row's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interpolate(
        GridGeometry grid, int featureCount, float* table, float* coordinates, int rows, float* features, int stride)
    {
        int lastColumn = grid.CellColumns - 1, lastRow = grid.CellRows - 1;
        float columns = grid.CellColumns, rowsOfCells = grid.CellRows;
        int* rowStarts = grid.RowStarts;
        for (int row = 0; row < rows; row++, features += stride)
        {
            float* place = coordinates + PanelLayout.NarrowOffset(row, Mlp.InputCount);
            int x = Cell(place[0] * columns, lastColumn, out float right);
            int y = Cell(place[PanelLayout.Width] * rowsOfCells, lastRow, out float down);
            float* top = table + (long)(rowStarts[y] + x) * featureCount, bottom = table + (long)(rowStarts[y + 1] + x) * featureCount;
            if (featureCount == 2)
            {
                Vector128<float> pair = Between(Vector128.Load(top), Vector128.Load(bottom), down);
                Vector128<float> result = Between(pair, Vector128.Shuffle(pair, Vector128.Create(2, 3, 2, 3)), right);
                Unsafe.WriteUnaligned(features, result.AsDouble().ToScalar());
                continue;
            }
            for (int i = 0; i < featureCount; i += Vector128<float>.Count)
            {
                Vector128<float> left = Between(Vector128.Load(top + i), Vector128.Load(bottom + i), down);
                Vector128<float> other = Between(Vector128.Load(top + featureCount + i), Vector128.Load(bottom + featureCount + i), down);
                Between(left, other, right).Store(features + i);
            }
        }
    }

    /// <summary>Adds each row's feature gradients to the entries that its features came from, by their shares.</summary>
    /// <param name="grid">The level.</param>
    /// <param name="featureCount">Features of an entry: 2 or a multiple of 4.</param>
    /// <param name="tableGradient"><c>[entries, featureCount]</c>.</param>
    /// <param name="coordinates">As for <see cref="Interpolate"/>.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="gradients">The loss's derivatives by the level's features.</param>
    /// <param name="stride">Floats from a row's gradients to the next row's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread(
        GridGeometry grid, int featureCount, float* tableGradient, float* coordinates, int rows, float* gradients, int stride)
    {
        int lastColumn = grid.CellColumns - 1, lastRow = grid.CellRows - 1;
        float columns = grid.CellColumns, rowsOfCells = grid.CellRows;
        int* rowStarts = grid.RowStarts;
        for (int row = 0; row < rows; row++, gradients += stride)
        {
            float* place = coordinates + PanelLayout.NarrowOffset(row, Mlp.InputCount);
            int x = Cell(place[0] * columns, lastColumn, out float right);
            int y = Cell(place[PanelLayout.Width] * rowsOfCells, lastRow, out float down);
            float* top = tableGradient + (long)(rowStarts[y] + x) * featureCount;
            float* bottom = tableGradient + (long)(rowStarts[y + 1] + x) * featureCount;
            if (featureCount == 2)
            {
                Vector128<float> both = Vector128.Create(Unsafe.ReadUnaligned<double>(gradients)).AsSingle();
                Vector128<float> shares = Vector128.Create(1 - right, 1 - right, right, right) * both;
                AddShares(shares, down, top, bottom);
                continue;
            }
            for (int i = 0; i < featureCount; i += Vector128<float>.Count)
            {
                Vector128<float> gradient = Vector128.Load(gradients + i);
                AddShares(gradient * (1 - right), down, top + i, bottom + i);
                AddShares(gradient * right, down, top + featureCount + i, bottom + featureCount + i);
            }
        }
    }

    /// <summary>The cell along one side, and how far into it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Cell(float position, int last, out float share)
    {
        int cell = Math.Clamp((int)position, 0, last);
        share = position - cell;
        return cell;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Between(Vector128<float> from, Vector128<float> to, float share) =>
        from + (to - from) * Vector128.Create(share);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddShares(Vector128<float> gradient, float down, float* top, float* bottom)
    {
        (Vector128.Load(top) + gradient * Vector128.Create(1 - down)).Store(top);
        (Vector128.Load(bottom) + gradient * Vector128.Create(down)).Store(bottom);
    }
}
