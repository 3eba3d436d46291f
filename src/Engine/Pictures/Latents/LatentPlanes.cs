using System.Runtime.CompilerServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>The latents of a picture, and what they give at every level.</summary>
/// <param name="encoding">Size, channels and levels.</param>
internal sealed class LatentPlanes(LatentEncoding encoding)
{
    /// <summary>The largest magnitude of a latent.</summary>
    public const int Largest = short.MaxValue / 2;

    /// <summary>A whole number as a latent, within bounds.</summary>
    public static short Bounded(float value) => (short)Math.Clamp(value, -Largest, Largest);

    /// <summary>Size, channels and levels.</summary>
    public LatentEncoding Encoding => encoding;

    /// <summary>The bands in the order of coding.</summary>
    public LatentBand[] Bands { get; } = LatentBand.Of(encoding);

    /// <summary>The latents of each channel, <c>[height, width]</c>, all bands side by side.</summary>
    public short[][] Latents { get; } = PlanesOf<short>(encoding);

    /// <summary>A copy of <see cref="Latents"/>.</summary>
    public short[][] CopyLatents() => [.. Latents.Select(plane => (short[])plane.Clone())];

    /// <summary>
    /// Of each channel what the latents of the smooth band have more than <see cref="Predict"/> tells from those before them,
    /// <c>[height, width]</c> of the band.
    /// </summary>
    private readonly short[][] _surprises = [.. Enumerable.Range(0, encoding.Channels).Select(_ => new short[SmoothLength(encoding)])];

    /// <summary>
    /// Of each channel and level what the smooth part beneath the level has more than its neighbours have on average,
    /// <c>[low height, low width]</c>; see <see cref="Smooth"/>.
    /// </summary>
    public float[][][] Details { get; } = [.. Enumerable.Range(0, encoding.Channels).Select(_ => new float[encoding.Levels][])];

    /// <summary>What is coded of a band's row: the latents, or of the smooth band their surprises.</summary>
    public Span<short> Coded(in LatentBand band, int y) => band.Direction == LatentDirection.Smooth
        ? _surprises[band.Channel].AsSpan(y * band.Width, band.Width)
        : Latents[band.Channel].AsSpan((band.Y + y) * encoding.Width + band.X, band.Width);

    /// <summary>Fills in the surprises of a channel's smooth band.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ShowSurprises(int channel)
    {
        LatentBand band = LatentBand.Of(encoding, channel, encoding.Levels - 1, LatentDirection.Smooth);
        for (int y = 0; y < band.Height; y++)
        {
            Span<short> row = Coded(band, y);
            for (int x = 0; x < band.Width; x++)
                row[x] = Surprise(Latents[channel][y * encoding.Width + x], Predict(channel, x, y));
        }
    }

    /// <summary>Latents of a row of a channel's smooth band from their surprises; the rows above are known.</summary>
    public void Restore(int channel, int y)
    {
        LatentBand band = LatentBand.Of(encoding, channel, encoding.Levels - 1, LatentDirection.Smooth);
        Span<short> row = Coded(band, y);
        for (int x = 0; x < band.Width; x++)
            Latents[channel][y * encoding.Width + x] = (short)Math.Clamp(row[x] + Predict(channel, x, y), -Largest, Largest);
    }

    /// <summary>A latent of the smooth band as those before it let expect (LOCO-I's median of left, upper and plane).</summary>
    public int Predict(int channel, int x, int y)
    {
        short[] latents = Latents[channel];
        int at = y * encoding.Width + x;
        if (y == 0)
            return x == 0 ? 0 : latents[at - 1];
        int upper = latents[at - encoding.Width];
        if (x == 0)
            return upper;
        int left = latents[at - 1], corner = latents[at - encoding.Width - 1];
        int least = Math.Min(left, upper), most = Math.Max(left, upper);
        return corner >= most ? least : corner <= least ? most : left + upper - corner;
    }

    /// <summary>A latent less what was expected; magnitudes are half the largest, so it always fits.</summary>
    private static short Surprise(int latent, int expected) => (short)Math.Clamp(latent - expected, -Largest, Largest);

    private static int SmoothLength(LatentEncoding encoding) =>
        Wavelet.Low(encoding.Width, encoding.Levels) * Wavelet.Low(encoding.Height, encoding.Levels);

    /// <summary>Planes of a picture's size.</summary>
    public static T[][] PlanesOf<T>(LatentEncoding encoding) =>
        [.. Enumerable.Range(0, encoding.Channels).Select(_ => new T[encoding.Width * encoding.Height])];

    /// <summary>
    /// What the latents of a channel give, from the coarsest level to the finest; each level's <see cref="Details"/> on the way.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="plane">Receives <c>[height, width]</c> in steps.</param>
    public void Decode(int channel, float[] plane)
    {
        short[] latents = Latents[channel];
        for (int i = 0; i < plane.Length; i++)
            plane[i] = latents[i];
        ShowSurprises(channel);
        for (int level = encoding.Levels - 1; level >= 0; level--)
        {
            Smooth(channel, level, plane);
            Wavelet.InverseLevel(plane, encoding.Width, Wavelet.Low(encoding.Width, level), Wavelet.Low(encoding.Height, level));
        }
    }

    /// <summary>Fills in the <see cref="Details"/> of a level.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="level">The level.</param>
    /// <param name="plane">The channel's plane, decoded down to the level's smooth part.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Smooth(int channel, int level, float[] plane)
    {
        int width = Wavelet.Low(encoding.Width, level + 1), height = Wavelet.Low(encoding.Height, level + 1), stride = encoding.Width;
        float[] details = Details[channel][level] ??= new float[width * height];
        var sums = new float[width];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> above = plane.AsSpan(Math.Max(y - 1, 0) * stride, width), row = plane.AsSpan(y * stride, width);
            ReadOnlySpan<float> below = plane.AsSpan(Math.Min(y + 1, height - 1) * stride, width);
            for (int x = 0; x < width; x++)
                sums[x] = above[x] + row[x] + below[x];
            for (int x = 0; x < width; x++)
            {
                float mean = (sums[Math.Max(x - 1, 0)] + sums[x] + sums[Math.Min(x + 1, width - 1)]) / 9;
                details[y * width + x] = LatentContext.Squash(row[x] - mean);
            }
        }
    }
}
