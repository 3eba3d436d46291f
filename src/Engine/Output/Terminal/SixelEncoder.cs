using System.Globalization;
using System.Text;
using MonaLisa.Engine.Pictures;
using NetVips;

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

/// <summary>A picture in at most 256 colours that are chosen for it, dithered.</summary>
internal sealed class PalettePicture
{
    /// <summary>Stands for a pixel that has no colour.</summary>
    public const int Transparent = -1;

    private const int Bands = 3;

    private readonly int[] _indices;

    private PalettePicture(int width, int[] indices, IReadOnlyList<int> colors) => (Width, _indices, Colors) = (width, indices, colors);

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>The colours, red, green and blue as one number, 1 to 256.</summary>
    public IReadOnlyList<int> Colors { get; }

    /// <summary>The number of a pixel's colour, or <see cref="Transparent"/>.</summary>
    public int IndexAt(int x, int y) => _indices[y * Width + x];

    /// <summary>Chooses colours for a picture and lays it out in them.</summary>
    // libvips chooses the palette and dithers when it writes a PNG file of a palette; read again, its pixels have those colours.
    public static PalettePicture Of(TerminalPixels pixels)
    {
        PictureLibrary.EnsureReady();
        using Image picture = PngBytes.ImageOf(pixels);
        using Image colors = picture.ExtractBand(0, n: Bands);
        byte[] file = colors.PngsaveBuffer(compression: 0, palette: true, dither: 1, effort: 3);
        using Image reduced = Image.PngloadBuffer(file);
        byte[] samples = reduced.WriteToMemory<byte>();
        var numbers = new Dictionary<int, int>();
        var indices = new int[pixels.Width * pixels.Height];
        int bands = reduced.Bands;
        for (int i = 0; i < indices.Length; i++)
        {
            if (!pixels.IsOpaqueAt(i % pixels.Width, i / pixels.Width))
            {
                indices[i] = Transparent;
                continue;
            }
            int at = i * bands, color = bands < Bands
                ? samples[at] * 0x010101
                : samples[at] << 16 | samples[at + 1] << 8 | samples[at + 2];
            if (!numbers.TryGetValue(color, out int number))
                numbers.Add(color, number = numbers.Count);
            indices[i] = number;
        }
        return new PalettePicture(pixels.Width, indices, [.. numbers.Keys]);
    }
}
