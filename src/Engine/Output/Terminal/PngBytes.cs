using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine.Output;

/// <summary>Makes a PNG file in memory.</summary>
internal static class PngBytes
{
    /// <summary>The file of a picture, with alpha where a pixel has some.</summary>
    public static byte[] Of(TerminalPixels pixels)
    {
        PictureLibrary.EnsureReady();
        using Image picture = ImageOf(pixels);
        using Image opaque = picture.ExtractBand(0, n: 3);
        return (IsOpaque(pixels) ? opaque : picture).PngsaveBuffer(compression: 6);
    }

    /// <summary>A picture as libvips has it, in sRGB with alpha.</summary>
    public static Image ImageOf(TerminalPixels pixels)
    {
        using Image samples = Image.NewFromMemoryCopy(
            pixels.Samples.ToArray(), pixels.Width, pixels.Height, TerminalPixels.Channels, Enums.BandFormat.Uchar);
        return samples.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    private static bool IsOpaque(TerminalPixels pixels)
    {
        for (int at = 3; at < pixels.Samples.Length; at += TerminalPixels.Channels)
            if (pixels.Samples[at] != byte.MaxValue)
                return false;
        return true;
    }
}
