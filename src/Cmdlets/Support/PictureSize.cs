namespace MonaLisa.PowerShell;

/// <summary>Works out how large to paint from what was asked for.</summary>
internal readonly record struct PictureSize(int Width, int Height)
{
    /// <summary>The size of a picture of a given shape under -Width, -Height and -Scale; one side alone keeps the shape.</summary>
    /// <exception cref="ArgumentException">A side is not between 1 and the largest array.</exception>
    public static PictureSize Of(PictureSize shape, int? width, int? height, double scale) =>
        Of(shape.Width, shape.Height, width, height, scale);

    /// <summary>As the other, of a region's shape, which may have fractions of pixels.</summary>
    /// <inheritdoc cref="Of(PictureSize, int?, int?, double)"/>
    public static PictureSize Of(double shapeWidth, double shapeHeight, int? width, int? height, double scale) => (width, height) switch
    {
        (int w, int h) => new PictureSize(w, h),
        (int w, null) => new PictureSize(w, Rounded(w * shapeHeight / shapeWidth)),
        (null, int h) => new PictureSize(Rounded(h * shapeWidth / shapeHeight), h),
        _ => new PictureSize(Rounded(shapeWidth * scale), Rounded(shapeHeight * scale)),
    };

    private static int Rounded(double side)
    {
        double rounded = Math.Max(1, Math.Round(side, MidpointRounding.AwayFromZero));
        return rounded <= MaxSide
            ? (int)rounded
            : throw new ArgumentException(
                $"A side of {rounded:F0} pixels is too long; the most is {MaxSide}. Use a smaller -Scale, -Width or -Height.");
    }

    /// <summary>The longest side: a row of it still fits into one array of colours.</summary>
    public const int MaxSide = 10_000_000;
}
