namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Fills unknown entries of a table smoothly from the others: those of a dense grid that no pixel has changed, or the pixels in a
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
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Entries in a row.</param>
    /// <param name="features">Features of an entry.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static void Fill(
        Span<float> values, ReadOnlySpan<bool> isKnown, int rows, int columns, int features, CancellationToken cancellationToken = default)
    {
        if (!isKnown.Contains(false) || !isKnown.Contains(true))
            return;
        int halfRows = (rows + 1) / 2, halfColumns = (columns + 1) / 2;
        var coarse = new float[halfRows * halfColumns * features];
        var isCoarseKnown = new bool[halfRows * halfColumns];
        Halve(values, isKnown, rows, columns, features, coarse, isCoarseKnown);
        Fill(coarse, isCoarseKnown, halfRows, halfColumns, features, cancellationToken);
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                if (!isKnown[row * columns + column])
                    coarse.AsSpan((row / 2 * halfColumns + column / 2) * features, features)
                        .CopyTo(values[((row * columns + column) * features)..]);
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Relax(values, isKnown, rows, columns, features);
        }
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
        int rowLength = columns * features;
        for (int row = 0; row < rows; row++)
        {
            bool isInside = row > 0 && row < rows - 1;
            for (int column = 0; column < columns; column++)
            {
                if (isKnown[row * columns + column])
                    continue;
                int first = (row * columns + column) * features;
                if (isInside && column > 0 && column < columns - 1)
                    for (int at = first; at < first + features; at++)
                        values[at] = (values[at - rowLength] + values[at + rowLength] + values[at - features] + values[at + features]) / 4;
                else
                    for (int at = first; at < first + features; at++)
                    {
                        float sum = 0;
                        int count = 0;
                        Add(values, at - rowLength, row > 0, ref sum, ref count);
                        Add(values, at + rowLength, row < rows - 1, ref sum, ref count);
                        Add(values, at - features, column > 0, ref sum, ref count);
                        Add(values, at + features, column < columns - 1, ref sum, ref count);
                        values[at] = sum / count;
                    }
            }
        }
    }

    private static void Add(ReadOnlySpan<float> values, int at, bool isThere, ref float sum, ref int count)
    {
        if (!isThere)
            return;
        sum += values[at];
        count++;
    }
}
