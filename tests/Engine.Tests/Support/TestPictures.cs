namespace MonaLisa.Engine.Tests;

/// <summary>Small pictures to learn: a sunset with a disc, smooth but for the disc's rim.</summary>
internal static class TestPictures
{
    /// <summary>The picture in 8 bits.</summary>
    public static PixelDataset Create(int width, int height) =>
        new("sunset", width, height, [.. Samples(width, height).Select(sample => (byte)Math.Round(sample * byte.MaxValue))]);

    /// <summary>The picture in 16 bits.</summary>
    public static PixelDataset Create16(int width, int height) =>
        new("sunset", width, height, [.. Samples(width, height).Select(sample => (ushort)Math.Round(sample * ushort.MaxValue))]);

    /// <summary>The picture in 8 bits with 1, 3 or 4 channels: its red, its colours, or those and an alpha.</summary>
    public static PixelDataset Create(int width, int height, int channels) =>
        new("sunset", width, height, [.. Samples(width, height, channels).Select(sample => (byte)Math.Round(sample * byte.MaxValue))],
            channels: channels);

    /// <summary>The same in 16 bits.</summary>
    public static PixelDataset Create16(int width, int height, int channels) =>
        new("sunset", width, height, [.. Samples(width, height, channels).Select(sample => (ushort)Math.Round(sample * ushort.MaxValue))],
            channels: channels);

    private static IEnumerable<double> Samples(int width, int height, int channels) =>
        Samples(width, height).Chunk(3).SelectMany(color => channels == 4 ? [.. color, 1 - color[0]] : color.Take(channels));

    private static IEnumerable<double> Samples(int width, int height)
    {
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                double u = (x + 0.5) / width, v = (y + 0.5) / height;
                bool isInDisc = Math.Pow(u - 0.6, 2) + Math.Pow(v - 0.4, 2) < 0.04;
                yield return isInDisc ? 0.95 : 0.2 + 0.6 * v;
                yield return isInDisc ? 0.8 : 0.5 + 0.3 * Math.Sin(5 * u);
                yield return isInDisc ? 0.1 : 0.9 - 0.7 * v * u;
            }
    }
}
