namespace MonaLisa.Engine;

/// <summary>The input that a pixel's number along one side becomes: <c>number * Scale + Offset</c>.</summary>
internal readonly record struct CoordinateAxis(float Scale, float Offset)
{
    /// <summary>The axis of a side of <paramref name="count"/> pixels.</summary>
    public static CoordinateAxis Of(CoordinateConvention convention, int count) => convention switch
    {
        CoordinateConvention.SymmetricPixelCenter => new CoordinateAxis(2f / count, 1f / count - 1),
        CoordinateConvention.PixelCenter => new CoordinateAxis(1f / count, 0.5f / count),
        CoordinateConvention.RowColumnCorner => new CoordinateAxis(count == 1 ? 0 : 1f / (count - 1), 0),
        _ => throw new ArgumentOutOfRangeException(nameof(convention), convention, "There is no such convention."),
    };

    /// <summary>
    /// The axis of <paramref name="count"/> pixels that share a part of a side of <paramref name="side"/> pixels: pixel i covers
    /// <c>start + i * length / count</c> to <c>start + (i + 1) * length / count</c>, and its input is that of its centre. Pixel p of
    /// the side itself has its centre at p + 0.5.
    /// </summary>
    public static CoordinateAxis Of(CoordinateConvention convention, int count, double start, double length, int side)
    {
        double step = length / count, center = start + step / 2;
        return convention switch
        {
            CoordinateConvention.SymmetricPixelCenter => Of(2 * step / side, 2 * center / side - 1),
            CoordinateConvention.PixelCenter => Of(step / side, center / side),
            CoordinateConvention.RowColumnCorner => side == 1 ? default : Of(step / (side - 1), (center - 0.5) / (side - 1)),
            _ => throw new ArgumentOutOfRangeException(nameof(convention), convention, "There is no such convention."),
        };

        static CoordinateAxis Of(double scale, double offset) => new((float)scale, (float)offset);
    }

    /// <summary>The input of a pixel.</summary>
    public float this[int number] => number * Scale + Offset;
}
