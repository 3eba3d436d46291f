using MonaLisa.Engine;
using MonaLisa.Engine.Storage;

namespace MonaLisa.PowerShell;

/// <summary>Width and height in pixels, 1 to <see cref="MaxSide"/> each.</summary>
internal readonly record struct PictureSize(int Width, int Height)
{
    /// <summary>The longest side: a row of it still fits into one array of colours.</summary>
    public const int MaxSide = 10_000_000;

    /// <summary>The size of a picture of a given shape under -Width, -Height and -Scale; one side alone keeps the shape.</summary>
    /// <exception cref="ArgumentException">A side would be too long.</exception>
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
                FormattableString.Invariant($"A side of {rounded:F0} pixels is too long; the most is {MaxSide}. ") +
                "Use a smaller -Scale, -Width or -Height.");
    }
}

/// <summary>What of a learned picture is painted, and how large.</summary>
/// <param name="Size">Pixels of the painted picture.</param>
/// <param name="Region">The region of the learned picture, or null for all of it.</param>
internal readonly record struct PaintedView(PictureSize Size, PictureRegion? Region)
{
    /// <summary>Whether it has more pixels across or down than what it shows of a picture.</summary>
    /// <param name="learned">The picture's size; null where it is not known.</param>
    public bool IsLarger(PictureSize? learned) => learned is not PictureSize picture ||
        Size.Width > (Region?.Width ?? picture.Width) || Size.Height > (Region?.Height ?? picture.Height);

    /// <summary>Renders rows of it, see <see cref="ImageRenderer"/>.</summary>
    public void Render(ImageRenderer renderer, int firstRow, int rowCount, Span<float> colors, CancellationToken stopping)
    {
        if (Region is PictureRegion region)
            renderer.Render(region, Size.Width, Size.Height, firstRow, rowCount, colors, stopping);
        else
            renderer.Render(Size.Width, Size.Height, firstRow, rowCount, colors, stopping);
    }
}
