using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>A command that writes one file of all the training runs of a pipeline.</summary>
public abstract class ExportRunsCommand : FileWritingCommand
{
    private readonly List<TrainingRun> _runs = [];
    private readonly List<string?> _labels = [];
    private string? _file;
    private string _runMissing = "";
    private int _arrived;

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
    private protected void Collect(string path, string runMissing) =>
        (_file, _runMissing) = (new FileResolver(this).Target(path), runMissing);

    /// <summary>Takes a run, or the run of an experiment's row.</summary>
    protected sealed override void ProcessRecord() => Try(new ErrorContext(InputObject), () =>
    {
        int number = _arrived++;
        object? live = Rehydration.Live(InputObject);
        var row = live as ExperimentRow;
        if ((row?.TrainingRun ?? live) is not TrainingRun run)
            throw row is null
                ? new CommandException(CommandErrors.UnsupportedInput(InputObject, "A training run"))
                : new CommandException(_runMissing, ErrorCategory.InvalidData, InputObject, row.RunMissing);
        Check(run);
        _runs.Add(run);
        _labels.Add(Label is not null ? Label.ElementAtOrDefault(number) : row?.Setting);
    });

    /// <summary>Writes the file of all the runs.</summary>
    protected sealed override void EndProcessing() => Try(new ErrorContext(File: _file, Provider: _file), () =>
    {
        if (Label is not null && Label.Length != _arrived)
            throw new CommandException(CommandErrors.InvalidOption(
                $"There are {Label.Length} labels for {_arrived} runs. Give one -Label for each run, or none.", Label));
        if (_runs.Count == 0 || _file is not string file || !ShouldProcess(file, TaskFor(_runs.Count)))
            return;
        Prepare(new ExportTarget(file, isFolder: false, new ExportEnding("", "")), file);
        Write(_runs, LabelsOfRuns(), file);
        WriteVerboseLine($"Wrote '{file}': {_runs.Count} runs.");
        PassOn(file);
    });

    /// <summary>Throws where a run cannot be taken.</summary>
    /// <exception cref="CommandException">It cannot; the others follow.</exception>
    private protected abstract void Check(TrainingRun run);

    /// <summary>What is done, for -WhatIf.</summary>
    private protected abstract string TaskFor(int runCount);

    /// <summary>Writes the file.</summary>
    /// <param name="runs">The runs, at least one.</param>
    /// <param name="labels">What they are called, or null for their own names.</param>
    /// <param name="file">The file's full path.</param>
    private protected abstract void Write(IReadOnlyList<TrainingRun> runs, IReadOnlyList<string>? labels, string file);

    private string[]? LabelsOfRuns()
    {
        if (_labels.Contains(null))
            return null;
        // Rows of one setting differ by their seeds.
        bool differ = Label is not null || _labels.Distinct().Count() == _labels.Count;
        return [.. _labels.Zip(_runs, (label, run) => differ ? label! : $"{label}, seed {run.Seed}")];
    }
}
