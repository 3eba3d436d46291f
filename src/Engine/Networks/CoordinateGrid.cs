namespace MonaLisa.Engine;

/// <summary>
/// The network's two inputs for every pixel of a picture of a given size, see <see cref="CoordinateConvention"/>.
/// </summary>
internal readonly struct CoordinateGrid
{
    private readonly float _scaleX, _offsetX, _scaleY, _offsetY;
    private readonly bool _rowFirst;

    /// <summary>The grid of a picture.</summary>
    public CoordinateGrid(CoordinateConvention convention, int width, int height)
    {
        (_scaleX, _offsetX) = Line(convention, width);
        (_scaleY, _offsetY) = Line(convention, height);
        _rowFirst = convention == CoordinateConvention.RowColumnCorner;
    }

    /// <summary>The first input of the pixel (x, y).</summary>
    public float First(int x, int y) => _rowFirst ? Y(y) : X(x);

    /// <summary>The second input of the pixel (x, y).</summary>
    public float Second(int x, int y) => _rowFirst ? X(x) : Y(y);

    private float X(int x) => x * _scaleX + _offsetX;

    private float Y(int y) => y * _scaleY + _offsetY;

    private static (float Scale, float Offset) Line(CoordinateConvention convention, int count) => convention switch
    {
        CoordinateConvention.SymmetricPixelCenter => (2f / count, 1f / count - 1),
        CoordinateConvention.PixelCenter => (1f / count, 0.5f / count),
        CoordinateConvention.RowColumnCorner => (count == 1 ? 0 : 1f / (count - 1), 0),
        _ => throw new ArgumentOutOfRangeException(nameof(convention), convention, "There is no such convention."),
    };
}
