using System.Buffers;

namespace MonaLisa.Engine.Numerics;

/// <summary>Means of pixels over squares.</summary>
internal static class SquareMeans
{
    private const float Third = 1 / 3f;

    /// <summary>
    /// Computes some of the pixels' numbers as the means of others of 3 x 3 pixels. Beyond the picture's edges there are the pixels of the edge.
    /// </summary>
    /// <param name="numbers"><c>[height, width, stride]</c>.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Numbers of a pixel.</param>
    /// <param name="from">The first of the numbers to take the means of.</param>
    /// <param name="to">The first of those that receive them.</param>
    /// <param name="count">How many.</param>
    /// <param name="distance">Pixels from one of the nine to the next.</param>
    public static void Compute(Span<float> numbers, int width, int height, int stride, int from, int to, int count, int distance)
    {
        float[] sums = ArrayPool<float>.Shared.Rent(width * height * count);
        for (int y = 0, at = 0; y < height; y++)
            for (int x = 0; x < width; x++, at += count)
            {
                ReadOnlySpan<float> row = numbers.Slice(y * width * stride, width * stride);
                int before = Math.Max(0, x - distance) * stride + from, own = x * stride + from, after = Math.Min(width - 1, x + distance) * stride + from;
                for (int i = 0; i < count; i++)
                    sums[at + i] = (row[before + i] + row[own + i] + row[after + i]) * Third;
            }
        for (int y = 0, at = to; y < height; y++)
            for (int x = 0; x < width; x++, at += stride)
            {
                int before = (Math.Max(0, y - distance) * width + x) * count, own = (y * width + x) * count,
                    after = (Math.Min(height - 1, y + distance) * width + x) * count;
                for (int i = 0; i < count; i++)
                    numbers[at + i] = (sums[before + i] + sums[own + i] + sums[after + i]) * Third;
            }
        ArrayPool<float>.Shared.Return(sums);
    }
}
