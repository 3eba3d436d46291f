using System.ComponentModel;
using MonaLisa.Engine;
using MonaLisa.Engine.Storage;

namespace MonaLisa.PowerShell;

/// <summary>What the module's views show and no property tells; the format file calls it.</summary>
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

    /// <summary>A time in at most seven characters, up to ten hours: 9.3s, 17:05, 3:10:00.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 999.95 } => FormattableString.Invariant($"{time.TotalSeconds:F1}s"),
        { TotalHours: < 1 } => FormattableString.Invariant($"{time:m\\:ss}"),
        _ => FormattableString.Invariant($"{(int)time.TotalHours}:{time:mm\\:ss}"),
    };
}
