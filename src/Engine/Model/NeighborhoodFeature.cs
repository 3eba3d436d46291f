namespace MonaLisa.Engine;

/// <summary>
/// A feature of a <see cref="NeighborhoodEncoding"/>: a component of a pixel near the middle one, or of the mean of pixels there, less the same
/// component of what stands for the middle pixel. Components are the luma (the mean of red, green and blue; of a grey picture the grey), red
/// less blue, green less the mean of red and blue, and alpha.
/// </summary>
/// <param name="Across">Columns from the middle pixel.</param>
/// <param name="Down">Rows from it.</param>
/// <param name="Component">0 luma, 1 and 2 the differences of colours, 3 alpha.</param>
/// <param name="Plane">What it is a component of.</param>
internal readonly record struct NeighborhoodFeature(int Across, int Down, int Component, NeighborhoodPlane Plane = NeighborhoodPlane.Pixel)
{
    /// <summary>The component that is alpha, and the channel: it has no noise.</summary>
    public const int Alpha = 3;

    /// <summary>Pixels along a side of the squares whose means the planes have, and between two of these that are seen.</summary>
    public const int MeanSide = 3, WideMeanSide = 9;

    /// <summary>The squares of the distances within which the luma of single pixels is seen, and the other components.</summary>
    private const int LumaReach = 18, ColorReach = 2, LumaReachOfGaps = 50, ColorReachOfGaps = 8;

    /// <summary>The features of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="channels">Channels of the pictures: 1, 3 or 4.</param>
    public static IReadOnlyList<NeighborhoodFeature> For(NeighborhoodTask task, int channels) => task switch
    {
        NeighborhoodTask.Enlarge =>
        [
            .. from pixel in Around(Disc(LumaReach))
               from component in Enumerable.Range(0, channels)
               where component == 0 || pixel.Across * pixel.Across + pixel.Down * pixel.Down <= ColorReach
               select new NeighborhoodFeature(pixel.Across, pixel.Down, component),
        ],
        NeighborhoodTask.Denoise =>
        [
            .. Lumas(Disc(LumaReach), NeighborhoodPlane.Pixel),
            .. Colors(Disc(ColorReach), NeighborhoodPlane.Pixel, channels),
            .. Lumas(Ring(2, 3, MeanSide), NeighborhoodPlane.Mean),
            .. Colors(Ring(1, 2, MeanSide), NeighborhoodPlane.Mean, channels),
            .. Lumas(Ring(1, 2, WideMeanSide), NeighborhoodPlane.WideMean),
            .. Colors(Ring(1, 1, WideMeanSide), NeighborhoodPlane.WideMean, channels),
        ],
        NeighborhoodTask.Fill =>
        [
            .. Lumas(Around(Disc(LumaReachOfGaps)), NeighborhoodPlane.Pixel),
            .. Lumas(Around(Disc(LumaReach)), NeighborhoodPlane.Known),
            .. Colors(Around(Disc(ColorReachOfGaps)), NeighborhoodPlane.Pixel, channels),
            .. Lumas(Ring(1, 3, MeanSide), NeighborhoodPlane.Mean),
            .. Colors(Ring(1, 1, MeanSide), NeighborhoodPlane.Mean, channels),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(task), task, "There is no such task."),
    };

    /// <summary>How many pixels on each side of the middle one a task's features are away.</summary>
    public static int Reach(NeighborhoodTask task) => For(task, channels: 1).Max(feature => Math.Max(Math.Abs(feature.Across), Math.Abs(feature.Down)));

    private static IEnumerable<NeighborhoodFeature> Lumas(IEnumerable<(int Across, int Down)> places, NeighborhoodPlane plane) =>
        places.Select(place => new NeighborhoodFeature(place.Across, place.Down, 0, plane));

    private static IEnumerable<NeighborhoodFeature> Colors(IEnumerable<(int Across, int Down)> places, NeighborhoodPlane plane, int channels) =>
        from place in places
        from component in Enumerable.Range(1, channels - 1)
        select new NeighborhoodFeature(place.Across, place.Down, component, plane);

    private static IEnumerable<(int Across, int Down)> Around(IEnumerable<(int Across, int Down)> places) => places.Where(place => place != (0, 0));

    /// <summary>The places within a distance, row by row.</summary>
    private static IEnumerable<(int Across, int Down)> Disc(int squaredDistance) => Square((int)Math.Sqrt(squaredDistance))
        .Where(place => place.Across * place.Across + place.Down * place.Down <= squaredDistance);

    /// <summary>The places of squares around the middle one, from one ring of them to another.</summary>
    private static IEnumerable<(int Across, int Down)> Ring(int first, int last, int side) => Square(last)
        .Where(place => Math.Max(Math.Abs(place.Across), Math.Abs(place.Down)) >= first)
        .Select(place => (side * place.Across, side * place.Down));

    private static IEnumerable<(int Across, int Down)> Square(int radius) =>
        from down in Enumerable.Range(-radius, 2 * radius + 1)
        from across in Enumerable.Range(-radius, 2 * radius + 1)
        select (across, down);
}

/// <summary>What a <see cref="NeighborhoodFeature"/> is a component of.</summary>
internal enum NeighborhoodPlane
{
    /// <summary>The pixel.</summary>
    Pixel,

    /// <summary>The mean of the square around the pixel, <see cref="NeighborhoodFeature.MeanSide"/> pixels a side; where there are gaps, of the known ones.</summary>
    Mean,

    /// <summary>The mean of the square of <see cref="NeighborhoodFeature.WideMeanSide"/> pixels a side.</summary>
    WideMean,

    /// <summary>Whether the pixel is known.</summary>
    Known,
}
