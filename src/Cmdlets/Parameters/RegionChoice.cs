using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>The four numbers of -Region. Whether they lie inside depends on the picture.</summary>
internal sealed class RegionChoice
{
    private RegionChoice(double[] numbers)
    {
        if (numbers is not [double x, double y, double width, double height])
            throw new ArgumentException(
                $"-Region takes four numbers, x, y, width and height in pixels of the learned picture, not {numbers.Length}.");
        PictureRegion.RequireRectangle(x, y, width, height);
        (X, Y, Width, Height) = (x, y, width, height);
    }

    /// <summary>Takes the numbers of the parameter; null where it is not given.</summary>
    /// <exception cref="ArgumentException">They are not a rectangle.</exception>
    public static RegionChoice? Of(double[]? numbers) => numbers is null ? null : new RegionChoice(numbers);

    public double X { get; }

    public double Y { get; }

    public double Width { get; }

    public double Height { get; }

    /// <summary>The region of a picture.</summary>
    /// <exception cref="ArgumentException">It reaches beyond.</exception>
    public PictureRegion In(PictureSize picture) => new(X, Y, Width, Height, picture.Width, picture.Height);
}
