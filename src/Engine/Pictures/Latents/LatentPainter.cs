using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Paints networks with latents. At the picture's own size its pixels are the same bits on every processor; at other sizes they are
/// interpolated between.
/// </summary>
internal sealed class LatentPainter
{
    private readonly FloatPicture _picture;
    private RegionTaps? _taps;

    /// <summary>Decodes a network's picture.</summary>
    /// <param name="network">The network.</param>
    /// <param name="work">The threads.</param>
    /// <param name="set">The instructions to use.</param>
    /// <param name="cancellationToken">Ends the decoding with an <see cref="OperationCanceledException"/>.</param>
    public LatentPainter(Mlp network, LatentWork work, InstructionSet set, CancellationToken cancellationToken)
    {
        var encoding = (LatentEncoding)network.Design.Encoding;
        var synthesis = new LatentSynthesis(encoding);
        synthesis.Show(LatentNetwork.PlanesOf(network), work);
        ThinNetwork layers = LatentSynthesis.NetworkOf(network, ThinKernel.Of(set, isExact: true));
        _picture = new FloatPicture(encoding.Width, encoding.Height, encoding.Channels);
        new LatentRows(encoding, synthesis.Planes, layers, LatentNetwork.ColorsOf(network), LatentEncoding.StepOf(network), work)
            .Paint(0, encoding.Height, _picture.Values, cancellationToken);
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
        cancellationToken.ThrowIfCancellationRequested();
        if (rowCount == 0)
            return;
        if (region is null && width == _picture.Width && height == _picture.Height)
        {
            int rowLength = width * _picture.Channels;
            _picture.Values.AsSpan(firstRow * rowLength, rowCount * rowLength).CopyTo(colors);
            return;
        }
        PictureRegion part = region ?? PictureRegion.Whole(_picture.Width, _picture.Height);
        if (_taps is not { } taps || !taps.IsFor(part, width, height))
            _taps = taps = new RegionTaps(part, width, height, _picture.Width, _picture.Height);
        taps.Render(_picture, 0, 0, firstRow, rowCount, colors, weighsAlpha: true);
    }

    /// <summary>The colour at a place, as a pixel of the picture's own size has it whose centre is there.</summary>
    /// <param name="x">The place's distance from the left edge, in widths of the picture.</param>
    /// <param name="y">Its distance from the upper edge, in heights.</param>
    /// <param name="color">Receives the colour.</param>
    public void Interpolate(double x, double y, Span<float> color)
    {
        ResampleTaps across = TapsAt(x, _picture.Width), down = TapsAt(y, _picture.Height);
        color.Clear();
        bool weighsAlpha = color.Length > NeighborhoodFeature.Alpha;
        Span<float> weighted = stackalloc float[color.Length];
        for (int row = down.First(0); row < down.End(0); row++)
            for (int column = across.First(0); column < across.End(0); column++)
            {
                float weight = across.Weights(0)[column - across.First(0)] * down.Weights(0)[row - down.First(0)];
                scoped ReadOnlySpan<float> pixel = _picture.Pixel(Math.Clamp(column, 0, _picture.Width - 1), Math.Clamp(row, 0, _picture.Height - 1));
                if (weighsAlpha)
                {
                    AlphaWeight.Apply(pixel, weighted);
                    pixel = weighted;
                }
                for (int channel = 0; channel < color.Length; channel++)
                    color[channel] += weight * pixel[channel];
            }
        if (weighsAlpha)
            AlphaWeight.Undo(color);
    }

    private static ResampleTaps TapsAt(double place, int side) =>
        new(ShrinkKernel.Bicubic, Math.Clamp(place, 0, 1) * side - 0.5, length: 1, count: 1);
}
