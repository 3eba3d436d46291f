using System.ComponentModel;
using System.Globalization;
using MonaLisa.Engine;
using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Storage;

namespace MonaLisa.PowerShell;

/// <summary>What the module's views show and no property has; the format file calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ViewText
{
    // That of 100 dB: beyond it there is nothing to see.
    private const double LeastLoss = 1e-10;

    /// <summary>The logarithm of a run's loss over its epochs as a curve of blocks: falling where it learned.</summary>
    /// <param name="run">The run.</param>
    /// <param name="width">The most characters.</param>
    public static string LossCurve(TrainingRun run, int width) =>
        Sparkline.Of([.. run.History.Select(epoch => Math.Log(Math.Max(epoch.Loss, LeastLoss)))], width);

    /// <summary>A network's shape with equal layers counted, as -HiddenLayer takes them: 2-3x256-3 for 2-256-256-256-3.</summary>
    /// <param name="shape">The shape, sizes between hyphens.</param>
    public static string Shape(string shape)
    {
        string[] sizes = shape.Split('-');
        if (sizes.Length < 3)
            return shape;
        List<(string Size, int Count)> hidden = [];
        foreach (string size in sizes[1..^1])
            if (hidden.Count > 0 && hidden[^1].Size == size)
                hidden[^1] = (size, hidden[^1].Count + 1);
            else
                hidden.Add((size, 1));
        return string.Join('-', [sizes[0], .. hidden.Select(part => part.Count > 1 ? $"{part.Count}x{part.Size}" : part.Size), sizes[^1]]);
    }

    /// <summary>A figure in a column, such as 41.27: with fewer decimals where it would not fit, and nothing for null.</summary>
    /// <param name="value">The figure; infinite for equal pictures.</param>
    /// <param name="decimals">The most digits after the point.</param>
    /// <param name="width">The column's characters, at least 4.</param>
    public static string Figure(double? value, int decimals, int width)
    {
        if (value is not double figure)
            return "";
        if (!double.IsFinite(figure))
            return double.IsNaN(figure) ? "NaN" : figure > 0 ? "Inf" : "-Inf";
        for (; decimals >= 0; decimals--)
            if (NumberText.WithoutSignOfZero(figure.ToString("F" + decimals, CultureInfo.CurrentCulture)) is { } text && text.Length <= width)
                return text;
        return figure.ToString(width >= 7 ? "0.0E+0" : "0E+0", CultureInfo.CurrentCulture);
    }

    /// <summary>A file's path as plain text: its name may control a terminal. The property has it as it is.</summary>
    public static string? Plain(string? path) => path is null ? null : PlainText.Of(path);

    /// <summary>A time in at most seven characters, up to ten hours: 9.3s, 17:05, 3:10:00.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 999.95 } => FormattableString.Invariant($"{time.TotalSeconds:F1}s"),
        { TotalHours: < 1 } => FormattableString.Invariant($"{time:m\\:ss}"),
        _ => FormattableString.Invariant($"{(int)time.TotalHours}:{time:mm\\:ss}"),
    };
}

/// <summary>A curve in a line of text: a block a point, the higher the larger.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    // The character for a point that is not a number.
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
