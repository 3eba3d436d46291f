using System.Globalization;

namespace MonaLisa.Engine;

/// <summary>
/// A rectangle of a learned picture, in its pixels; fractions are allowed. The pixel in column x and row y covers the square from
/// (x, y) to (x + 1, y + 1), so the whole picture is (0, 0, width, height).
/// </summary>
internal readonly record struct PictureRegion
{
    /// <summary>How far a rounded sum may exceed the picture, as a share of its side.</summary>
    private const double EdgeTolerance = 1e-9;

    /// <summary>A rectangle inside a picture.</summary>
    /// <param name="x">Its left edge, at least 0.</param>
    /// <param name="y">Its upper edge, at least 0.</param>
    /// <param name="width">Its width, above 0; <paramref name="x"/> + width is at most the picture's width.</param>
    /// <param name="height">Its height, above 0; <paramref name="y"/> + height is at most the picture's height.</param>
    /// <param name="pictureWidth">Pixels in a row of the learned picture, at least 1.</param>
    /// <param name="pictureHeight">Rows of the learned picture, at least 1.</param>
    /// <exception cref="ArgumentException">
    /// A number is not finite or out of its range, or the rectangle reaches beyond the picture; the message says where.
    /// </exception>
    public PictureRegion(double x, double y, double width, double height, int pictureWidth, int pictureHeight)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pictureWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pictureHeight, 1);
        RequireRectangle(x, y, width, height);
        if (x + width > pictureWidth * (1 + EdgeTolerance))
            throw Beyond("right", x + width, pictureWidth);
        if (y + height > pictureHeight * (1 + EdgeTolerance))
            throw Beyond("lower", y + height, pictureHeight);
        (X, Y, Width, Height, PictureWidth, PictureHeight) = (x, y, width, height, pictureWidth, pictureHeight);

        ArgumentException Beyond(string edge, double place, int most) => new(
            FormattableString.Invariant(
                $"The region x {x}, y {y}, width {width}, height {height} reaches beyond the picture of {pictureWidth} x {pictureHeight} ") +
            FormattableString.Invariant($"pixels: its {edge} edge is at {place}, and {most} is the most."));
    }

    /// <summary>The left edge.</summary>
    public double X { get; }

    /// <summary>The upper edge.</summary>
    public double Y { get; }

    /// <summary>The width.</summary>
    public double Width { get; }

    /// <summary>The height.</summary>
    public double Height { get; }

    /// <summary>Pixels in a row of the learned picture; 0 only in the default value, which is no region.</summary>
    public int PictureWidth { get; }

    /// <summary>Rows of the learned picture.</summary>
    public int PictureHeight { get; }

    /// <summary>The whole of a picture.</summary>
    public static PictureRegion Whole(int pictureWidth, int pictureHeight) =>
        new(0, 0, pictureWidth, pictureHeight, pictureWidth, pictureHeight);

    /// <summary>Throws unless four numbers are a rectangle with a size and without negative edges.</summary>
    /// <exception cref="ArgumentException">They are not; the message says which and what it may be.</exception>
    public static void RequireRectangle(double x, double y, double width, double height)
    {
        Require(x >= 0 && double.IsFinite(x), "x", x, "at least 0");
        Require(y >= 0 && double.IsFinite(y), "y", y, "at least 0");
        Require(width > 0 && double.IsFinite(width), "width", width, "above 0");
        Require(height > 0 && double.IsFinite(height), "height", height, "above 0");

        static void Require(bool isRight, string name, double value, string range)
        {
            if (!isRight)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"A region's {name} is a number of pixels {range}, not {value}."));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Width} x {Height} at ({X}, {Y}) of {PictureWidth} x {PictureHeight}");
}
