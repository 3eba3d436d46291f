using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>Plots the histories of training runs, all in one file.</summary>
[Cmdlet(VerbsData.Export, "TrainingPlot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTrainingPlotCommand : ExportRunsCommand
{
    private TrainingPlotOptions _options = new();

    /// <summary>What is plotted of each epoch; several need one unit.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ChoiceCompleter<PlotMetric>))]
    [ValidateNotNullOrEmpty]
    public Choices.PlotMetric[] Metric { get; set; } = [new(PlotMetric.Psnr)];

    /// <summary>What the horizontal axis shows.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<PlotAbscissa>))]
    public Choices.PlotAbscissa Against { get; set; } = new(PlotAbscissa.Epoch);

    /// <summary>How the horizontal axis is divided.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<AxisScale>))]
    public Choices.AxisScale XScale { get; set; } = new(AxisScale.Linear);

    /// <summary>How the vertical axis is divided.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<AxisScale>))]
    public Choices.AxisScale YScale { get; set; } = new(AxisScale.Linear);

    /// <summary>The heading.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Title { get; set; }

    /// <summary>Pixels in a row.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    [ValidateRange(TrainingPlotOptions.MinSide, TrainingPlotOptions.MaxSide)]
    public Count Width { get; set; } = new(1200);

    /// <summary>Rows.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    [ValidateRange(TrainingPlotOptions.MinSide, TrainingPlotOptions.MaxSide)]
    public Count Height { get; set; } = new(750);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Require(new ErrorContext(Metric), () => _options = new TrainingPlotOptions
        {
            Metrics = [.. Metric.Select(metric => metric.Value)],
            Against = Against,
            XScale = XScale,
            YScale = YScale,
            Title = Title,
            Width = Width,
            Height = Height,
        });
        Collect(ErrorIds.NothingToPlot);
    }

    private protected override void CheckExtension(string path)
    {
        if (!TrainingPlot.SupportedExtensions.Contains(System.IO.Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            throw new CommandException(ErrorIds.UnsupportedFormat, ErrorCategory.InvalidArgument, path,
                $"The extension of '{path}' names no plot format. Use one of {string.Join(", ", TrainingPlot.SupportedExtensions)}.");
    }

    private protected override void Check(TrainingRun run)
    {
        try
        {
            TrainingPlot.Require(run, _options);
        }
        catch (ArgumentException exception)
        {
            throw new CommandException(new ErrorRecord(exception, ErrorIds.NothingToPlot, ErrorCategory.InvalidData, run));
        }
    }

    private protected override string TaskFor(int runCount) => $"Plot {Counted.Text(runCount, "run")}";

    private protected override void Write(IReadOnlyList<TrainingRun> runs, IReadOnlyList<string>? labels, string file) =>
        InBackground((post, stopping) =>
        {
            TrainingPlot.Save(runs, file, _options with { Labels = labels }, Force, text => post(() => WriteWarning(text)), stopping);
            return true;
        }, cleansUp: true);
}
