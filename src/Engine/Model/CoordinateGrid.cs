namespace MonaLisa.Engine;

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
