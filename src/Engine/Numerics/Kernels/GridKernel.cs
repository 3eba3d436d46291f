using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Bilinear interpolation in one level of a grid, and its backward pass. Cells and shares are computed for chunks of 32 places at once,
/// one chunk ahead, so that what it needs of a large table is requested before it is its turn. The two vertices of a cell's row lie side
/// by side in the table, so a place needs two short runs of floats. There are single multiplications and additions only: the same bits
/// on every processor.
/// </summary>
internal static unsafe class GridKernel
{
    private const int Chunk = PanelLayout.Width;

    /// <summary>Each row's features at its place.</summary>
    /// <param name="grid">The level.</param>
    /// <param name="featureCount">Features of an entry: 2 or a multiple of 4.</param>
    /// <param name="table"><c>[entries, featureCount]</c>.</param>
    /// <param name="coordinates">Places in [0, 1], a skinny <c>[rows, 2]</c>; beyond the outermost vertices their values go on.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="features">Receives the level's features.</param>
    /// <param name="stride">Floats from a row's features to the next row's.</param>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interpolate(
        GridGeometry grid, int featureCount, float* table, float* coordinates, int rows, float* features, int stride)
    {
        Cells* chunks = stackalloc Cells[2];
        Locate(grid, featureCount, table, coordinates, chunks);
        for (int row = 0; row < rows; row += Chunk)
        {
            Cells* cells = chunks + row / Chunk % 2;
            if (row + Chunk < rows)
                Locate(grid, featureCount, table, coordinates + (row + Chunk) * Mlp.InputCount, chunks + (row / Chunk + 1) % 2);
            int count = Math.Min(Chunk, rows - row), i = 0;
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

    /// <summary>Adds each row's feature gradients to the entries that its features came from, by their shares, row after row.</summary>
    /// <param name="grid">The level.</param>
    /// <param name="featureCount">Features of an entry: 2 or a multiple of 4.</param>
    /// <param name="tableGradient"><c>[entries, featureCount]</c>.</param>
    /// <param name="coordinates">As for <see cref="Interpolate"/>.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="gradients">The loss's derivatives by the level's features.</param>
    /// <param name="stride">Floats from a row's gradients to the next row's.</param>
    public static void Spread(
        GridGeometry grid, int featureCount, float* tableGradient, float* coordinates, int rows, float* gradients, int stride) =>
        Spread<PlainSum>(grid, featureCount, tableGradient, coordinates, rows, gradients, stride, scale: 1, most: 0);

    /// <summary>
    /// The same times a scale, but no more than a limit, added to the table itself: a step of gradient descent without the sum of the
    /// gradients.
    /// </summary>
    /// <param name="grid">The level.</param>
    /// <param name="featureCount">Features of an entry: 2 or a multiple of 4.</param>
    /// <param name="table"><c>[entries, featureCount]</c>.</param>
    /// <param name="coordinates">As for <see cref="Interpolate"/>.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="gradients">The loss's derivatives by the level's features.</param>
    /// <param name="stride">Floats from a row's gradients to the next row's.</param>
    /// <param name="scale">What each addend is multiplied by: minus the size of the step.</param>
    /// <param name="most">The largest magnitude of what is added.</param>
    /// <returns>Of the addends before the scale.</returns>
    public static GradientSquares Move(
        GridGeometry grid, int featureCount, float* table, float* coordinates, int rows, float* gradients, int stride, float scale, float most) =>
        Spread<ScaledSum>(grid, featureCount, table, coordinates, rows, gradients, stride, scale, most);

    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static GradientSquares Spread<TSum>(
        GridGeometry grid, int featureCount, float* sums, float* coordinates, int rows, float* gradients, int stride, float scale, float most)
        where TSum : struct
    {
        Cells* chunks = stackalloc Cells[2];
        Locate(grid, featureCount, sums, coordinates, chunks);
        var tally = new Tally { Scale = Vector128.Create(scale), Most = Vector128.Create(most), Least = Vector128.Create(-most) };
        for (int row = 0; row < rows; row += Chunk)
        {
            Cells* cells = chunks + row / Chunk % 2;
            if (row + Chunk < rows)
                Locate(grid, featureCount, sums, coordinates + (row + Chunk) * Mlp.InputCount, chunks + (row / Chunk + 1) % 2);
            for (int i = 0; i < Math.Min(Chunk, rows - row); i++, gradients += stride)
            {
                float* top = sums + cells->Top[i], bottom = sums + cells->Bottom[i];
                Vector128<float> right = Vector128.Create(cells->Right[i]), down = Vector128.Create(cells->Down[i]);
                Vector128<float> left = Vector128<float>.One - right, up = Vector128<float>.One - down;
                if (featureCount == 2)
                {
                    Vector128<float> both = Vector128.Create(Unsafe.ReadUnaligned<double>(gradients)).AsSingle();
                    Vector128<float> shares = Vector128.ConditionalSelect(Vector128.Create(-1, -1, 0, 0).AsSingle(), left, right) * both;
                    Add<TSum>(top, shares * up, ref tally);
                    Add<TSum>(bottom, shares * down, ref tally);
                    continue;
                }
                for (int feature = 0; feature < featureCount; feature += Vector128<float>.Count, top += 4, bottom += 4)
                {
                    Vector128<float> gradient = Vector128.Load(gradients + feature);
                    Vector128<float> toLeft = gradient * left, toRight = gradient * right;
                    Add<TSum>(top, toLeft * up, ref tally);
                    Add<TSum>(bottom, toLeft * down, ref tally);
                    Add<TSum>(top + featureCount, toRight * up, ref tally);
                    Add<TSum>(bottom + featureCount, toRight * down, ref tally);
                }
            }
        }
        return tally.Of(4L * featureCount * rows);
    }

    /// <summary>
    /// The cells that 32 places lie in, which are requested from memory if the table is large. What lies in the coordinates' padding gives
    /// some cell of the grid.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Locate(GridGeometry grid, int featureCount, float* table, float* coordinates, Cells* cells)
    {
        FindCells(grid, featureCount, coordinates, cells);
        if (!grid.IsLarge || !Sse.IsSupported)
            return;
        for (int i = 0; i < Chunk; i++)
        {
            Sse.Prefetch0(table + cells->Top[i]);
            Sse.Prefetch0(table + cells->Bottom[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FindCells(GridGeometry grid, int featureCount, float* coordinates, Cells* cells)
    {
        Vector256<float> columns = Vector256.Create((float)grid.Columns), rows = Vector256.Create((float)grid.Rows);
        Vector256<float> half = Vector256.Create(0.5f), zero = Vector256<float>.Zero, one = Vector256<float>.One;
        Vector256<int> lastColumn = Vector256.Create(grid.Columns - 2), lastRow = Vector256.Create(grid.Rows - 2);
        for (int i = 0; i < Chunk; i += Vector256<float>.Count)
        {
            Vector256<float> x = Vector256.Load(coordinates + i) * columns - half;
            Vector256<float> y = Vector256.Load(coordinates + Chunk + i) * rows - half;
            Vector256<int> column = Vector256.Min(Vector256.Max(Vector256.ConvertToInt32Native(x), Vector256<int>.Zero), lastColumn);
            Vector256<int> row = Vector256.Min(Vector256.Max(Vector256.ConvertToInt32Native(y), Vector256<int>.Zero), lastRow);
            Vector256.Min(Vector256.Max(x - Vector256.ConvertToSingle(column), zero), one).Store(cells->Right + i);
            Vector256.Min(Vector256.Max(y - Vector256.ConvertToSingle(row), zero), one).Store(cells->Down + i);
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
        for (int i = 0; i < Chunk; i++)
        {
            int* start = grid.RowStarts + cells->Bottom[i];
            int column = cells->Top[i];
            cells->Top[i] = (start[0] + column) * featureCount;
            cells->Bottom[i] = (start[1] + column) * featureCount;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TSum>(float* place, Vector128<float> share, ref Tally tally)
        where TSum : struct
    {
        if (typeof(TSum) == typeof(ScaledSum))
        {
            tally.Squares += share * share;
            tally.Zeros += Vector128.Equals(share, Vector128<float>.Zero).AsInt32();
            share = Vector128.MinNative(Vector128.MaxNative(share * tally.Scale, tally.Least), tally.Most);
        }
        (Vector128.Load(place) + share).Store(place);
    }

    /// <summary>Where 32 places lie: floats to the cell's upper and lower left vertex, and the shares of the right and lower ones.</summary>
    private struct Cells
    {
        public fixed int Top[Chunk], Bottom[Chunk];
        public fixed float Right[Chunk], Down[Chunk];
    }

    /// <summary>What is spread is added as it is.</summary>
    private readonly struct PlainSum;

    /// <summary>What is spread is tallied, scaled, limited and added.</summary>
    private readonly struct ScaledSum;

    /// <summary>How addends are scaled; their squares, and minus the number of zeros.</summary>
    private struct Tally
    {
        public Vector128<float> Scale, Most, Least, Squares;
        public Vector128<int> Zeros;

        public readonly GradientSquares Of(long addends) => new(
            (double)Squares[0] + Squares[1] + Squares[2] + Squares[3], addends + Zeros[0] + Zeros[1] + Zeros[2] + Zeros[3]);
    }
}

/// <summary>The squares of a table's gradients, added up.</summary>
/// <param name="Sum">The sum.</param>
/// <param name="Count">How many gradients were not zero.</param>
internal readonly record struct GradientSquares(double Sum, long Count)
{
    public static GradientSquares operator +(GradientSquares a, GradientSquares b) => new(a.Sum + b.Sum, a.Count + b.Count);
}

/// <summary>A grid level as its kernel needs it.</summary>
internal sealed unsafe class GridGeometry
{
    // Held so that the pointer stays valid.
    private readonly int[] _rowStarts;

    /// <summary>Computes where the level's rows begin.</summary>
    /// <param name="level">The level.</param>
    /// <param name="featureCount">Features of an entry.</param>
    public GridGeometry(GridLevel level, int featureCount)
    {
        (Columns, Rows, IsDense) = (level.Columns, level.Rows, level.IsDense);
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

    /// <summary>Whether a core's second-level cache has no room for the table beside what else a step needs.</summary>
    public bool IsLarge { get; }

    /// <summary>The entry of each row's first vertex, <c>[Rows]</c>.</summary>
    public int* RowStarts { get; }
}
