using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Paints networks with latents. At the picture's own size its pixels are the same bits on every processor; at other sizes they are
/// interpolated between.
/// </summary>
internal sealed class LatentPainter
{
    private readonly FloatPicture _picture;

    /// <summary>Decodes a network's picture.</summary>
    /// <param name="network">The network.</param>
    /// <param name="work">The threads.</param>
    /// <param name="set">The instructions to use.</param>
    public LatentPainter(Mlp network, LatentWork work, InstructionSet set)
    {
        var encoding = (LatentEncoding)network.Design.Encoding;
        var synthesis = new LatentSynthesis(encoding);
        synthesis.Show(LatentNetwork.PlanesOf(network), work);
        ThinNetwork layers = LatentSynthesis.NetworkOf(network, ThinKernel.Of(set, isExact: true));
        _picture = new FloatPicture(encoding.Width, encoding.Height, encoding.Channels);
        new LatentRows(encoding, synthesis.Planes, layers, LatentNetwork.ColorsOf(network), LatentNetwork.StepOf(network), work)
            .Paint(0, encoding.Height, _picture.Values);
    }

    /// <summary>Renders rows; see <see cref="ImageRenderer"/>.</summary>
    /// <param name="region">The region, or null for the whole picture.</param>
    /// <param name="width">Pixels in a row of the whole rendering.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="firstRow">The first row to render.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="colors">Receives <c>[rowCount, width, channels]</c>.</param>
    /// <param name="cancellationToken">Ends the rendering with an <see cref="OperationCanceledException"/>.</param>
    public void Render(
        PictureRegion? region, int width, int height, int firstRow, int rowCount, Span<float> colors, CancellationToken cancellationToken)
    {
        (double left, double top, double across, double down) = region is PictureRegion part
            ? (part.X / part.PictureWidth, part.Y / part.PictureHeight, part.Width / part.PictureWidth, part.Height / part.PictureHeight)
            : (0, 0, 1, 1);
        int rowLength = width * _picture.Channels;
        bool isOwnSize = region is null && width == _picture.Width && height == _picture.Height;
        for (int row = 0; row < rowCount; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<float> to = colors.Slice(row * rowLength, rowLength);
            if (isOwnSize)
            {
                _picture.Values.AsSpan((firstRow + row) * rowLength, rowLength).CopyTo(to);
                continue;
            }
            double y = top + (firstRow + row + 0.5) / height * down;
            for (int x = 0; x < width; x++)
                Interpolate(left + (x + 0.5) / width * across, y, to.Slice(x * _picture.Channels, _picture.Channels));
        }
    }

    /// <summary>The colour at a place: cubic convolution of the nearest 4 x 4 pixels (Keys 1981, a = -0.5).</summary>
    /// <param name="x">The place's distance from the left edge, in widths of the picture.</param>
    /// <param name="y">Its distance from the upper edge, in heights.</param>
    /// <param name="color">Receives the colour.</param>
    public void Interpolate(double x, double y, Span<float> color)
    {
        const int Taps = 4;
        Span<float> across = stackalloc float[Taps], down = stackalloc float[Taps];
        int left = Weigh(x, _picture.Width, across), top = Weigh(y, _picture.Height, down);
        color.Clear();
        for (int j = 0; j < Taps; j++)
            for (int i = 0; i < Taps; i++)
            {
                Span<float> pixel = _picture.Pixel(
                    Math.Clamp(left + i, 0, _picture.Width - 1), Math.Clamp(top + j, 0, _picture.Height - 1));
                for (int channel = 0; channel < color.Length; channel++)
                    color[channel] += across[i] * down[j] * pixel[channel];
            }
    }

    private static int Weigh(double place, int side, Span<float> weights)
    {
        double at = Math.Clamp(place, 0, 1) * side - 0.5, first = Math.Floor(at);
        float t = (float)(at - first);
        weights[0] = ((-0.5f * t + 1) * t - 0.5f) * t;
        weights[1] = (1.5f * t - 2.5f) * t * t + 1;
        weights[2] = ((-1.5f * t + 2) * t + 0.5f) * t;
        weights[3] = (0.5f * t - 0.5f) * t * t;
        return (int)first - 1;
    }
}
