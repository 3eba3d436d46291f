using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Training runs that come down a pipeline and go into one file together, with what they are called.</summary>
/// <param name="labels">What the user calls them, one for each object that comes; null for their own names.</param>
/// <param name="runMissing">The identifier of the error for an experiment's row without its run.</param>
internal sealed class RunCollection(string[]? labels, string runMissing)
{
    private readonly List<TrainingRun> _runs = [];
    private readonly List<string?> _ownLabels = [];
    private int _arrived;

    /// <summary>The runs that were taken.</summary>
    public IReadOnlyList<TrainingRun> Runs => _runs;

    /// <summary>Takes a run, or the run of an experiment's row.</summary>
    /// <param name="value">What came.</param>
    /// <param name="check">The error that a run is refused with, or null.</param>
    /// <returns>The error where it was not taken.</returns>
    public ErrorRecord? Add(object value, Func<TrainingRun, ErrorRecord?> check)
    {
        int number = _arrived++;
        object? live = Rehydration.Live(value);
        var row = live as ExperimentRow;
        if ((row?.TrainingRun ?? live) is not TrainingRun run)
            return row is null
                ? Painter.UnsupportedInputError(value, "A training run")
                : CommandErrors.Of(runMissing, ErrorCategory.InvalidData, value,
                    $"The row '{row.Setting}', seed {row.Seed}, has no run. Rows have their runs after Invoke-MlpExperiment -PassThru, " +
                    "and those that were finished before or diverged have none.");
        if (check(run) is ErrorRecord error)
            return error;
        _runs.Add(run);
        _ownLabels.Add(labels is not null ? labels.ElementAtOrDefault(number) : row?.Setting);
        return null;
    }

    /// <summary>The error where there are not as many labels as objects came.</summary>
    public ErrorRecord? LabelError() => labels is null || labels.Length == _arrived ? null : CommandErrors.InvalidOption(
        $"There are {labels.Length} labels for {_arrived} runs. Give one -Label for each run, or none.", labels);

    /// <summary>What the runs are called; null where what tells them apart is to say it.</summary>
    public IReadOnlyList<string>? Labels()
    {
        if (_ownLabels.Contains(null))
            return null;
        // Rows of one setting differ by their seeds.
        bool differ = labels is not null || _ownLabels.Distinct().Count() == _ownLabels.Count;
        return [.. _ownLabels.Zip(_runs, (label, run) => differ ? label! : $"{label}, seed {run.Seed}")];
    }
}
