using System.Globalization;
using System.Text;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Output;

/// <summary>Two pixels a character: the upper in the foreground's colour, the lower in the background's.</summary>
internal static class BlockEncoder
{
    private const char Upper = '▀', Lower = '▄', Empty = ' ';

    /// <summary>Stands for the terminal's own colour, which shows through where a pixel is transparent.</summary>
    private const int Default = -1;

    /// <summary>The lines of a picture whose rows are even in number.</summary>
    public static string Encode(TerminalPixels pixels)
    {
        var text = new StringBuilder(pixels.Width * pixels.Height * 10);
        for (int y = 0; y < pixels.Height; y += 2)
        {
            if (y > 0)
                text.Append('\n');
            AppendLine(text, pixels, y);
        }
        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, TerminalPixels pixels, int y)
    {
        int foreground = Default, background = Default;
        for (int x = 0; x < pixels.Width; x++)
        {
            int upper = ColorAt(pixels, x, y), lower = ColorAt(pixels, x, y + 1);
            (char character, int wantedForeground, int wantedBackground) = (upper, lower) switch
            {
                (Default, Default) => (Empty, foreground, Default),
                (Default, _) => (Lower, lower, Default),
                _ => (Upper, upper, lower),
            };
            SetColor(text, '3', ref foreground, wantedForeground);
            SetColor(text, '4', ref background, wantedBackground);
            text.Append(character);
        }
        // A background that is left on would run on to the window's edge.
        if (foreground != Default || background != Default)
            text.Append("\e[0m");
    }

    private static int ColorAt(TerminalPixels pixels, int x, int y) => pixels.IsOpaqueAt(x, y) ? pixels.ColorAt(x, y) : Default;

    private static void SetColor(StringBuilder text, char ground, ref int current, int wanted)
    {
        if (current == wanted)
            return;
        current = wanted;
        if (wanted == Default)
            text.Append("\e[").Append(ground).Append("9m");
        else
            text.Append(CultureInfo.InvariantCulture, $"\e[{ground}8;2;{wanted >> 16};{wanted >> 8 & 0xFF};{wanted & 0xFF}m");
    }
}

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

    private static int Step(int color) =>
        Math.Min(Ramp.Length - 1, (int)(Luma.Of(color >> 16, color >> 8 & 0xFF, color & 0xFF) / 256 * Ramp.Length));
}
