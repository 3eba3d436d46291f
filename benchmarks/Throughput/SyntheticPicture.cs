using MonaLisa.Engine;

namespace MonaLisa.Benchmarks;

/// <summary>A picture to learn where only the time matters: smooth colours with a grain, the same every time.</summary>
internal static class SyntheticPicture
{
    /// <summary>Its side: a number of pixels that every batch size of the tables divides.</summary>
    public const int Side = 512;

    private const int Channels = 3;

    public static PixelDataset Create(int width = Side, int height = Side)
    {
        byte[] samples = new byte[width * height * Channels];
        uint grain = 2012;
        for (int i = 0; i < samples.Length; i++)
        {
            int pixel = i / Channels, channel = i % Channels;
            double wave = Math.Sin(pixel % width * 0.05 + channel) * Math.Cos(pixel / width * 0.03);
            grain = grain * 1664525 + 1013904223;
            samples[i] = (byte)(128 + 90 * wave + (grain >> 28));
        }
        return new PixelDataset("synthetic", width, height, samples);
    }
}
