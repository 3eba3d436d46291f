namespace MonaLisa.Engine;

/// <summary>
/// Samples a picture at another size: a new pixel is the mean of what it covers of the old ones, each by the area covered. A larger
/// picture shows the old pixels as squares.
/// </summary>
internal static class AreaAverage
{
    /// <summary>Samples the whole of a picture.</summary>
    /// <inheritdoc cref="Sample(RowSource, int, int, int, double, double, double, double, int, int, CancellationToken)"/>
    public static float[] Sample(
        RowSource rows, int sourceWidth, int sourceHeight, int channels, int width, int height,
        CancellationToken cancellationToken = default) =>
        Sample(rows, sourceWidth, sourceHeight, channels, 0, 0, sourceWidth, sourceHeight, width, height, cancellationToken);

    /// <summary>Samples a rectangle of a picture.</summary>
    /// <param name="rows">Gives its colours, a row a call, from the first wanted to the last.</param>
    /// <param name="sourceWidth">Pixels in a row of it.</param>
    /// <param name="sourceHeight">Its rows.</param>
    /// <param name="channels">Samples a pixel; of four the last is alpha, and colours weigh by it.</param>
    /// <param name="x">The rectangle's left edge in pixels of the picture; it lies inside.</param>
    /// <param name="y">Its upper edge.</param>
    /// <param name="regionWidth">Its width, above 0.</param>
    /// <param name="regionHeight">Its height, above 0.</param>
    /// <param name="width">Pixels in a row of the result.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <returns><c>[height, width, channels]</c>.</returns>
    public static float[] Sample(
        RowSource rows, int sourceWidth, int sourceHeight, int channels, double x, double y, double regionWidth, double regionHeight,
        int width, int height, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var across = new Coverage(x, regionWidth, width, sourceWidth);
        var down = new Coverage(y, regionHeight, height, sourceHeight);
        var source = new float[sourceWidth * channels];
        var line = new float[width * channels];
        var result = new float[width * height * channels];
        int loaded = -1;
        for (int to = 0; to < height; to++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int from = down.First(to); from <= down.Last(to); from++)
            {
                if (from != loaded)
                {
                    rows(from, 1, source);
                    AverageRow(source, channels, across, line);
                    loaded = from;
                }
                float share = down.Share(to, from);
                Span<float> sums = result.AsSpan(to * width * channels, line.Length);
                for (int i = 0; i < line.Length; i++)
                    sums[i] += share * line[i];
            }
        }
        if (channels == 4)
            TakeAlphaOut(result);
        return result;
    }

    // Colours come out multiplied by their alpha, where there is one.
    private static void AverageRow(ReadOnlySpan<float> source, int channels, Coverage across, Span<float> line)
    {
        line.Clear();
        for (int to = 0; to < line.Length / channels; to++)
            for (int from = across.First(to); from <= across.Last(to); from++)
            {
                float share = across.Share(to, from);
                float weight = channels == 4 ? share * source[from * channels + 3] : share;
                for (int channel = 0; channel < channels; channel++)
                    line[to * channels + channel] += (channel == 3 ? share : weight) * source[from * channels + channel];
            }
    }

    private static void TakeAlphaOut(Span<float> colors)
    {
        for (int at = 0; at < colors.Length; at += 4)
            for (int channel = 0; channel < 3; channel++)
                colors[at + channel] = colors[at + 3] > 0 ? colors[at + channel] / colors[at + 3] : 0;
    }

    /// <summary>What each new pixel along one side covers of the old ones.</summary>
    private readonly struct Coverage(double start, double length, int count, int sourceCount)
    {
        public int First(int to) => Math.Clamp((int)Math.Floor(Edge(to)), 0, sourceCount - 1);

        public int Last(int to) => Math.Clamp((int)Math.Ceiling(Edge(to + 1)) - 1, First(to), sourceCount - 1);

        /// <summary>The part of the new pixel that lies on the old one.</summary>
        public float Share(int to, int from)
        {
            int first = First(to), last = Last(to);
            double low = from == first ? Edge(to) : from, high = from == last ? Edge(to + 1) : from + 1;
            return (float)((high - low) / (Edge(to + 1) - Edge(to)));
        }

        private double Edge(int to) => start + length * to / count;
    }
}
