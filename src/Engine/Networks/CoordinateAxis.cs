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

    /// <summary>The input of a pixel.</summary>
    public float this[int number] => number * Scale + Offset;
}
