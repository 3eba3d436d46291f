using System.Globalization;
using System.Text;

namespace MonaLisa.Engine.Output;

/// <summary>
/// Sixels as in DEC's VT330/VT340 Programmer Reference Manual, volume 2, chapter 14: bands of six rows, each colour of a band in a pass
/// of its own, a character for six pixels of a column. Transparent pixels are left as they are.
/// </summary>
internal static class SixelEncoder
{
    private const int BandRows = 6;

    /// <summary>The character of six pixels that are not set; each pixel, from the upper, adds a power of two.</summary>
    private const char NoPixels = '?';

    /// <summary>A repeat takes three characters.</summary>
    private const int ShortestRepeat = 4;

    /// <summary>The escape sequence of a picture.</summary>
    public static string Encode(TerminalPixels pixels)
    {
        PalettePicture picture = PalettePicture.Of(pixels);
        var text = new StringBuilder(pixels.Width * pixels.Height / 2);
        // The second parameter leaves pixels that are not drawn as they are; the raster attributes give square pixels and the size.
        text.Append(CultureInfo.InvariantCulture, $"\eP0;1;0q\"1;1;{pixels.Width};{pixels.Height}");
        for (int color = 0; color < picture.Colors.Count; color++)
        {
            int value = picture.Colors[color];
            text.Append(CultureInfo.InvariantCulture, $"#{color};2;{Percent(value >> 16)};{Percent(value >> 8)};{Percent(value)}");
        }
        for (int y = 0; y < pixels.Height; y += BandRows)
        {
            if (y > 0)
                text.Append('-');
            AppendBand(text, picture, y, Math.Min(BandRows, pixels.Height - y));
        }
        return text.Append("\e\\").ToString();
    }

    private static int Percent(int value) => ((value & 0xFF) * 100 + byte.MaxValue / 2) / byte.MaxValue;

    private static void AppendBand(StringBuilder text, PalettePicture picture, int firstRow, int rows)
    {
        var sixels = new SortedDictionary<int, byte[]>();
        for (int row = 0; row < rows; row++)
            for (int x = 0; x < picture.Width; x++)
            {
                int color = picture.IndexAt(x, firstRow + row);
                if (color == PalettePicture.Transparent)
                    continue;
                if (!sixels.TryGetValue(color, out byte[]? columns))
                    sixels.Add(color, columns = new byte[picture.Width]);
                columns[x] |= (byte)(1 << row);
            }
        bool isFirst = true;
        foreach ((int color, byte[] columns) in sixels)
        {
            // Back to the band's beginning.
            if (!isFirst)
                text.Append('$');
            isFirst = false;
            text.Append('#').Append(color);
            AppendColumns(text, columns);
        }
    }

    private static void AppendColumns(StringBuilder text, ReadOnlySpan<byte> columns)
    {
        // What is empty up to the right edge need not be said.
        columns = columns[..(columns.LastIndexOfAnyExcept((byte)0) + 1)];
        while (!columns.IsEmpty)
        {
            int next = columns.IndexOfAnyExcept(columns[0]), count = next < 0 ? columns.Length : next;
            char character = (char)(NoPixels + columns[0]);
            if (count >= ShortestRepeat)
                text.Append('!').Append(count).Append(character);
            else
                text.Append(character, count);
            columns = columns[count..];
        }
    }
}
