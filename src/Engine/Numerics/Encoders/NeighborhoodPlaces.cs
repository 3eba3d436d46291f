namespace MonaLisa.Engine.Numerics;

/// <summary>
/// How far the numbers that features are of lie from those of the middle pixel, where no pixel is beyond the picture's edge: equally far in all
/// places of a quarter of a pixel.
/// </summary>
internal sealed class NeighborhoodPlaces
{
    /// <summary>Quarters of a pixel, numbered by <see cref="QuarterOf"/>.</summary>
    private const int Quarters = 4;

    private readonly int[][] _features, _lines;
    private readonly int[][]? _shares;

    /// <summary>Finds the places in a picture of a size.</summary>
    /// <param name="view">What the network is shown.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="isTurned">Whether rows and columns are exchanged.</param>
    public NeighborhoodPlaces(NeighborhoodView view, int width, int height, bool isTurned)
    {
        IReadOnlyList<NeighborhoodFeature> features = view.Features;
        int area = width * height;
        int[][] Find(Func<NeighborhoodFeature, int> numberOf) =>
        [
            .. Enumerable.Range(0, Quarters).Select(quarter => features.Select(feature =>
            {
                (int across, int down) = isTurned ? (feature.Down, feature.Across) : (feature.Across, feature.Down);
                return numberOf(feature) * area + Towards(quarter >> 1) * down * width + Towards(quarter & 1) * across;
            }).ToArray()),
        ];
        _features = Find(view.NumberOf);
        _shares = view.ShareOf is { } shareOf ? Find(shareOf) : null;
        _lines = [.. _features.Select(FirstOfLines)];
    }

    /// <summary>How far the features are, in their order.</summary>
    public ReadOnlySpan<int> Features(int quarter) => _features[quarter];

    /// <summary>How far their shares of the reference are; empty where it is the whole of it.</summary>
    public ReadOnlySpan<int> Shares(int quarter) => _shares is null ? [] : _shares[quarter];

    /// <summary>Some of the features, of which one is in almost each line of the cache that has any.</summary>
    public ReadOnlySpan<int> Lines(int quarter) => _lines[quarter];

    /// <summary>The quarter of a place in a half of a column and of a row.</summary>
    public static int QuarterOf(int halfAcross, int halfDown) => (halfDown & 1) << 1 | halfAcross & 1;

    /// <summary>The direction in which pixels are counted from the middle one in a first half (0) or a second (1).</summary>
    public static int Towards(int half) => half == 0 ? -1 : 1;

    private static int[] FirstOfLines(int[] distances)
    {
        List<int> lines = [];
        foreach (int distance in distances.Order())
            if (lines.Count == 0 || distance - lines[^1] >= CacheLine.Floats * 3 / 4)
                lines.Add(distance);
        return [.. lines];
    }
}
