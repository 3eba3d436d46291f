using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine.Output;

/// <summary>A picture in at most 256 colours of its own, dithered.</summary>
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
