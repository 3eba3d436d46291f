using System.Runtime.InteropServices;
using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine.Output;

/// <summary>The learned picture at the size of the painting, for frames that show both.</summary>
internal sealed class ReferenceRows
{
    private readonly int _width, _channels;
    private readonly PixelDataset? _picture;
    private readonly float[]? _scaled;

    /// <summary>Scales a picture, with a Lanczos-3 filter where it has another size.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    public ReferenceRows(PixelDataset picture, int width, int height)
    {
        (_width, _channels) = (width, picture.Channels);
        if ((picture.Width, picture.Height) == (width, height))
            _picture = picture;
        else
            _scaled = Scale(picture, width, height);
    }

    /// <summary>Copies rows, <c>[rowCount, width, channels]</c>.</summary>
    public void Copy(int firstRow, int rowCount, Span<float> colors)
    {
        if (_picture is not null)
            _picture.CopyRows(firstRow, rowCount, colors);
        else
            _scaled.AsSpan(firstRow * _width * _channels, rowCount * _width * _channels).CopyTo(colors);
    }

    private static float[] Scale(PixelDataset picture, int width, int height)
    {
        PictureLibrary.EnsureReady();
        float[] colors = new float[picture.PixelCount * picture.Channels];
        picture.CopyRows(0, picture.Height, colors);
        using Image image = Image.NewFromMemoryCopy(
            MemoryMarshal.AsBytes(colors.AsSpan()).ToArray(), picture.Width, picture.Height, picture.Channels, Enums.BandFormat.Float);
        using Image scaled = image.Resize((double)width / picture.Width, vscale: (double)height / picture.Height);
        return scaled.WriteToMemory<float>();
    }
}
