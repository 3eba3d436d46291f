namespace MonaLisa.Engine.Numerics;

/// <summary>Trained tables at the vertices of grids; see <see cref="GridEncoding"/>.</summary>
internal sealed unsafe class GridEncoder : Encoder
{
    private readonly GridEncoding _encoding;
    private readonly GridGeometry[] _levels;
    private readonly AlignedBuffer[] _tables;

    /// <summary>An encoder whose tables are not yet loaded.</summary>
    public GridEncoder(GridEncoding encoding)
    {
        _encoding = encoding;
        _levels = [.. encoding.Levels.Select(level => new GridGeometry(level))];
        // Padded for updates that run over whole vectors.
        _tables = [.. encoding.TensorShapes.Select(shape => new AlignedBuffer(PanelLayout.PadToHalfPanels(checked((int)shape.Length))))];
    }

    public override IReadOnlyList<AlignedBuffer> Tables => _tables;

    private int FeaturesPerLevel => _encoding.FeaturesPerLevel;

    public override void Forward(float* coordinates, int rows, float* features, PackedLayout layout)
    {
        for (int level = 0; level < _levels.Length; level++)
            GridKernel.Interpolate(_levels[level], FeaturesPerLevel, _tables[level].Pointer, coordinates, rows,
                features + layout.Column(level * FeaturesPerLevel), layout.RowStride);
    }

    public override void Backward(
        int table, float* coordinates, int rows, float* featureGradients, PackedLayout layout, float* gradient) =>
        GridKernel.Spread(_levels[table], FeaturesPerLevel, gradient, coordinates, rows,
            featureGradients + layout.Column(table * FeaturesPerLevel), layout.RowStride);

    public override GradientSquares Move(
        int table, float* coordinates, int rows, float* featureGradients, PackedLayout layout, float scale, float most) =>
        GridKernel.Move(_levels[table], FeaturesPerLevel, _tables[table].Pointer, coordinates, rows,
            featureGradients + layout.Column(table * FeaturesPerLevel), layout.RowStride, scale, most);

    /// <summary>Only dense levels can be filled: in others, distant vertices share entries.</summary>
    public override void FillUntouched(int table, ReadOnlySpan<float> meanSquares)
    {
        GridLevel level = _encoding.Levels[table];
        if (!level.IsDense)
            return;
        var isKnown = new bool[level.EntryCount];
        for (int entry = 0; entry < isKnown.Length; entry++)
            isKnown[entry] = meanSquares.Slice(entry * FeaturesPerLevel, FeaturesPerLevel).ContainsAnyExcept(0f);
        TableFill.Fill(_tables[table].Span, isKnown, level.Rows, level.Columns, FeaturesPerLevel);
    }
}

/// <summary>
/// Fills the entries of a dense grid that no pixel has changed, smoothly from the others: so the features continue from the rims of a
/// picture's gaps. Known entries are averaged into coarser and coarser grids until all are known. Then, grid by grid, unknown entries of
/// the finer grid take the coarser one's values and are relaxed towards the mean of their neighbours (push and pull, Gortler et al. 1996;
/// the limit is the harmonic function with the edge's values).
/// </summary>
internal static class TableFill
{
    private const int Sweeps = 24;

    /// <summary>Fills a table.</summary>
    /// <param name="values"><c>[rows, columns, features]</c>.</param>
    /// <param name="isKnown"><c>[rows, columns]</c>.</param>
    /// <param name="rows">Rows of vertices.</param>
    /// <param name="columns">Vertices in a row.</param>
    /// <param name="features">Features of an entry.</param>
    public static void Fill(Span<float> values, ReadOnlySpan<bool> isKnown, int rows, int columns, int features)
    {
        if (!isKnown.Contains(false) || !isKnown.Contains(true))
            return;
        int halfRows = (rows + 1) / 2, halfColumns = (columns + 1) / 2;
        var coarse = new float[halfRows * halfColumns * features];
        var isCoarseKnown = new bool[halfRows * halfColumns];
        Halve(values, isKnown, rows, columns, features, coarse, isCoarseKnown);
        Fill(coarse, isCoarseKnown, halfRows, halfColumns, features);
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                if (!isKnown[row * columns + column])
                    coarse.AsSpan((row / 2 * halfColumns + column / 2) * features, features)
                        .CopyTo(values[((row * columns + column) * features)..]);
        for (int sweep = 0; sweep < Sweeps; sweep++)
            Relax(values, isKnown, rows, columns, features);
    }

    /// <summary>Each entry of the coarser grid is the mean of the known ones among its four.</summary>
    private static void Halve(
        ReadOnlySpan<float> values, ReadOnlySpan<bool> isKnown, int rows, int columns, int features,
        Span<float> coarse, Span<bool> isCoarseKnown)
    {
        int halfColumns = (columns + 1) / 2;
        var counts = new int[isCoarseKnown.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
            {
                int entry = row * columns + column, target = row / 2 * halfColumns + column / 2;
                if (!isKnown[entry])
                    continue;
                counts[target]++;
                isCoarseKnown[target] = true;
                for (int i = 0; i < features; i++)
                    coarse[target * features + i] += (values[entry * features + i] - coarse[target * features + i]) / counts[target];
            }
    }

    private static void Relax(Span<float> values, ReadOnlySpan<bool> isKnown, int rows, int columns, int features)
    {
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
            {
                int entry = row * columns + column;
                if (isKnown[entry])
                    continue;
                for (int i = 0; i < features; i++)
                {
                    float sum = 0;
                    int count = 0;
                    Add(values, entry - columns, row > 0, ref sum, ref count, features, i);
                    Add(values, entry + columns, row < rows - 1, ref sum, ref count, features, i);
                    Add(values, entry - 1, column > 0, ref sum, ref count, features, i);
                    Add(values, entry + 1, column < columns - 1, ref sum, ref count, features, i);
                    values[entry * features + i] = sum / count;
                }
            }
    }

    private static void Add(ReadOnlySpan<float> values, int entry, bool isThere, ref float sum, ref int count, int features, int feature)
    {
        if (!isThere)
            return;
        sum += values[entry * features + feature];
        count++;
    }
}
