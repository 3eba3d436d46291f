using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>A command that writes one file of all the training runs of a pipeline.</summary>
public abstract class ExportRunsCommand : FileWritingCommand
{
    private RunCollection _runs = null!;
    private string? _file;

    /// <summary>A training run, or an experiment's row that has its run.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Run")]
    public object InputObject { get; set; } = null!;

    /// <summary>What each run is called, in their order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Label { get; set; }

    /// <summary>Prepares to take runs.</summary>
    /// <param name="path">The file, as it was given.</param>
    /// <param name="runMissing">The identifier of the error for an experiment's row without its run.</param>
    private protected void Collect(string path, string runMissing)
    {
        _file = new FileResolver(this).Target(path);
        _runs = new RunCollection(Label, runMissing);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (_runs.Add(InputObject, ErrorOf) is ErrorRecord error)
            WriteError(error);
    }

    /// <summary>Writes the file of all the runs.</summary>
    protected sealed override void EndProcessing()
    {
        IReadOnlyList<TrainingRun> runs = _runs.Runs;
        if (_runs.LabelError() is ErrorRecord error)
        {
            WriteError(error);
            return;
        }
        if (runs.Count == 0 || _file is not string file || !ShouldProcess(file, TaskFor(runs.Count)))
            return;
        if (!TryPrepare(new ExportTarget(file, isFolder: false, new ExportEnding("", "")), file) || !TryWrite(runs, _runs.Labels(), file))
            return;
        WriteVerboseLine($"Wrote '{file}': {runs.Count} runs.");
        if (PassThru)
            WriteObject(ItemOf(file));
    }

    /// <summary>The error that a run is refused with, or null.</summary>
    private protected abstract ErrorRecord? ErrorOf(TrainingRun run);

    /// <summary>What is to be done, for -WhatIf.</summary>
    private protected abstract string TaskFor(int runCount);

    /// <summary>Writes the file; false after an error was written.</summary>
    /// <param name="runs">The runs, at least one.</param>
    /// <param name="labels">What they are called, or null.</param>
    /// <param name="file">The file's full path.</param>
    private protected abstract bool TryWrite(IReadOnlyList<TrainingRun> runs, IReadOnlyList<string>? labels, string file);
}
