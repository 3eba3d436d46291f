using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Training runs, as they are or in experiments' rows.</summary>
internal static class Runs
{
    /// <summary>The training run of a value: itself, also from another session, or that of an experiment's row; null for anything else.</summary>
    /// <param name="value">The value.</param>
    /// <param name="runMissing">The identifier of the error of a row without its run.</param>
    /// <exception cref="CommandException">It is a row without its run.</exception>
    public static TrainingRun? Of(object? value, string runMissing = ErrorIds.RunMissing) => Rehydration.Live(value) switch
    {
        TrainingRun run => run,
        ExperimentRow row => row.TrainingRun ?? throw new CommandException(
            runMissing, ErrorCategory.InvalidData, value, row.RunMissing),
        _ => null,
    };
}
