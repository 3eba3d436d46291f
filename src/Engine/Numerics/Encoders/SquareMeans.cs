using System.Buffers;

namespace MonaLisa.Engine.Numerics;

/// <summary>Means of pixels over squares.</summary>
internal static class SquareMeans
{
    private const float Third = 1 / 3f;

    /// <summary>
    /// Computes the means of 3 x 3 of a plane's numbers. Beyond the picture's edges there are the pixels of the edge.
    /// </summary>
    /// <param name="numbers"><c>[height, width]</c>.</param>
    /// <param name="means">Receives <c>[height, width]</c>.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="distance">Pixels from one of the nine to the next.</param>
    public static void Compute(ReadOnlySpan<float> numbers, Span<float> means, int width, int height, int distance)
    {
        float[] pool = ArrayPool<float>.Shared.Rent(width * height);
        Span<float> sums = pool.AsSpan(0, width * height);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> row = numbers.Slice(y * width, width);
            for (int x = 0; x < width; x++)
                sums[y * width + x] = (row[Math.Max(0, x - distance)] + row[x] + row[Math.Min(width - 1, x + distance)]) * Third;
        }
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> before = sums.Slice(Math.Max(0, y - distance) * width, width), own = sums.Slice(y * width, width),
                after = sums.Slice(Math.Min(height - 1, y + distance) * width, width);
            Span<float> row = means.Slice(y * width, width);
            for (int x = 0; x < row.Length; x++)
                row[x] = (before[x] + own[x] + after[x]) * Third;
        }
        ArrayPool<float>.Shared.Return(pool);
    }
}
