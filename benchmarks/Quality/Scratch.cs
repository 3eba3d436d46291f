namespace MonaLisa.Quality;

/// <summary>Scratches over a picture: broken lines some pixels wide.</summary>
internal static class Scratch
{
    /// <summary>A line's width in pixels, and its corners in shares of the picture's sides.</summary>
    private static readonly (double Width, (double X, double Y)[] Corners)[] Lines =
    [
        (3, [(0.05, 0.12), (0.31, 0.22), (0.48, 0.19), (0.93, 0.41)]),
        (5, [(0.72, 0.02), (0.58, 0.33), (0.63, 0.52), (0.41, 0.97)]),
        (4, [(0.02, 0.83), (0.22, 0.71), (0.55, 0.78), (0.98, 0.66)]),
    ];

    /// <summary>Whether a pixel's centre is under a scratch.</summary>
    /// <param name="x">The pixel's column.</param>
    /// <param name="y">Its row.</param>
    /// <param name="width">Pixels in a row of the picture.</param>
    /// <param name="height">Its rows.</param>
    public static bool Covers(int x, int y, int width, int height) =>
        Lines.Any(line => Distance(line.Corners, x + 0.5, y + 0.5, width, height) <= line.Width / 2);

    /// <summary>The distance in pixels from a broken line.</summary>
    private static double Distance((double X, double Y)[] corners, double x, double y, int width, int height)
    {
        double nearest = double.PositiveInfinity;
        for (int i = 1; i < corners.Length; i++)
        {
            (double startX, double startY) = (corners[i - 1].X * width, corners[i - 1].Y * height);
            (double alongX, double alongY) = (corners[i].X * width - startX, corners[i].Y * height - startY);
            double share = ((x - startX) * alongX + (y - startY) * alongY) / (alongX * alongX + alongY * alongY);
            share = Math.Clamp(share, 0, 1);
            nearest = Math.Min(nearest, double.Hypot(x - startX - share * alongX, y - startY - share * alongY));
        }
        return nearest;
    }
}
