namespace MonaLisa.Engine;

/// <summary>
/// The input that a pixel's number along one side becomes: <c>number * Scale + Offset</c>. In 64 bits, for factors
/// rounded to 32 would move a pixel by several last digits, which at the sharp edges of a large picture is 5e-5 of a colour.
/// </summary>
internal readonly record struct CoordinateAxis(double Scale, double Offset)
{
    /// <summary>The axis of a side of <paramref name="count"/> pixels.</summary>
    public static CoordinateAxis Of(CoordinateConvention convention, int count) => convention switch
    {
        CoordinateConvention.SymmetricPixelCenter => new CoordinateAxis(2.0 / count, 1.0 / count - 1),
        CoordinateConvention.PixelCenter => new CoordinateAxis(1.0 / count, 0.5 / count),
        CoordinateConvention.RowColumnCorner => new CoordinateAxis(count == 1 ? 0 : 1.0 / (count - 1), 0),
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
            CoordinateConvention.SymmetricPixelCenter => new CoordinateAxis(2 * step / side, 2 * center / side - 1),
            CoordinateConvention.PixelCenter => new CoordinateAxis(step / side, center / side),
            CoordinateConvention.RowColumnCorner when side == 1 => default,
            CoordinateConvention.RowColumnCorner => new CoordinateAxis(step / (side - 1), (center - 0.5) / (side - 1)),
            _ => throw new ArgumentOutOfRangeException(nameof(convention), convention, "There is no such convention."),
        };
    }

    /// <summary>The input of a pixel.</summary>
    public float this[int number] => (float)(number * Scale + Offset);
}
