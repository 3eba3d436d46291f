using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Writes a report of training runs, all in one page.</summary>
[Cmdlet(VerbsData.Export, "TrainingReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTrainingReportCommand : FileWritingCommand
{
    private RunCollection _runs = null!;
    private string? _file;

    /// <summary>The HTML file to write.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The file to write, such as report.html.")]
    [Alias("LiteralPath", "FilePath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>A training run, or an experiment's row that has its run.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Run")]
    public object InputObject { get; set; } = null!;

    /// <summary>The heading.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>What each run is called, in their order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Label { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (!TrainingReport.SupportedExtensions.Contains(System.IO.Path.GetExtension(Path), StringComparer.OrdinalIgnoreCase))
            ThrowTerminatingError(CommandErrors.Of(ErrorIds.UnsupportedFormat, ErrorCategory.InvalidArgument, Path,
                $"A report is a page, and '{Path}' does not end in {string.Join(" or ", TrainingReport.SupportedExtensions)}."));
        _file = new FileResolver(this).Target(Path);
        _runs = new RunCollection(Label, ErrorIds.RunMissing);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_runs.Add(InputObject, run => run.Network.IsFinite ? null : Painter.From(run)!.NotFiniteError()) is ErrorRecord error)
            WriteError(error);
    }

    /// <summary>Writes the report of all the runs.</summary>
    protected override void EndProcessing()
    {
        int count = _runs.Runs.Count;
        if (_runs.LabelError() is ErrorRecord error)
            WriteError(error);
        else if (count > 0 && _file is string file && ShouldProcess(file, $"Report on {count} runs") &&
            TryPrepare(new ExportTarget(file, isFolder: false, new ExportEnding("", "")), file) && TryWrite(file))
        {
            WriteVerboseLine($"Wrote '{file}': {count} runs.");
            if (PassThru)
                WriteObject(ItemOf(file));
        }
    }

    private bool TryWrite(string file)
    {
        int count = _runs.Runs.Count;
        var options = new TrainingReportOptions { Title = Title, Labels = _runs.Labels(), Overwrite = Force };
        var activity = new ProgressActivity(WriteProgress, $"Reporting on {count} runs");
        var throttle = new ProgressThrottle();
        try
        {
            return InBackground((post, stopping) =>
            {
                void ShowProgress(int done)
                {
                    if (throttle.TryPass())
                        post(() => activity.Show($"run {done} of {count}", (double)done / count));
                }

                TrainingReport.Save(_runs.Runs, file, options, ShowProgress, stopping);
                return true;
            }, cleansUp: true);
        }
        catch (PictureException exception)
        {
            WriteError(CommandErrors.Picture(exception, file));
        }
        catch (ProviderUnavailableException exception)
        {
            WriteError(new ErrorRecord(exception, ErrorIds.ProviderUnavailable, ErrorCategory.ResourceUnavailable, file));
        }
        finally
        {
            activity.Complete();
        }
        return false;
    }
}
