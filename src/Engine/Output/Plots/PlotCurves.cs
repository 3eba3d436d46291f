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

/// <summary>What is known of a figure that can be plotted.</summary>
/// <param name="Name">Its short name, for legends and headings.</param>
/// <param name="AxisTitle">Its axis, with the unit.</param>
/// <param name="ValueOf">An epoch's value; null where it was not measured.</param>
internal sealed record MetricFacts(string Name, string AxisTitle, Func<EpochRecord, double?> ValueOf)
{
    /// <summary>Numbers of pixels are plotted in millions.</summary>
    public const double Million = 1e6;

    private const string PsnrTitle = "PSNR (dB)", MaeTitle = "mean absolute error (colours from 0 to 1)";

    /// <summary>The facts of a figure.</summary>
    public static MetricFacts Of(PlotMetric metric) => metric switch
    {
        PlotMetric.Psnr => new("PSNR", PsnrTitle, epoch => epoch.Psnr),
        PlotMetric.HeldOutPsnr => new("PSNR of held-out pixels", PsnrTitle, epoch => epoch.HeldOutPsnr),
        PlotMetric.Loss => new("loss", "loss", epoch => epoch.Loss),
        PlotMetric.Mae => new("mean absolute error", MaeTitle, epoch => epoch.Mae),
        PlotMetric.HeldOutMae => new("mean absolute error of held-out pixels", MaeTitle, epoch => epoch.HeldOutMae),
        PlotMetric.LearningRate => new("learning rate", "learning rate", epoch => epoch.LearningRate),
        PlotMetric.PixelsPerSecond => new("speed", "speed (million pixels/s)", epoch => epoch.PixelsPerSecond / Million),
        _ => throw new ArgumentException($"{metric} is no figure that can be plotted."),
    };
}

/// <summary>How a curve is drawn, so that it can be told from others by its colour, its dashes or its markers alone.</summary>
/// <param name="Color">Its colour.</param>
/// <param name="Dashes">Lengths of dashes and gaps in pixels; null for a line without gaps.</param>
/// <param name="Marker">Its markers.</param>
internal readonly record struct CurveStyle(OxyColor Color, double[]? Dashes, MarkerType Marker)
{
    // Okabe and Ito's colours for every kind of colour vision, without yellow, which is hard to see on white paper; the darkest first.
    private static readonly OxyColor[] Colors =
    [
        OxyColor.FromRgb(0, 0, 0), OxyColor.FromRgb(213, 94, 0), OxyColor.FromRgb(0, 114, 178), OxyColor.FromRgb(0, 158, 115),
        OxyColor.FromRgb(204, 121, 167), OxyColor.FromRgb(230, 159, 0), OxyColor.FromRgb(86, 180, 233),
    ];

    private static readonly double[]?[] Lines = [null, [12, 5], [3, 4], [14, 4, 3, 4], [22, 6]];

    private static readonly MarkerType[] Markers =
    [
        MarkerType.Circle, MarkerType.Square, MarkerType.Triangle, MarkerType.Diamond, MarkerType.Cross, MarkerType.Plus, MarkerType.Star,
        MarkerType.None,
    ];

    /// <summary>The style of a curve by its number; 40 in a row differ by dashes or markers, 280 with the colours.</summary>
    public static CurveStyle Of(int number) =>
        new(Colors[number % Colors.Length], Lines[number % Lines.Length], Markers[number % Markers.Length]);
}
