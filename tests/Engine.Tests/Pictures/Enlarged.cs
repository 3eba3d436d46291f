using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Tests;

/// <summary>Pictures that a network paints whole, at a size, and how close they come.</summary>
internal static class Enlarged
{
    /// <summary>The colours, <c>[height, width, outputs]</c>.</summary>
    public static float[] Paint(Mlp network, int width, int height, int threads = 1)
    {
        using var renderer = new ImageRenderer(network, threadCount: threads);
        float[] colors = new float[width * height * network.OutputCount];
        renderer.Render(width, height, 0, height, colors, TestContext.Current.CancellationToken);
        return colors;
    }

    /// <summary>A picture of 8 bits to learn.</summary>
    public static PixelDataset Dataset(string name, FloatPicture picture) => new(
        name, picture.Width, picture.Height, [.. picture.Values.Select(sample => (byte)MathF.Round(sample * byte.MaxValue))], channels: picture.Channels);

    /// <summary>The PSNR of colours in dB.</summary>
    public static double Psnr(float[] painted, FloatPicture reference) =>
        -10 * Math.Log10(painted.Zip(reference.Values).Average(pair => Math.Pow(Math.Clamp(pair.First, 0, 1) - pair.Second, 2)));
}
