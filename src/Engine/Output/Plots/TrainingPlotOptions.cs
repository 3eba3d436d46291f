using System.ComponentModel;
using MonaLisa.Engine.Output;

namespace MonaLisa.Engine;

/// <summary>What a plot of training runs shows of each epoch.</summary>
public enum PlotMetric
{
    /// <summary>Peak signal-to-noise ratio over the training pixels, in dB.</summary>
    [Description("PSNR over the training pixels, in dB")]
    Psnr,

    /// <summary>Peak signal-to-noise ratio over the held-out pixels, in dB; of epochs that were measured.</summary>
    [Description("PSNR over the held-out pixels, in dB; needs -MeasureEachEpoch")]
    HeldOutPsnr,

    /// <summary>The mean of the loss that training makes small; without a unit.</summary>
    [Description("the mean of the loss that training makes small")]
    Loss,

    /// <summary>Mean absolute error over the training pixels, of colours in [0, 1].</summary>
    [Description("mean absolute error over the training pixels")]
    Mae,

    /// <summary>Mean absolute error over the held-out pixels, of epochs that were measured.</summary>
    [Description("mean absolute error over the held-out pixels; needs -MeasureEachEpoch")]
    HeldOutMae,

    /// <summary>The learning rate of the epoch's last step.</summary>
    [Description("the learning rate of the epoch's last step")]
    LearningRate,

    /// <summary>Pixels learned from a second.</summary>
    [Description("pixels learned from a second, in millions")]
    PixelsPerSecond,
}

/// <summary>The horizontal axis of a plot of training runs.</summary>
public enum PlotAbscissa
{
    /// <summary>The number of the epoch, from 1.</summary>
    [Description("the number of the epoch")]
    Epoch,

    /// <summary>Training time in seconds, measuring not counted.</summary>
    [Description("training time in seconds, measuring not counted")]
    Seconds,

    /// <summary>Pixels learned from since the start of the run, each as often as it came.</summary>
    [Description("pixels learned from, each as often as it came, in millions")]
    Pixels,
}

/// <summary>How an axis is divided.</summary>
public enum AxisScale
{
    /// <summary>Equal differences are equally far apart.</summary>
    [Description("equal differences are equally far apart")]
    Linear,

    /// <summary>Equal ratios are equally far apart; values that are not above zero have no place.</summary>
    [Description("equal ratios are equally far apart; nothing at or below zero is shown")]
    Logarithmic,
}

/// <summary>What a plot of training runs shows, and how.</summary>
internal sealed record TrainingPlotOptions
{
    /// <summary>The shortest side in pixels: below it axes and legend leave no room for curves.</summary>
    public const int MinSide = 300;

    /// <summary>The longest side in pixels.</summary>
    public const int MaxSide = 4000;

    /// <summary>What is shown of each epoch: a curve a run for each of them; several must have the same unit.</summary>
    /// <exception cref="ArgumentException">There is none, a value is unknown or comes twice, or units differ.</exception>
    public IReadOnlyList<PlotMetric> Metrics
    {
        get;
        init
        {
            field = [.. value];
            if (field.Count == 0)
                throw new ArgumentException("Metric must name at least one figure to plot.");
            foreach (PlotMetric metric in field)
                RequireDefined(metric);
            if (field.Distinct().Count() < field.Count)
                throw new ArgumentException($"Metric names a figure twice: {string.Join(", ", field)}.");
            PlotMetric? other = field.Cast<PlotMetric?>().FirstOrDefault(
                metric => MetricFacts.Of(metric!.Value).AxisTitle != MetricFacts.Of(field[0]).AxisTitle);
            if (other is not null)
                throw new ArgumentException($"{field[0]} and {other} have different units and cannot share an axis. Plot them apart.");
        }
    } = [PlotMetric.Psnr];

    /// <summary>The horizontal axis.</summary>
    /// <exception cref="ArgumentException">The value is unknown.</exception>
    public PlotAbscissa Against { get; init => field = RequireDefined(value); }

    /// <summary>How the horizontal axis is divided.</summary>
    /// <exception cref="ArgumentException">The value is unknown.</exception>
    public AxisScale XScale { get; init => field = RequireDefined(value); }

    /// <summary>How the vertical axis is divided.</summary>
    /// <exception cref="ArgumentException">The value is unknown.</exception>
    public AxisScale YScale { get; init => field = RequireDefined(value); }

    /// <summary>Pixels in a row, <see cref="MinSide"/> to <see cref="MaxSide"/>.</summary>
    /// <exception cref="ArgumentException">The value is out of its range.</exception>
    public int Width { get; init => field = RequireSide(value, nameof(Width)); } = 1200;

    /// <summary>Rows.</summary>
    /// <exception cref="ArgumentException">The value is out of its range.</exception>
    public int Height { get; init => field = RequireSide(value, nameof(Height)); } = 750;

    /// <summary>The heading; null for one that says what is plotted, of which picture.</summary>
    public string? Title { get; init; }

    /// <summary>What the legend calls each run, in their order; null for what distinguishes them.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    private static TEnum RequireDefined<TEnum>(TEnum value) where TEnum : struct, Enum => Enum.IsDefined(value)
        ? value
        : throw new ArgumentException($"{typeof(TEnum).Name} must be one of {string.Join(", ", Enum.GetNames<TEnum>())}, not {value}.");

    private static int RequireSide(int value, string name) => value is >= MinSide and <= MaxSide
        ? value
        : throw new ArgumentException($"{name} must be {MinSide} to {MaxSide} pixels, not {value}.");
}
