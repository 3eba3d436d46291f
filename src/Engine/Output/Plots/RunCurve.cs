using OxyPlot;

namespace MonaLisa.Engine.Output;

/// <summary>One run's curve in a plot.</summary>
/// <param name="Label">What the legend calls it.</param>
/// <param name="Points">Its points, those that have a place on the axes.</param>
internal sealed record RunCurve(string Label, IReadOnlyList<DataPoint> Points)
{
    /// <summary>The curve of a run's history.</summary>
    /// <param name="run">The run.</param>
    /// <param name="metric">The figure.</param>
    /// <param name="options">The axes.</param>
    /// <param name="label">What the legend calls it.</param>
    public static RunCurve Of(TrainingRun run, PlotMetric metric, TrainingPlotOptions options, string label)
    {
        Func<EpochRecord, double?> valueOf = MetricFacts.Of(metric).ValueOf;
        List<DataPoint> points = [];
        double pixels = 0;
        TimeSpan earlier = TimeSpan.Zero;
        foreach (EpochRecord epoch in run.History)
        {
            // The last epoch may be cut short: what it learned from is known by its speed.
            pixels += epoch.PixelsPerSecond * (epoch.Elapsed - earlier).TotalSeconds;
            earlier = epoch.Elapsed;
            double x = options.Against switch
            {
                PlotAbscissa.Seconds => epoch.Elapsed.TotalSeconds,
                PlotAbscissa.Pixels => pixels / MetricFacts.Million,
                _ => epoch.Epoch,
            };
            if (valueOf(epoch) is double y && HasPlace(x, options.XScale) && HasPlace(y, options.YScale))
                points.Add(new DataPoint(x, y));
        }
        return new RunCurve(label, points);
    }

    // A perfect epoch has an infinite PSNR.
    private static bool HasPlace(double value, AxisScale scale) =>
        double.IsFinite(value) && (scale == AxisScale.Linear || value > 0);
}
