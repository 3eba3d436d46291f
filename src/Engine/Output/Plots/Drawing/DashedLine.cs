using OxyPlot;

namespace MonaLisa.Engine.Output;

/// <summary>Cuts a line into its dashes, which go on around its corners.</summary>
internal static class DashedLine
{
    /// <summary>The straight parts to draw.</summary>
    /// <param name="points">The line's corners.</param>
    /// <param name="dashes">Lengths of dashes and gaps in turn; null or empty for a line without gaps.</param>
    public static IEnumerable<(ScreenPoint From, ScreenPoint To)> Parts(IList<ScreenPoint> points, double[]? dashes)
    {
        bool isDashed = dashes is { Length: > 0 } && dashes.Sum() > 0;
        int dash = 0;
        double left = isDashed ? dashes![0] : 0;
        for (int i = 0; i + 1 < points.Count; i++)
        {
            ScreenPoint from = points[i], to = points[i + 1];
            double length = from.DistanceTo(to);
            if (!isDashed || !double.IsFinite(length))
            {
                yield return (from, to);
                continue;
            }
            for (double done = 0; done < length;)
            {
                double step = Math.Min(left, length - done);
                if (dash % 2 == 0)
                    yield return (Between(from, to, done / length), Between(from, to, (done + step) / length));
                done += step;
                left -= step;
                while (left <= 0)
                    left += dashes![++dash % dashes.Length];
            }
        }
    }

    private static ScreenPoint Between(ScreenPoint from, ScreenPoint to, double share) =>
        new(from.X + share * (to.X - from.X), from.Y + share * (to.Y - from.Y));
}
