using System.Text;

namespace MonaLisa.Engine.Output;

/// <summary>One ASCII character a pixel; the brighter the pixel, the more of its cell the character covers.</summary>
internal static class GrayRampEncoder
{
    /// <summary>From black to white on a dark terminal.</summary>
    internal const string Ramp = " .:-=+*#%@";

    /// <summary>The lines of a picture.</summary>
    public static string Encode(TerminalPixels pixels)
    {
        var text = new StringBuilder(pixels.Width * pixels.Height + pixels.Height);
        for (int y = 0; y < pixels.Height; y++)
        {
            if (y > 0)
                text.Append('\n');
            for (int x = 0; x < pixels.Width; x++)
                text.Append(pixels.IsOpaqueAt(x, y) ? Ramp[Step(pixels.ColorAt(x, y))] : ' ');
        }
        return text.ToString();
    }

    // Luma as in ITU-R BT.601.
    private static int Step(int color)
    {
        double luma = 0.299 * (color >> 16) + 0.587 * (color >> 8 & 0xFF) + 0.114 * (color & 0xFF);
        return Math.Min(Ramp.Length - 1, (int)(luma / 256 * Ramp.Length));
    }
}
