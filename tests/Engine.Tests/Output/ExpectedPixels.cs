namespace MonaLisa.Engine.Tests;

/// <summary>What the engine paints where a browser painted.</summary>
internal static class ExpectedPixels
{
    private const int CheckerSide = 8;

    /// <summary>A part of the picture in 8 bits, <c>[height, width, 3]</c>; transparent pictures over grey and white squares.</summary>
    /// <param name="network">The network.</param>
    /// <param name="region">The part.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="left">Pixels of the browser's canvas left of them: the squares count from its edge.</param>
    /// <param name="top">Rows of the canvas above them.</param>
    public static byte[] Of(Mlp network, PictureRegion region, int width, int height, int left = 0, int top = 0)
    {
        float[] samples = new float[width * height * network.OutputCount];
        using var renderer = new ImageRenderer(network, ComputeProvider.Managed);
        renderer.Render(region, width, height, 0, height, samples, TestContext.Current.CancellationToken);
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++)
        {
            float[] sample = [.. samples.Skip(i * network.OutputCount).Take(network.OutputCount).Select(value => Math.Clamp(value, 0, 1))];
            bool isDark = ((left + i % width) / CheckerSide + (top + i / width) / CheckerSide) % 2 == 1;
            float square = isDark ? 0.8f : 1;
            for (int channel = 0; channel < 3; channel++)
                pixels[i * 3 + channel] = (byte)MathF.Round(255 * sample.Length switch
                {
                    1 => sample[0],
                    3 => sample[channel],
                    _ => square + (sample[channel] - square) * sample[3],
                });
        }
        return pixels;
    }

    /// <summary>The mean absolute difference, in 255ths.</summary>
    public static double MeanDifference(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Assert.Equal(first.Length, second.Length);
        long sum = 0;
        for (int i = 0; i < first.Length; i++)
            sum += Math.Abs(first[i] - second[i]);
        return (double)sum / first.Length;
    }

    /// <summary>How far pixels are from their mean on average, in 255ths: a picture that has none proves nothing.</summary>
    public static double Contrast(byte[] pixels)
    {
        double mean = pixels.Average(value => (double)value);
        return pixels.Average(value => Math.Abs(value - mean));
    }
}
