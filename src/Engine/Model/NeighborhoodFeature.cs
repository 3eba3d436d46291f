namespace MonaLisa.Engine;

/// <summary>
/// A feature of a <see cref="NeighborhoodEncoding"/>: how much a component of a pixel near the middle one differs from the middle pixel's.
/// Components are the luma (the mean of red, green and blue; of a grey picture the grey), red less blue, green less the mean of red and blue,
/// and alpha.
/// </summary>
/// <param name="Across">Columns from the middle pixel.</param>
/// <param name="Down">Rows from it.</param>
/// <param name="Component">0 luma, 1 and 2 the differences of colours, 3 alpha.</param>
internal readonly record struct NeighborhoodFeature(int Across, int Down, int Component)
{
    /// <summary>Pixels on each side of the middle one that the features reach.</summary>
    public const int Radius = 4;

    /// <summary>The squares of the distances within which the luma is seen, and the other components.</summary>
    private const int LumaReach = 18, OtherReach = 2;

    /// <summary>The features of pictures of so many channels, row by row.</summary>
    public static IReadOnlyList<NeighborhoodFeature> For(int channels) =>
    [
        .. from down in Enumerable.Range(-Radius, 2 * Radius + 1)
           from across in Enumerable.Range(-Radius, 2 * Radius + 1)
           let distance = across * across + down * down
           from component in Enumerable.Range(0, channels)
           where distance > 0 && distance <= (component == 0 ? LumaReach : OtherReach)
           select new NeighborhoodFeature(across, down, component),
    ];
}
