using MonaLisa.Engine;
using NetVips;

namespace MonaLisa.Quality;

/// <summary>Pictures at other sizes by libvips, on the stored values as they are.</summary>
internal static class Resampling
{
    /// <summary>The mean of each 2 x 2 pixels; a last odd row or column is left out.</summary>
    public static PixelDataset Halve(PixelDataset picture)
    {
        using Image image = ToImage(ToEightBits(picture));
        using Image even = image.Crop(0, 0, picture.Width / 2 * 2, picture.Height / 2 * 2);
        using Image half = even.Shrink(2, 2);
        return ToDataset(picture.Name, half);
    }

    /// <summary>The picture without a last odd row or column.</summary>
    public static PixelDataset Even(PixelDataset picture)
    {
        using Image image = ToImage(ToEightBits(picture));
        using Image even = image.Crop(0, 0, picture.Width / 2 * 2, picture.Height / 2 * 2);
        return ToDataset(picture.Name, even);
    }

    /// <summary>The picture in another size, larger or smaller, by a cubic filter.</summary>
    public static PixelDataset Resize(PixelDataset picture, int width, int height)
    {
        using Image image = ToImage(ToEightBits(picture));
        using Image resized = image.Resize(
            (double)width / picture.Width, kernel: Enums.Kernel.Cubic, vscale: (double)height / picture.Height);
        // libvips rounds the size by itself.
        using Image exact = resized.Embed(0, 0, width, height, extend: Enums.Extend.Copy);
        return ToDataset(picture.Name, exact);
    }

    /// <summary>The picture with 8 bits a sample, every pixel a training pixel.</summary>
    public static PixelDataset ToEightBits(PixelDataset picture)
    {
        if (picture.BitDepth == 8)
            return new PixelDataset(picture.Name, picture.Width, picture.Height, picture.Samples8.ToArray(), channels: picture.Channels);
        byte[] samples = new byte[picture.Samples16.Length];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (byte)((picture.Samples16[i] * byte.MaxValue + ushort.MaxValue / 2) / ushort.MaxValue);
        return new PixelDataset(picture.Name, picture.Width, picture.Height, samples, channels: picture.Channels);
    }

    private static Image ToImage(PixelDataset picture)
    {
        using Image image = Image.NewFromMemoryCopy(
            picture.Samples8, picture.Width, picture.Height, picture.Channels, Enums.BandFormat.Uchar);
        return image.Copy(interpretation: picture.Channels == 1 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);
    }

    private static PixelDataset ToDataset(string name, Image image) =>
        new(name, image.Width, image.Height, image.WriteToMemory<byte>(), channels: image.Bands);
}
