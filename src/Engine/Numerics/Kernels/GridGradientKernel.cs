using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// The backward pass of <see cref="GridKernel"/>: a row's feature gradients belong to the four entries that its features came from, by
/// their shares. Single multiplications and additions, row after row: the same bits on every processor.
/// </summary>
internal static unsafe class GridGradientKernel
{
    /// <summary>Adds the rows' gradients to a table's gradient.</summary>
    /// <param name="grid">The level.</param>
    /// <param name="sums">The table's gradient, <c>[entries, features]</c>.</param>
    /// <param name="coordinates">The rows' places in [0, 1], a skinny <c>[rows, 2]</c>.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="gradients">The loss's derivatives by the level's features.</param>
    /// <param name="stride">Floats from a row's gradients to the next row's.</param>
    public static void AddUp(GridGeometry grid, float* sums, float* coordinates, int rows, float* gradients, int stride) =>
        Spread<PlainSum>(grid, sums, coordinates, rows, gradients, stride, scale: 1, most: 0);

    /// <summary>
    /// Adds the same times a scale, but no more than a limit, to the table itself: a step of gradient descent without the sum of the
    /// gradients.
    /// </summary>
    /// <param name="grid">The level.</param>
    /// <param name="table"><c>[entries, features]</c>.</param>
    /// <param name="coordinates">The rows' places in [0, 1], a skinny <c>[rows, 2]</c>.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="gradients">The loss's derivatives by the level's features.</param>
    /// <param name="stride">Floats from a row's gradients to the next row's.</param>
    /// <param name="scale">What each addend is multiplied by: minus the size of the step.</param>
    /// <param name="most">The largest magnitude of what is added.</param>
    /// <returns>Of the addends before the scale.</returns>
    public static GradientSquares Move(
        GridGeometry grid, float* table, float* coordinates, int rows, float* gradients, int stride, float scale, float most) =>
        Spread<ScaledSum>(grid, table, coordinates, rows, gradients, stride, scale, most);

    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static GradientSquares Spread<TSum>(
        GridGeometry grid, float* sums, float* coordinates, int rows, float* gradients, int stride, float scale, float most)
        where TSum : struct
    {
        int featureCount = grid.FeatureCount;
        GridCells* both = stackalloc GridCells[2];
        var limits = new Limits(Vector128.Create(scale), Vector128.Create(-most), Vector128.Create(most));
        GradientSquares total = default;
        for (int row = 0; row < rows; row += GridCells.Count)
        {
            GridCells* cells = GridCells.Of(grid, sums, coordinates, row, rows, both);
            int count = Math.Min(GridCells.Count, rows - row);
            // In registers, as there is no call in the loop.
            Vector128<float> squares = Vector128<float>.Zero;
            Vector128<int> zeros = Vector128<int>.Zero;
            for (int i = 0; i < count; i++, gradients += stride)
            {
                float* top = sums + cells->Top[i], bottom = sums + cells->Bottom[i];
                Vector128<float> right = Vector128.Create(cells->Right[i]), down = Vector128.Create(cells->Down[i]);
                Vector128<float> left = Vector128<float>.One - right, up = Vector128<float>.One - down;
                if (featureCount == 2)
                {
                    Vector128<float> pair = Vector128.Create(Unsafe.ReadUnaligned<double>(gradients)).AsSingle();
                    Vector128<float> shares = Vector128.ConditionalSelect(Vector128.Create(-1, -1, 0, 0).AsSingle(), left, right) * pair;
                    Add<TSum>(top, shares * up, limits, ref squares, ref zeros);
                    Add<TSum>(bottom, shares * down, limits, ref squares, ref zeros);
                    continue;
                }
                for (int feature = 0; feature < featureCount; feature += Vector128<float>.Count, top += 4, bottom += 4)
                {
                    Vector128<float> gradient = Vector128.Load(gradients + feature);
                    Vector128<float> toLeft = gradient * left, toRight = gradient * right;
                    Add<TSum>(top, toLeft * up, limits, ref squares, ref zeros);
                    Add<TSum>(bottom, toLeft * down, limits, ref squares, ref zeros);
                    Add<TSum>(top + featureCount, toRight * up, limits, ref squares, ref zeros);
                    Add<TSum>(bottom + featureCount, toRight * down, limits, ref squares, ref zeros);
                }
            }
            if (typeof(TSum) == typeof(ScaledSum))
                total += new GradientSquares(
                    (double)squares[0] + squares[1] + squares[2] + squares[3], 4L * featureCount * count + Vector128.Sum(zeros));
        }
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TSum>(float* place, Vector128<float> share, Limits limits, ref Vector128<float> squares, ref Vector128<int> zeros)
        where TSum : struct
    {
        if (typeof(TSum) == typeof(ScaledSum))
        {
            squares += share * share;
            zeros += Vector128.Equals(share, Vector128<float>.Zero).AsInt32();
            share = Vector128.MinNative(Vector128.MaxNative(share * limits.Scale, limits.Least), limits.Most);
        }
        (Vector128.Load(place) + share).Store(place);
    }

    /// <summary>What is spread is added as it is.</summary>
    private readonly struct PlainSum;

    /// <summary>What is spread is tallied, scaled, limited and added.</summary>
    private readonly struct ScaledSum;

    /// <summary>How addends are scaled, and what they are then at least and at most.</summary>
    private readonly record struct Limits(Vector128<float> Scale, Vector128<float> Least, Vector128<float> Most);
}

/// <summary>The squares of a table's gradients, added up.</summary>
/// <param name="Sum">The sum.</param>
/// <param name="Count">How many gradients were not zero.</param>
internal readonly record struct GradientSquares(double Sum, long Count)
{
    public static GradientSquares operator +(GradientSquares a, GradientSquares b) => new(a.Sum + b.Sum, a.Count + b.Count);
}
