using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace MonaLisa.Engine.Output;

/// <summary>Makes the model of a plot: which curves on which axes, and how they look.</summary>
internal static class PlotModels
{
    // A list of families, of which a viewer takes the first that it has.
    private const string Font = "Arial, Helvetica, sans-serif";
    private const double FontSize = 16, TitleSize = 20, LineThickness = 2.5, MarkerSize = 5;

    // Markers nearer to each other than this many pixels would hide the line.
    private const int MarkerDistance = 90;

    // A legend that takes more of the width than this goes below the curves.
    private const double LargestLegend = 0.45;

    private static readonly OxyColor GridColor = OxyColor.FromRgb(220, 220, 220);

    /// <summary>The plot of some runs.</summary>
    /// <exception cref="ArgumentException">
    /// There is no run, there are not as many labels as runs, or nothing of a run can be plotted; the message names the run.
    /// </exception>
    public static PlotModel Of(IReadOnlyList<TrainingRun> runs, TrainingPlotOptions options)
    {
        if (runs.Count == 0)
            throw new ArgumentException("There is no run to plot.");
        RunLabels.RequireOneForEach(options.Labels, runs.Count);
        IReadOnlyList<string> labels = options.Labels is { } own ? [.. own.Select(RunLabels.Plain)] : RunLabels.Of(runs);
        IEnumerable<RunCurve> curves =
            from run in Enumerable.Range(0, runs.Count)
            from metric in options.Metrics
            let label = options.Metrics.Count == 1 ? labels[run] : $"{labels[run]}: {MetricFacts.Of(metric).Name}"
            select CurveOf(runs[run], metric, options, label);
        Axis abscissa = Axis(options.XScale, AxisPosition.Bottom, options.Against switch
        {
            PlotAbscissa.Seconds => "training time (s)",
            PlotAbscissa.Pixels => "pixels learned from (millions)",
            _ => "epoch",
        });
        Axis ordinate = Axis(options.YScale, AxisPosition.Left, MetricFacts.Of(options.Metrics[0]).AxisTitle);
        return Of(RunLabels.Plain(options.Title ?? TitleOf(runs, options)), abscissa, ordinate, curves, options.Width);
    }

    /// <summary>A plot of curves.</summary>
    /// <param name="title">What stands above it.</param>
    /// <param name="abscissa">The axis below; see <see cref="Axis"/>.</param>
    /// <param name="ordinate">The axis on the left.</param>
    /// <param name="curves">The curves.</param>
    /// <param name="width">The plot's width in pixels.</param>
    public static PlotModel Of(string title, Axis abscissa, Axis ordinate, IEnumerable<RunCurve> curves, int width)
    {
        var model = new PlotModel
        {
            Title = title,
            DefaultFont = Font,
            DefaultFontSize = FontSize,
            TitleFontSize = TitleSize,
            Background = OxyColors.White,
            Padding = new OxyThickness(12),
        };
        model.Axes.Add(abscissa);
        model.Axes.Add(ordinate);
        foreach (RunCurve curve in curves)
            model.Series.Add(Series(curve, CurveStyle.Of(model.Series.Count)));
        model.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendSymbolLength = 48,
            LegendSymbolMargin = 8,
            LegendFontSize = FontSize,
            LegendLineSpacing = 4,
        });
        PlaceLegend(model, StrokeLettering.Instance, width);
        return model;
    }

    /// <summary>Puts a plot's legend where it has room.</summary>
    /// <param name="model">The plot.</param>
    /// <param name="letters">The letters that it is drawn with.</param>
    /// <param name="width">The plot's width in pixels.</param>
    public static void PlaceLegend(PlotModel model, ILettering letters, int width)
    {
        double widest = model.Series.Max(series => letters.Measure(series.Title, FontSize, isBold: false).Width);
        model.Legends[0].LegendPosition = widest > LargestLegend * width ? LegendPosition.BottomLeft : LegendPosition.RightTop;
    }

    /// <summary>A plot's texts, but for the numbers on its axes.</summary>
    public static IEnumerable<string> TextsOf(PlotModel model) =>
        [model.Title, .. model.Axes.Select(axis => axis.Title), .. model.Series.Select(series => series.Title)];

    private static RunCurve CurveOf(TrainingRun run, PlotMetric metric, TrainingPlotOptions options, string label)
    {
        RunCurve curve = RunCurve.Of(run, metric, options, label);
        if (curve.Points.Count > 0)
            return curve;
        string remedy = metric is not (PlotMetric.HeldOutPsnr or PlotMetric.HeldOutMae)
            ? "Train it for at least one epoch, or use linear axes."
            : run.HeldOutPsnr is null ? "Hold pixels out with New-PixelDataset -HoldOut, and train with -MeasureEachEpoch."
            : "Train it with -MeasureEachEpoch.";
        throw new ArgumentException($"The run '{run}' has no epoch whose {metric} can be plotted. {remedy}");
    }

    private static string TitleOf(IReadOnlyList<TrainingRun> runs, TrainingPlotOptions options)
    {
        string figure = options.Metrics.Count == 1
            ? MetricFacts.Of(options.Metrics[0]).Name
            : string.Join(" and ", options.Metrics.Select(metric => MetricFacts.Of(metric).Name));
        string capital = char.ToUpperInvariant(figure[0]) + figure[1..];
        return runs.Select(run => run.Dataset.Name).Distinct().Count() == 1 ? $"{capital}: {runs[0].Dataset.Name}" : capital;
    }

    /// <summary>An axis.</summary>
    public static Axis Axis(AxisScale scale, AxisPosition position, string title)
    {
        Axis axis = scale == AxisScale.Logarithmic ? new LogarithmicAxis() : new LinearAxis();
        if (scale == AxisScale.Logarithmic)
            axis.LabelFormatter = value => LogarithmicLabel(value, axis.ActualMaximum / axis.ActualMinimum);
        axis.Position = position;
        axis.Title = title;
        axis.MajorGridlineStyle = LineStyle.Solid;
        axis.MajorGridlineColor = GridColor;
        axis.MajorGridlineThickness = 1;
        axis.AxisTitleDistance = 10;
        axis.MinimumPadding = axis.MaximumPadding = 0.03;
        return axis;
    }

    // The labels of the ticks would overlap.
    private static string LogarithmicLabel(double value, double ratio)
    {
        double leading = Math.Round(value / Math.Pow(10, Math.Floor(Math.Log10(value) + 1e-9)), 6);
        bool isShown = ratio < 2 || leading is 1 or 2 or 5 || (ratio < 10 && leading is 3 or 7);
        return isShown ? value.ToString("G6", CultureInfo.InvariantCulture) : "";
    }

    private static LineSeries Series(RunCurve curve, CurveStyle style)
    {
        bool isOpen = style.Marker is MarkerType.Cross or MarkerType.Plus or MarkerType.Star;
        var series = new LineSeries
        {
            Title = curve.Label,
            Color = style.Color,
            StrokeThickness = LineThickness,
            LineJoin = LineJoin.Round,
            Dashes = style.Dashes,
            MarkerType = style.Marker,
            MarkerSize = MarkerSize,
            MarkerFill = isOpen ? OxyColors.Undefined : OxyColors.White,
            MarkerStroke = style.Color,
            MarkerStrokeThickness = 2,
            MarkerResolution = MarkerDistance,
            // Of a hundred thousand epochs, only as many are drawn as can be seen.
            Decimator = Decimator.Decimate,
        };
        series.Points.AddRange(curve.Points);
        return series;
    }
}
