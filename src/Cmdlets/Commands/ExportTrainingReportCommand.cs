using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>Writes a report of training runs, all in one page.</summary>
[Cmdlet(VerbsData.Export, "TrainingReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTrainingReportCommand : ExportRunsCommand
{
    /// <summary>The heading.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Collect(ErrorIds.RunMissing);
    }

    private protected override void CheckExtension(string path)
    {
        if (!TrainingReport.SupportedExtensions.Contains(System.IO.Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            throw new CommandException(ErrorIds.UnsupportedFormat, ErrorCategory.InvalidArgument, path,
                $"A report is a page, and '{path}' does not end in {string.Join(" or ", TrainingReport.SupportedExtensions)}.");
    }

    private protected override void Check(TrainingRun run) => Painter.Require(run).RequireFinite();

    private protected override string TaskFor(int runCount) => $"Report on {Counted.Text(runCount, "run")}";

    private protected override void Write(IReadOnlyList<TrainingRun> runs, IReadOnlyList<string>? labels, string file)
    {
        var options = new TrainingReportOptions { Title = Title, Labels = labels, Overwrite = Force };
        InBackground($"Reporting on {Counted.Text(runs.Count, "run")}", "step", TrainingReport.StepsPerRun * runs.Count, (showDone, stopping) =>
            TrainingReport.Save(runs, file, options, showDone, stopping));
    }
}
