using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Paints with a network that sees its picture's neighbourhoods. It paints the picture at twice its size, that again at twice its size, until
/// it is as large as wanted or larger, and takes what is wanted of that with cubic convolution. Only the rows asked for are painted, with
/// what they depend on. The picture at its own size is the picture itself.
/// </summary>
/// <param name="sweep">Runs the network.</param>
internal sealed unsafe class NeighborhoodPainter(TileSweep sweep)
{
    /// <summary>The most doublings; beyond 32 times its size a picture is interpolated.</summary>
    private const int MostDoublings = 5;

    /// <summary>A scale this little above a power of two is that power, rounded.</summary>
    private const double Tolerance = 1e-6;

    private readonly NeighborhoodEncoder _encoder = (NeighborhoodEncoder)sweep.Network.Encoder!;
    private readonly NeighborhoodEncoding _encoding = (NeighborhoodEncoding)sweep.Network.Design.Encoding;
    private readonly ColorTransform _colors = sweep.Network.Colors;

    private Plan? _plan;

    /// <summary>Renders rows of a region at a size; see <see cref="ImageRenderer"/>.</summary>
    /// <param name="region">The region; null for the whole picture.</param>
    /// <param name="width">Pixels in a row of the rendering.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="firstRow">The first row to render.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="colors">Receives <c>[rowCount, width, channels]</c>.</param>
    /// <param name="cancellationToken">Ends the rendering with an <see cref="OperationCanceledException"/>.</param>
    public void Render(
        PictureRegion? region, int width, int height, int firstRow, int rowCount, Span<float> colors, CancellationToken cancellationToken)
    {
        if (rowCount == 0)
            return;
        PictureRegion part = region ?? PictureRegion.Whole(_encoding.Width, _encoding.Height);
        if (_plan is not { } plan || !plan.Taps.IsFor(part, width, height))
            _plan = plan = Plan.For(_encoding, part, width, height);
        (int top, int bottom) = plan.Taps.RowsOf(firstRow, rowCount);
        (int left, int right) = plan.Taps.Columns;
        FloatPicture painted = Painted(plan.Doublings, left, top, right - left, bottom - top, cancellationToken);
        plan.Taps.Render(painted, left, top, firstRow, rowCount, colors);
    }

    /// <summary>A part of the picture doubled so many times.</summary>
    private FloatPicture Painted(int doublings, int x, int y, int width, int height, CancellationToken cancellationToken)
    {
        int channels = _encoding.Channels;
        if (doublings == 0)
            return OwnPart(x, y, width, height);
        FloatPicture source;
        int left = 0, top = 0;
        if (doublings == 1)
        {
            _encoder.ShowOwn();
            source = new FloatPicture(_encoding.Width, _encoding.Height, channels, []);
        }
        else
        {
            const int Margin = NeighborhoodEncoding.Radius;
            left = Math.Max(0, x / 2 - Margin);
            top = Math.Max(0, y / 2 - Margin);
            int right = Math.Min(_encoding.Width << (doublings - 1), (x + width - 1) / 2 + 1 + Margin);
            int bottom = Math.Min(_encoding.Height << (doublings - 1), (y + height - 1) / 2 + 1 + Margin);
            source = Painted(doublings - 1, left, top, right - left, bottom - top, cancellationToken);
            _encoder.Show(source.Values, source.Width, source.Height);
        }
        var painted = new FloatPicture(width, height, channels);
        Paint(painted, x - 2 * left, y - 2 * top, 2 * source.Width, 2 * source.Height, cancellationToken);
        _encoder.ShowOwn();
        return painted;
    }

    /// <summary>Paints a part of what the encoder shows, at twice its size: the mean of two views of each place.</summary>
    private void Paint(FloatPicture painted, int x, int y, int wholeWidth, int wholeHeight, CancellationToken cancellationToken)
    {
        int width = painted.Width, channels = painted.Channels;
        fixed (float* destination = painted.Values)
        {
            float* values = destination;
            foreach (bool isTurned in (bool[])[false, true])
            {
                _encoder.IsTurned = isTurned;
                sweep.Run((long)width * painted.Height, (tile, first, rows) =>
                {
                    int column = (int)(first % width), line = (int)(first / width);
                    for (int row = 0; row < rows; row++)
                    {
                        float* place = tile.Coordinates.Pointer + PanelLayout.SkinnyOffset(row, Mlp.InputCount);
                        place[0] = (x + column + 0.5f) / wholeWidth;
                        place[PanelLayout.Width] = (y + line + 0.5f) / wholeHeight;
                        if (++column == width)
                            (column, line) = (0, line + 1);
                    }
                }, (tile, first, rows) => Add(tile, rows, values + first * channels, isTurned), cancellationToken);
            }
        }
    }

    private void Add(Tile tile, int rows, float* values, bool isLast)
    {
        int channels = _encoding.Channels;
        for (int row = 0; row < rows; row++, values += channels)
        {
            float* outputs = tile.Outputs.Pointer + PanelLayout.SkinnyOffset(row, channels);
            for (int channel = 0; channel < channels; channel++)
            {
                float color = (outputs[channel * PanelLayout.Width] * _colors.Scale + _colors.Offset) / 2;
                values[channel] = isLast ? Math.Clamp(values[channel] + color, 0, 1) : color;
            }
        }
    }

    private FloatPicture OwnPart(int x, int y, int width, int height)
    {
        int channels = _encoding.Channels;
        var part = new FloatPicture(width, height, channels);
        for (int row = 0; row < height; row++)
            _encoder.Own.Slice(((y + row) * _encoding.Width + x) * channels, width * channels).CopyTo(part.Values.AsSpan(row * width * channels));
        return part;
    }

    /// <summary>How a rendering is taken from a doubled picture.</summary>
    private sealed record Plan(int Doublings, RegionTaps Taps)
    {
        public static Plan For(NeighborhoodEncoding encoding, PictureRegion region, int width, int height)
        {
            // The region is in pixels of the picture that the caller knows; that is this one, unless the caller knows better.
            double across = (double)encoding.Width / region.PictureWidth, down = (double)encoding.Height / region.PictureHeight;
            double scale = Math.Max(width / (region.Width * across), height / (region.Height * down));
            int doublings = scale <= 1 + Tolerance ? 0 : Math.Min(MostDoublings, (int)Math.Ceiling(Math.Log2(scale) - Tolerance));
            return new Plan(
                doublings, new RegionTaps(region, width, height, encoding.Width << doublings, encoding.Height << doublings));
        }
    }
}
