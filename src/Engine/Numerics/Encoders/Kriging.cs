namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Guesses unknown pixels from the nearest known ones by kriging (Matheron 1963): with the weights of the least expected error, if what two
/// pixels differ by, squared, is on average as much as they are apart. A smooth value stands for all that is farther away, as if it were a
/// pixel that is a little farther from all others than these are.
/// </summary>
internal static class Kriging
{
    /// <summary>How far pixels are at most that have a part, and how many are enough; others as far as the last of them have a part too.</summary>
    private const int Radius = 6, Enough = 12;

    private const float SmoothDistance = Radius + 1;

    /// <summary>The places around a pixel, the nearest first.</summary>
    private static readonly (int Across, int Down, int SquaredDistance)[] Places =
    [
        .. from down in Enumerable.Range(-Radius, 2 * Radius + 1)
           from across in Enumerable.Range(-Radius, 2 * Radius + 1)
           let squared = across * across + down * down
           where squared is > 0 and <= Radius * Radius
           orderby squared
           select (across, down, squared),
    ];

    private static readonly int MostNeighbors = Enough - 1 + Places.GroupBy(place => place.SquaredDistance).Max(ring => ring.Count());

    private static readonly float[] Roots = [.. Enumerable.Range(0, 4 * Radius * Radius + 1).Select(squared => MathF.Sqrt(squared))];

    /// <summary>Guesses the unknown entries of a table of pixels.</summary>
    /// <param name="values"><c>[rows, columns, features]</c>; of an unknown entry its smooth values, which are replaced by the guesses.</param>
    /// <param name="isKnown"><c>[rows, columns]</c>.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Entries in a row.</param>
    /// <param name="features">Features of an entry.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static void Fill(
        Span<float> values, ReadOnlySpan<bool> isKnown, int rows, int columns, int features, CancellationToken cancellationToken = default)
    {
        Span<int> neighbors = stackalloc int[MostNeighbors];
        Span<float> weights = stackalloc float[MostNeighbors], covariances = stackalloc float[MostNeighbors * MostNeighbors];
        for (int row = 0; row < rows; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int column = 0; column < columns; column++)
            {
                int entry = row * columns + column;
                if (isKnown[entry])
                    continue;
                int count = FindNeighbors(isKnown, rows, columns, row, column, neighbors);
                Weigh(neighbors[..count], weights, covariances);
                Span<float> own = values.Slice(entry * features, features);
                float smooth = 1;
                foreach (float weight in weights[..count])
                    smooth -= weight;
                foreach (ref float value in own)
                    value *= smooth;
                for (int i = 0; i < count; i++)
                {
                    ReadOnlySpan<float> other = values[((entry + Places[neighbors[i]].Down * columns + Places[neighbors[i]].Across) * features)..];
                    for (int feature = 0; feature < features; feature++)
                        own[feature] += weights[i] * other[feature];
                }
            }
        }
    }

    private static int FindNeighbors(ReadOnlySpan<bool> isKnown, int rows, int columns, int row, int column, Span<int> neighbors)
    {
        int count = 0;
        for (int place = 0; place < Places.Length; place++)
        {
            (int across, int down, int squared) = Places[place];
            if (count >= Enough && squared > Places[neighbors[count - 1]].SquaredDistance)
                break;
            if ((uint)(column + across) < (uint)columns && (uint)(row + down) < (uint)rows && isKnown[(row + down) * columns + column + across])
                neighbors[count++] = place;
        }
        return count;
    }

    /// <summary>Computes the neighbours' weights; the smooth value's is what they lack to 1.</summary>
    private static void Weigh(ReadOnlySpan<int> neighbors, Span<float> weights, Span<float> covariances)
    {
        // Beside a value that is s from all pixels, two that are d apart have the covariance 2 s - d. Cholesky's decomposition, row by row.
        int count = neighbors.Length;
        for (int row = 0; row < count; row++)
        {
            (int across, int down, int squared) = Places[neighbors[row]];
            Span<float> own = covariances.Slice(row * count, row + 1);
            for (int column = 0; column <= row; column++)
            {
                (int otherAcross, int otherDown, _) = Places[neighbors[column]];
                ReadOnlySpan<float> other = covariances.Slice(column * count, column + 1);
                float covariance = CovarianceAt((across - otherAcross) * (across - otherAcross) + (down - otherDown) * (down - otherDown));
                for (int i = 0; i < column; i++)
                    covariance -= own[i] * other[i];
                own[column] = column < row ? covariance / other[column] : MathF.Sqrt(covariance);
            }
            float weight = CovarianceAt(squared);
            for (int i = 0; i < row; i++)
                weight -= own[i] * weights[i];
            weights[row] = weight / own[row];
        }
        for (int row = count - 1; row >= 0; row--)
        {
            ReadOnlySpan<float> own = covariances.Slice(row * count, row + 1);
            weights[row] /= own[row];
            for (int i = 0; i < row; i++)
                weights[i] -= own[i] * weights[row];
        }
    }

    private static float CovarianceAt(int squaredDistance) => 2 * SmoothDistance - Roots[squaredDistance];
}
