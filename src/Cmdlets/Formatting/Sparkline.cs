namespace MonaLisa.PowerShell;

/// <summary>A curve in a line of text: a block a point, the higher the larger.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    // What stands for a point that is no number.
    private const char Gap = ' ';

    /// <summary>
    /// The curve of some values, from the least to the greatest of those that are shown. More values than there is room for are averaged in
    /// equal parts; fewer get a block each.
    /// </summary>
    /// <param name="values">The values in their order; one that is infinite or not a number leaves a gap.</param>
    /// <param name="width">The most characters, at least 1.</param>
    public static string Of(IReadOnlyList<double> values, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        double[] points = Resampled(values, Math.Min(width, values.Count));
        double[] finite = [.. points.Where(double.IsFinite)];
        (double least, double greatest) = finite.Length > 0 ? (finite.Min(), finite.Max()) : (0, 0);
        return string.Concat(points.Select(point => Block(point, least, greatest)));
    }

    private static double[] Resampled(IReadOnlyList<double> values, int count)
    {
        double[] points = new double[count];
        for (int i = 0; i < count; i++)
        {
            int first = (int)((long)i * values.Count / count), end = (int)((i + 1L) * values.Count / count);
            double[] part = [.. Enumerable.Range(first, end - first).Select(index => values[index]).Where(double.IsFinite)];
            points[i] = part.Length > 0 ? part.Average() : double.NaN;
        }
        return points;
    }

    // Equal values are a line at half height.
    private static char Block(double point, double least, double greatest) =>
        !double.IsFinite(point) ? Gap
        : greatest > least ? Blocks[(int)Math.Round((point - least) / (greatest - least) * (Blocks.Length - 1))]
        : Blocks[Blocks.Length / 2 - 1];
}
