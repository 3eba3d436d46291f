namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Where the rows of a stored picture go once its EXIF orientation is applied (Exif 2.32, tag 0x0112): 1 as stored, 2 mirrored, 3 rotated by
/// 180°, 4 flipped, 5 transposed, 6 rotated by 90° clockwise, 7 transposed across, 8 rotated by 90° counter-clockwise. Other values count
/// as 1.
/// </summary>
internal readonly struct PixelPlacement
{
    private readonly int _origin;
    private readonly int _stepX;
    private readonly int _stepY;

    /// <summary>Plans the placement of a stored picture.</summary>
    public PixelPlacement(int storedWidth, int storedHeight, int orientation)
    {
        StoredWidth = storedWidth;
        bool swapped = orientation is >= 5 and <= 8;
        (Width, Height) = swapped ? (storedHeight, storedWidth) : (storedWidth, storedHeight);
        // What a step along a stored row, and down a stored column, does to the place of a pixel.
        (_stepX, _stepY) = swapped ? (Width, 1) : (1, Width);
        if (orientation is 2 or 3 or 7 or 8)
        {
            _origin += _stepX * (storedWidth - 1);
            _stepX = -_stepX;
        }
        if (orientation is 3 or 4 or 6 or 7)
        {
            _origin += _stepY * (storedHeight - 1);
            _stepY = -_stepY;
        }
    }

    /// <summary>Pixels in a stored row.</summary>
    public int StoredWidth { get; }

    /// <summary>Pixels in a row of the oriented picture.</summary>
    public int Width { get; }

    /// <summary>Rows of the oriented picture.</summary>
    public int Height { get; }

    /// <summary>The number of a stored pixel in the row order of the oriented picture.</summary>
    public int this[int x, int y] => _origin + x * _stepX + y * _stepY;

    /// <summary>Puts stored row y, <c>[StoredWidth, bands]</c>, in its place in the oriented picture, <c>[Height, Width, channels]</c>.</summary>
    /// <remarks>The first channels of each pixel's bands are kept.</remarks>
    public void PlaceRow<T>(int y, ReadOnlySpan<T> row, int bands, Span<T> samples, int channels)
    {
        int place = this[0, y];
        if (_stepX == 1 && bands == channels)
        {
            row[..(StoredWidth * channels)].CopyTo(samples[(place * channels)..]);
            return;
        }
        for (int x = 0; x < StoredWidth; x++, place += _stepX)
            row.Slice(x * bands, channels).CopyTo(samples[(place * channels)..]);
    }
}
