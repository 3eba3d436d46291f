using System.Globalization;
using System.Text;
using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine.Output;

/// <summary>Kitty's graphics protocol: a PNG file in base64, at most 4096 characters of it a sequence.</summary>
internal static class KittyEncoder
{
    private const int ChunkLength = 4096;

    /// <summary>The escape sequences of a picture.</summary>
    /// <param name="pixels">The picture.</param>
    /// <param name="canvas">The cells that the terminal scales it to.</param>
    /// <param name="keepsCursor">Whether the cursor stays where it is, rather than going behind the picture.</param>
    public static string Encode(TerminalPixels pixels, TerminalCanvas canvas, bool keepsCursor)
    {
        ReadOnlySpan<char> data = Convert.ToBase64String(PngBytes.Of(pixels));
        var text = new StringBuilder(data.Length + data.Length / ChunkLength * 16 + 64);
        // a=T shows it at once, f=100 is PNG; q=2 keeps the terminal from answering, which would be taken for typing.
        string control = string.Create(CultureInfo.InvariantCulture,
            $"a=T,f=100,q=2,c={canvas.Columns},r={canvas.Rows}{(keepsCursor ? ",C=1" : "")},");
        do
        {
            ReadOnlySpan<char> chunk = data[..Math.Min(ChunkLength, data.Length)];
            data = data[chunk.Length..];
            text.Append("\e_G").Append(control).Append("m=").Append(data.IsEmpty ? '0' : '1').Append(';').Append(chunk).Append("\e\\");
            control = "q=2,";
        }
        while (!data.IsEmpty);
        return text.ToString();
    }
}

/// <summary>iTerm2's inline images: a PNG file in base64 within one sequence.</summary>
internal static class ITerm2Encoder
{
    /// <summary>The escape sequence of a picture.</summary>
    /// <param name="pixels">The picture.</param>
    /// <param name="canvas">The cells that the terminal scales it to.</param>
    public static string Encode(TerminalPixels pixels, TerminalCanvas canvas)
    {
        byte[] file = PngBytes.Of(pixels);
        return string.Create(CultureInfo.InvariantCulture,
            $"\e]1337;File=inline=1;size={file.Length};width={canvas.Columns};height={canvas.Rows};preserveAspectRatio=0:") +
            Convert.ToBase64String(file) + "\a";
    }
}

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
