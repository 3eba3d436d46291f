namespace MonaLisa.Engine.Output;

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
