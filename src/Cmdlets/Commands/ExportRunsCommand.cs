using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>A command that writes one file of all the training runs of a pipeline, or of those for which a script gives the same path.</summary>
public abstract class ExportRunsCommand : FileWritingCommand
{
    // On Windows and macOS names that differ only in case are one file.
    private readonly OrderedDictionary<string, List<LabelledRun>> _files = new(
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private string? _file;
    private string _runMissing = "";
    private int _arrived;

    /// <summary>
    /// The file to write, its format by its extension. A script block gives one for each run, which is <c>$_</c> in it; runs of one path go
    /// into one file.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The file to write. Its extension chooses the format.")]
    [Alias("LiteralPath", "FilePath")]
    [OnePath]
    [ValidateNotNull]
    public OutputPath Path { get; set; } = null!;

    /// <summary>Training runs, or experiments' rows that have their runs.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Run")]
    public object[] InputObject { get; set; } = [];

    /// <summary>What each run is called, in their order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Label { get; set; }

    /// <summary>Prepares to take runs. A path that cannot be written ends the pipeline before any work.</summary>
    /// <param name="runMissing">The identifier of the error for an experiment's row without its run.</param>
    private protected void Collect(string runMissing)
    {
        _runMissing = runMissing;
        if (Path.Script is null)
            Require(default, () =>
            {
                _file = FileAt(Path.ToString());
                TargetOf(_file).RequireFolder();
            });
    }

    /// <summary>Takes runs, or the runs of experiments' rows.</summary>
    protected sealed override void ProcessRecord()
    {
        foreach (object item in InputObject)
            Try(new ErrorContext(item), () => Take(item, _arrived++));
    }

    /// <summary>Writes the files.</summary>
    protected sealed override void EndProcessing()
    {
        if (Label is not null && Label.Length != _arrived)
            WriteError(CommandErrors.InvalidOption(
                $"The number of labels is {Label.Length}, and that of runs {_arrived}. Give one -Label for each run, or none.", Label));
        else
            foreach ((string file, List<LabelledRun> runs) in _files)
                Try(new ErrorContext(File: file, Provider: ProviderOf(runs)), () => Write(file, runs));
    }

    /// <summary>Throws where a path's extension is that of no format.</summary>
    /// <param name="path">The path as it was given.</param>
    /// <exception cref="CommandException">It is not.</exception>
    private protected abstract void CheckExtension(string path);

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

    private void Take(object item, int number)
    {
        var row = Rehydration.Live(item) as ExperimentRow;
        TrainingRun run = Runs.Of(item, _runMissing) ?? throw new CommandException(CommandErrors.UnsupportedInput(item, Wanted.Run));
        Check(run);
        string file = _file ?? FileAt(Path.For(row is null ? run : item, nameof(Path)));
        if (!_files.TryGetValue(file, out List<LabelledRun>? runs))
            _files.Add(file, runs = []);
        runs.Add(new LabelledRun(run, Label is not null ? Label.ElementAtOrDefault(number) : row?.Setting));
    }

    private string FileAt(string path)
    {
        CheckExtension(path);
        return ExportTarget.RequireName(FileResolver.Target(this, path));
    }

    private void Write(string file, List<LabelledRun> runs)
    {
        if (!ShouldProcess(file, TaskFor(runs.Count)))
            return;
        Prepare(TargetOf(file), file);
        Write([.. runs.Select(run => run.Run)], LabelsOf(runs), file);
        WriteVerboseLine($"Wrote '{file}': {Counted.Text(runs.Count, "run")}.");
        PassOn(file);
    }

    private static ExportTarget TargetOf(string file) => new(file, isFolder: false, default);

    // The one that may be missing: the others always work.
    private static ComputeProvider ProviderOf(List<LabelledRun> runs) => runs.Select(run => run.Run.Options.Provider)
        .FirstOrDefault(provider => provider is not (ComputeProvider.Auto or ComputeProvider.Managed));

    private string[]? LabelsOf(List<LabelledRun> runs)
    {
        if (runs.Exists(run => run.Label is null))
            return null;
        // Rows of one setting differ by their seeds.
        bool differ = Label is not null || runs.DistinctBy(run => run.Label).Count() == runs.Count;
        return [.. runs.Select(run => differ ? run.Label! : $"{run.Label}, seed {run.Run.Seed}")];
    }

    private sealed record LabelledRun(TrainingRun Run, string? Label);
}
