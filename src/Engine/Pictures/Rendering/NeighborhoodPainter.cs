using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Paints with a network that sees its picture's neighbourhoods. It paints the picture at twice its size, corrects that so that it gives the
/// picture again when made smaller, does the same with what it painted until that is as large as wanted or larger, and takes what is wanted
/// of it with cubic convolution. Only bands of rows are painted, with what they depend on. The picture at its own size is the picture itself, or
/// what the network restores of it, which larger ones are interpolated from.
/// </summary>
/// <param name="sweep">Runs the network.</param>
internal sealed unsafe class NeighborhoodPainter(TileSweep sweep)
{
    /// <summary>The most doublings; beyond 32 times its size a picture is interpolated.</summary>
    private const int MostDoublings = 5;

    /// <summary>A scale this little above a power of two is that power, rounded.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>The place of a pixel whose view is not mirrored, of four: to the right and below.</summary>
    private const int Plain = 3;

    /// <summary>Rows that are painted at once, at least: so their margins take little of the work.</summary>
    private const int BandRows = 128;

    private readonly NeighborhoodEncoder _encoder = (NeighborhoodEncoder)sweep.Network.Encoder!;
    private readonly NeighborhoodEncoding _encoding = (NeighborhoodEncoding)sweep.Network.Design.Encoding;
    private readonly ColorTransform _colors = sweep.Network.Colors;

    /// <summary>The noise that is removed, or null.</summary>
    private readonly ClippedNoise? _noise =
        sweep.Network.Design.Encoding is NeighborhoodEncoding { Task: NeighborhoodTask.Denoise, Noise: > 0 and float noise } ? new ClippedNoise(noise) : null;

    private Plan? _plan;

    /// <summary>Views of a pixel that is restored in a pass: mirrored in each way, or the one that is not.</summary>
    private int ViewsAtOnce => _encoding.IsSingleView ? 1 : 4;

    /// <summary>What a pass painted last, before it is cut to what is wanted of it.</summary>
    private FloatPicture? _painted;

    /// <summary>The band painted last, and its first row.</summary>
    private FloatPicture? _band;
    private int _bandTop;

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
            (_plan, _band) = (plan = Plan.For(_encoding, part, width, height), null);
        (int top, int bottom) = plan.Taps.RowsOf(firstRow, rowCount);
        (int left, int right) = plan.Taps.Columns;
        if (_band is null || top < _bandTop || bottom > _bandTop + _band.Height)
        {
            int rows = Math.Min(Math.Max(bottom - top, BandRows), (_encoding.Height << plan.Doublings) - top);
            (_band, _bandTop) = (Painted(plan.Doublings, left, top, right - left, rows, cancellationToken), top);
        }
        plan.Taps.Render(_band, left, _bandTop, firstRow, rowCount, colors, weighsAlpha: true);
    }

    /// <summary>A part of the picture doubled so many times.</summary>
    private FloatPicture Painted(int doublings, int x, int y, int width, int height, CancellationToken cancellationToken)
    {
        if (doublings == 0)
            return _encoding.Task == NeighborhoodTask.Enlarge ? OwnPart(x, y, width, height) : Restored(x, y, width, height, cancellationToken);
        int reach = _encoding.Corrections * BackProjection.Reach;
        (int left, int right) = Below(x, width, _encoding.Width << (doublings - 1), reach);
        (int top, int bottom) = Below(y, height, _encoding.Height << (doublings - 1), reach);
        (int seenLeft, int seenRight) = Widened(left, right, _encoding.Width << (doublings - 1), _encoder.Reach);
        (int seenTop, int seenBottom) = Widened(top, bottom, _encoding.Height << (doublings - 1), _encoder.Reach);
        FloatPicture seen = Painted(doublings - 1, seenLeft, seenTop, seenRight - seenLeft, seenBottom - seenTop, cancellationToken);
        _encoder.Show(seen.Values, seen.Width, seen.Height);
        FloatPicture painted = Reused(2 * (right - left), 2 * (bottom - top));
        Paint(painted, (long)painted.Width * painted.Height, place =>
            ((int)(place % painted.Width) + 2 * (left - seenLeft), (int)(place / painted.Width) + 2 * (top - seenTop)), seen, cancellationToken);
        if (_encoding.Corrections > 0)
            BackProjection.Correct(painted, seen.Part(left - seenLeft, top - seenTop, right - left, bottom - top), _encoding.Kernel, _encoding.Corrections);
        return painted.Part(x - 2 * left, y - 2 * top, width, height);
    }

    /// <summary>
    /// A part of the picture as the network restores it, at its own size: the mean of eight views of each pixel. Known pixels of a picture with
    /// gaps stay as they are, and so does the alpha of one with noise.
    /// </summary>
    private FloatPicture Restored(int x, int y, int width, int height, CancellationToken cancellationToken)
    {
        (int left, int right) = Widened(x, x + width, _encoding.Width, _encoder.Reach);
        (int top, int bottom) = Widened(y, y + height, _encoding.Height, _encoder.Reach);
        FloatPicture seen = OwnPart(left, top, right - left, bottom - top);
        FloatPicture restored = seen.Part(x - left, y - top, width, height);
        int[] pixels = [.. Enumerable.Range(0, width * height).Where(pixel =>
            _encoding.Task != NeighborhoodTask.Fill || FillingView.IsHidden(restored.Values[pixel * restored.Channels]))];
        if (pixels.Length == 0)
            return restored;
        _encoder.Show(seen.Values, seen.Width, seen.Height);
        FloatPicture views = Reused(ViewsAtOnce, width * height);
        Paint(views, (long)ViewsAtOnce * pixels.Length, place =>
        {
            int pixel = pixels[place / ViewsAtOnce], view = ViewsAtOnce == 1 ? Plain : (int)(place % ViewsAtOnce);
            return (2 * (x - left + pixel % width) + view % 2, 2 * (y - top + pixel / width) + view / 2);
        }, seen, cancellationToken);
        for (int i = 0; i < pixels.Length; i++)
            Restore(restored.Pixel(pixels[i] % width, pixels[i] / width), views.Values.AsSpan(i * ViewsAtOnce * views.Channels));
        return restored;
    }

    /// <summary>Puts the mean of views in the place of a pixel.</summary>
    private void Restore(Span<float> pixel, ReadOnlySpan<float> views)
    {
        for (int channel = 0; channel < pixel.Length; channel++)
        {
            bool isKnown = _encoding.Task == NeighborhoodTask.Fill ? !FillingView.IsHidden(pixel[channel]) : channel == NeighborhoodFeature.Alpha;
            if (isKnown)
                continue;
            float sum = 0;
            for (int view = 0; view < ViewsAtOnce; view++)
                sum += views[view * pixel.Length + channel];
            float sample = sum / ViewsAtOnce;
            pixel[channel] = _noise?.SampleOf(sample) ?? sample;
        }
    }

    // Most bands have one size, and their garbage would be most of the memory that a large picture takes.
    private FloatPicture Reused(int width, int height) =>
        (_painted?.Width, _painted?.Height) == (width, height) ? _painted! : _painted = new FloatPicture(width, height, _encoding.Channels);

    /// <summary>The pixels of a side of the picture below some of the doubled one's, and so many on each side as far as there are any.</summary>
    private static (int First, int End) Below(int first, int count, int side, int margin) =>
        Widened(first / 2, (first + count - 1) / 2 + 1, side, margin);

    private static (int First, int End) Widened(int first, int end, int side, int margin) =>
        (Math.Max(0, first - margin), Math.Min(side, end + margin));

    /// <summary>Paints places of what the encoder shows, at twice its size: the mean of two views of each place, or one view.</summary>
    /// <param name="painted">Receives them, one after the other.</param>
    /// <param name="count">How many.</param>
    /// <param name="placeOf">The column and row of each.</param>
    /// <param name="seen">What the encoder shows.</param>
    /// <param name="cancellationToken">Ends the painting.</param>
    private void Paint(FloatPicture painted, long count, Func<long, (int Column, int Row)> placeOf, FloatPicture seen, CancellationToken cancellationToken)
    {
        int wholeWidth = 2 * seen.Width, wholeHeight = 2 * seen.Height, channels = painted.Channels;
        fixed (float* destination = painted.Values)
        {
            float* values = destination;
            bool[] turns = _encoding.IsSingleView ? [false] : [false, true];
            foreach (bool isTurned in turns)
            {
                _encoder.IsTurned = isTurned;
                sweep.Run(count, (tile, first, rows) =>
                {
                    for (int row = 0; row < rows; row++)
                    {
                        float* place = tile.Coordinates.Pointer + PanelLayout.SkinnyOffset(row, Mlp.InputCount);
                        (int column, int line) = placeOf(first + row);
                        place[0] = (column + 0.5f) / wholeWidth;
                        place[PanelLayout.Width] = (line + 0.5f) / wholeHeight;
                    }
                }, (tile, first, rows) => Add(tile, rows, values + first * channels, turns, isTurned), cancellationToken);
            }
        }
    }

    private void Add(Tile tile, int rows, float* values, bool[] turns, bool isTurned)
    {
        int channels = _encoding.Channels;
        for (int row = 0; row < rows; row++, values += channels)
        {
            float* outputs = tile.Outputs.Pointer + PanelLayout.SkinnyOffset(row, channels);
            for (int channel = 0; channel < channels; channel++)
            {
                float sum = (outputs[channel * PanelLayout.Width] * _colors.Scale + _colors.Offset) / turns.Length;
                if (isTurned != turns[0])
                    sum += values[channel];
                values[channel] = isTurned == turns[^1] ? Math.Clamp(sum, 0, 1) : sum;
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
            int doublings = encoding.Task != NeighborhoodTask.Enlarge || scale <= 1 + Tolerance ? 0 : Math.Min(MostDoublings, (int)Math.Ceiling(Math.Log2(scale) - Tolerance));
            return new Plan(
                doublings, new RegionTaps(region, width, height, encoding.Width << doublings, encoding.Height << doublings));
        }
    }
}
