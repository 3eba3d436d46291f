namespace MonaLisa.Engine.Pictures;

/// <summary>
/// What the pixels of a rendering of a region take of a picture, by a kernel that is stretched where they are larger than the picture's.
/// </summary>
internal sealed class RegionTaps
{
    private readonly PictureRegion _region;
    private readonly int _width, _height, _pictureWidth, _pictureHeight;
    private readonly ResampleTaps _across, _down;
    private readonly bool _isCopy;

    /// <summary>Plans a rendering.</summary>
    /// <param name="region">The region, in pixels of the picture that the caller knows.</param>
    /// <param name="width">Pixels in a row of the rendering.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="pictureWidth">Pixels in a row of the picture that is taken of.</param>
    /// <param name="pictureHeight">Its rows.</param>
    /// <param name="kernel">The kernel.</param>
    public RegionTaps(
        PictureRegion region, int width, int height, int pictureWidth, int pictureHeight, ShrinkKernel kernel = ShrinkKernel.Bicubic)
    {
        (_region, _width, _height, _pictureWidth, _pictureHeight) = (region, width, height, pictureWidth, pictureHeight);
        double across = (double)pictureWidth / region.PictureWidth, down = (double)pictureHeight / region.PictureHeight;
        _across = new ResampleTaps(kernel, region.X * across, region.Width * across, width);
        _down = new ResampleTaps(kernel, region.Y * down, region.Height * down, height);
        _isCopy = _across.MostWeights == 1 && _down.MostWeights == 1;
    }

    /// <summary>Whether it is the plan of a rendering.</summary>
    public bool IsFor(PictureRegion region, int width, int height) => (_region, _width, _height) == (region, width, height);

    /// <summary>The first of the picture's columns that the rendering depends on, and one past the last.</summary>
    public (int First, int End) Columns => Span(_across, 0, _width, _pictureWidth);

    /// <summary>The same of the rows that some rows of the rendering depend on.</summary>
    public (int First, int End) RowsOf(int firstRow, int rowCount) => Span(_down, firstRow, rowCount, _pictureHeight);

    /// <summary>Renders rows.</summary>
    /// <param name="part">The part of the picture that they depend on, or more.</param>
    /// <param name="left">Columns of the picture left of it.</param>
    /// <param name="top">Rows above it.</param>
    /// <param name="firstRow">The first row to render.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="colors">Receives <c>[rowCount, width, channels]</c>.</param>
    /// <param name="weighsAlpha">Whether colours count by their alpha where there is one, so that none of a pixel that is hardly seen shows beside it.</param>
    public void Render(FloatPicture part, int left, int top, int firstRow, int rowCount, Span<float> colors, bool weighsAlpha = false)
    {
        (int first, int end) = RowsOf(firstRow, rowCount);
        int rowLength = _width * part.Channels, partRow = part.Width * part.Channels;
        bool isWeighted = weighsAlpha && !_isCopy && part.Channels > NeighborhoodFeature.Alpha;
        float[] weighted = isWeighted ? new float[partRow] : [];
        var narrow = new FloatPicture(_width, end - first, part.Channels);
        for (int row = 0; row < narrow.Height; row++)
        {
            ReadOnlySpan<float> own = part.Values.AsSpan((first - top + row) * partRow, partRow);
            if (isWeighted)
            {
                AlphaWeight.Apply(own, weighted);
                own = weighted;
            }
            FloatPicture.Across(own, part.Channels, _across, left, narrow.Values.AsSpan(row * rowLength, rowLength));
        }
        for (int row = 0; row < rowCount; row++)
        {
            Span<float> rendered = colors.Slice(row * rowLength, rowLength);
            FloatPicture.Down(narrow, _down, first, firstRow + row, rendered);
            if (isWeighted)
                AlphaWeight.Undo(rendered);
        }
    }

    private static (int First, int End) Span(ResampleTaps taps, int first, int count, int side)
    {
        int start = Math.Clamp(taps.First(first), 0, side - 1);
        return (start, Math.Clamp(taps.End(first + count - 1), start + 1, side));
    }
}
