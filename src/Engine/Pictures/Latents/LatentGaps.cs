namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Pixels of a picture that its latents need not show: held out, hidden or transparent. They are filled in smoothly at first, for smooth
/// latents take few bits, and their errors do not count.
/// </summary>
internal sealed class LatentGaps
{
    private readonly bool[] _isKnown;
    private readonly int _width, _height;

    private LatentGaps(bool[] isKnown, int width, int height) => (_isKnown, _width, _height) = (isKnown, width, height);

    /// <summary>The gaps of a picture; null where it has none.</summary>
    public static LatentGaps? Of(PixelDataset picture)
    {
        if (picture.Partition is not PixelPartition partition || partition.TrainingCount == picture.PixelCount)
            return null;
        bool[] isKnown = new bool[picture.PixelCount];
        foreach (uint pixel in partition.Pixels.AsSpan(0, partition.TrainingCount))
            isKnown[pixel] = true;
        return new LatentGaps(isKnown, picture.Width, picture.Height);
    }

    /// <summary>For each of some pixels whether it counts.</summary>
    /// <param name="first">The first, in row order.</param>
    /// <param name="count">How many.</param>
    public ReadOnlySpan<bool> Known(int first, int count) => _isKnown.AsSpan(first, count);

    /// <summary>Fills gaps of a plane: each with what is known around it, near ones with what is near, over ever larger squares.</summary>
    /// <param name="plane"><c>[height, width]</c>.</param>
    public void Fill(float[] plane) => Fill(plane, (bool[])_isKnown.Clone(), _width, _height);

    private static void Fill(float[] plane, bool[] isKnown, int width, int height)
    {
        if (!isKnown.Contains(false) || (width == 1 && height == 1))
            return;
        (float[] coarse, bool[] isCoarseKnown, int columns, int rows) = Halved(plane, isKnown, width, height);
        Fill(coarse, isCoarseKnown, columns, rows);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                if (!isKnown[y * width + x])
                    plane[y * width + x] = Between(coarse, columns, rows, x, y);
    }

    /// <summary>Means of what is known of each 2 x 2 pixels.</summary>
    private static (float[] Plane, bool[] IsKnown, int Width, int Height) Halved(float[] plane, bool[] isKnown, int width, int height)
    {
        int columns = (width + 1) / 2, rows = (height + 1) / 2;
        var coarse = new float[columns * rows];
        int[] counts = new int[columns * rows];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                if (isKnown[y * width + x])
                {
                    coarse[y / 2 * columns + x / 2] += plane[y * width + x];
                    counts[y / 2 * columns + x / 2]++;
                }
        for (int i = 0; i < coarse.Length; i++)
            coarse[i] /= Math.Max(1, counts[i]);
        return (coarse, [.. counts.Select(count => count > 0)], columns, rows);
    }

    /// <summary>The value of a plane of half the size at a pixel's centre, on straight lines between its four nearest.</summary>
    private static float Between(float[] coarse, int columns, int rows, int x, int y)
    {
        float across = (x - 0.5f) / 2, down = (y - 0.5f) / 2;
        int left = (int)MathF.Floor(across), top = (int)MathF.Floor(down);
        float Row(int row)
        {
            int start = Math.Clamp(row, 0, rows - 1) * columns;
            float first = coarse[start + Math.Clamp(left, 0, columns - 1)], second = coarse[start + Math.Clamp(left + 1, 0, columns - 1)];
            return first + (across - left) * (second - first);
        }
        float upper = Row(top), lower = Row(top + 1);
        return upper + (down - top) * (lower - upper);
    }
}
