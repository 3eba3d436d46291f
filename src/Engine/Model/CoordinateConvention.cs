namespace MonaLisa.Engine;

/// <summary>How a pixel's place in the picture becomes the network's two inputs.</summary>
public enum CoordinateConvention
{
    /// <summary>
    /// The pixel's centre, <c>((x + 0.5) / width, (y + 0.5) / height)</c>, stretched from [0, 1] to [-1, 1]
    /// inside the network, where sine and tanh networks learn best.
    /// </summary>
    SymmetricPixelCenter,

    /// <summary>The pixel's centre, <c>((x + 0.5) / width, (y + 0.5) / height)</c>, in [0, 1].</summary>
    PixelCenter,

    /// <summary>
    /// The 2012 program's, row first: <c>(y / (height - 1), x / (width - 1))</c>; the corner pixels lie on 0 and 1.
    /// A side of one pixel has coordinate 0.
    /// </summary>
    RowColumnCorner,
}

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

    /// <summary>The axis of places from 0, where the picture begins, to 1, where it ends; the centre of pixel p is at (p + 0.5) / side.</summary>
    /// <param name="convention">The convention.</param>
    /// <param name="side">The side of the learned picture in pixels, or null where it is not known: then the corners are at 0 and 1.</param>
    public static CoordinateAxis OfPlaces(CoordinateConvention convention, int? side) => convention switch
    {
        CoordinateConvention.SymmetricPixelCenter => new CoordinateAxis(2, -1),
        CoordinateConvention.PixelCenter => new CoordinateAxis(1, 0),
        CoordinateConvention.RowColumnCorner => side switch
        {
            null => new CoordinateAxis(1, 0),
            1 => default,
            int pixels => new CoordinateAxis((double)pixels / (pixels - 1), -0.5 / (pixels - 1)),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(convention), convention, "There is no such convention."),
    };

    /// <summary>The input of a place.</summary>
    public float At(double place) => (float)(place * Scale + Offset);

    /// <summary>The input of a pixel.</summary>
    public float this[int number] => (float)(number * Scale + Offset);
}

/// <summary>The network's two inputs for every pixel of a picture of a given size, see <see cref="CoordinateConvention"/>.</summary>
internal readonly struct CoordinateGrid
{
    /// <summary>The grid of a picture.</summary>
    public CoordinateGrid(CoordinateConvention convention, int width, int height)
    {
        X = CoordinateAxis.Of(convention, width);
        Y = CoordinateAxis.Of(convention, height);
        RowFirst = convention == CoordinateConvention.RowColumnCorner;
    }

    /// <summary>The grid of a rendering's pixels, which share a region of a learned picture evenly.</summary>
    public CoordinateGrid(CoordinateConvention convention, PictureRegion region, int width, int height)
    {
        X = CoordinateAxis.Of(convention, width, region.X, region.Width, region.PictureWidth);
        Y = CoordinateAxis.Of(convention, height, region.Y, region.Height, region.PictureHeight);
        RowFirst = convention == CoordinateConvention.RowColumnCorner;
    }

    /// <summary>The inputs along a row.</summary>
    public CoordinateAxis X { get; }

    /// <summary>The inputs down a column.</summary>
    public CoordinateAxis Y { get; }

    /// <summary>Whether the first input is y's.</summary>
    public bool RowFirst { get; }

    /// <summary>The first input's axis.</summary>
    public CoordinateAxis First => RowFirst ? Y : X;

    /// <summary>The second input's axis.</summary>
    public CoordinateAxis Second => RowFirst ? X : Y;
}
