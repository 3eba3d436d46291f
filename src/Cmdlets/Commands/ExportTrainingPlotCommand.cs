using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Plots the histories of training runs, all in one file.</summary>
[Cmdlet(VerbsData.Export, "TrainingPlot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTrainingPlotCommand : FileWritingCommand
{
    private RunCollection _runs = null!;
    private TrainingPlotOptions _options = new();
    private string? _file;

    /// <summary>The file to write, its format by its extension: SVG, PNG or another picture.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The file to write, such as curves.svg or curves.png.")]
    [Alias("LiteralPath", "FilePath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>A training run, or an experiment's row that has its run.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Run")]
    public object InputObject { get; set; } = null!;

    /// <summary>What is plotted of each epoch; several need one unit.</summary>
    [Parameter]
    [Choice<PlotMetric>]
    [ArgumentCompleter(typeof(ChoiceCompleter<PlotMetric>))]
    [ValidateNotNullOrEmpty]
    public Choice<PlotMetric>[] Metric { get; set; } = [PlotMetric.Psnr];

    /// <summary>What the plot goes along.</summary>
    [Parameter]
    [Choice<PlotAbscissa>]
    [ArgumentCompleter(typeof(ChoiceCompleter<PlotAbscissa>))]
    public Choice<PlotAbscissa> Against { get; set; } = PlotAbscissa.Epoch;

    /// <summary>How the horizontal axis is divided.</summary>
    [Parameter]
    [Choice<AxisScale>]
    [ArgumentCompleter(typeof(ChoiceCompleter<AxisScale>))]
    public Choice<AxisScale> XScale { get; set; } = AxisScale.Linear;

    /// <summary>How the vertical axis is divided.</summary>
    [Parameter]
    [Choice<AxisScale>]
    [ArgumentCompleter(typeof(ChoiceCompleter<AxisScale>))]
    public Choice<AxisScale> YScale { get; set; } = AxisScale.Linear;

    /// <summary>What the legend calls each run, in their order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Label { get; set; }

    /// <summary>The heading.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Title { get; set; }

    /// <summary>Pixels in a row.</summary>
    [Parameter]
    [Pixels]
    [ValidateRange(TrainingPlotOptions.MinSide, TrainingPlotOptions.MaxSide)]
    public int Width { get; set; } = 1200;

    /// <summary>Rows.</summary>
    [Parameter]
    [Pixels]
    [ValidateRange(TrainingPlotOptions.MinSide, TrainingPlotOptions.MaxSide)]
    public int Height { get; set; } = 750;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            _options = new TrainingPlotOptions
            {
                Metrics = [.. Metric.Select(metric => metric.Value)],
                Against = Against,
                XScale = XScale,
                YScale = YScale,
                Title = Title,
                Width = Width,
                Height = Height,
            };
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(CommandErrors.InvalidOption(exception, Metric));
        }
        if (!TrainingPlot.SupportedExtensions.Contains(System.IO.Path.GetExtension(Path), StringComparer.OrdinalIgnoreCase))
            ThrowTerminatingError(CommandErrors.Of(ErrorIds.UnsupportedFormat, ErrorCategory.InvalidArgument, Path,
                $"The extension of '{Path}' names no plot format. Use one of {string.Join(", ", TrainingPlot.SupportedExtensions)}."));
        _file = new FileResolver(this).Target(Path);
        _runs = new RunCollection(Label, ErrorIds.NothingToPlot);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_runs.Add(InputObject, ErrorOf) is ErrorRecord error)
            WriteError(error);
    }

    /// <summary>Writes the plot of all the runs.</summary>
    protected override void EndProcessing()
    {
        if (_runs.LabelError() is ErrorRecord error)
        {
            WriteError(error);
            return;
        }
        if (_runs.Runs.Count == 0 || _file is not string file || !ShouldProcess(file, $"Plot {_runs.Runs.Count} runs"))
            return;
        if (!TryPrepare(new ExportTarget(file, isFolder: false, new ExportEnding("", "")), file))
            return;
        TrainingPlotOptions options = _options with { Labels = _runs.Labels() };
        try
        {
            InBackground((_, stopping) =>
            {
                TrainingPlot.Save(_runs.Runs, file, options, Force, stopping);
                return true;
            }, cleansUp: true);
        }
        catch (PictureException exception)
        {
            WriteError(CommandErrors.Picture(exception, file));
            return;
        }
        WriteVerboseLine($"Wrote '{file}': {_runs.Runs.Count} runs.");
        if (PassThru)
            WriteObject(ItemOf(file));
    }

    private ErrorRecord? ErrorOf(TrainingRun run)
    {
        try
        {
            TrainingPlot.Require(run, _options);
            return null;
        }
        catch (ArgumentException exception)
        {
            return new ErrorRecord(exception, ErrorIds.NothingToPlot, ErrorCategory.InvalidData, run);
        }
    }
}
