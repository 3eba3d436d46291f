using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Proposes schedules of snapshots, one of each kind.</summary>
public sealed class SnapshotScheduleCompleter : IArgumentCompleter
{
    private static readonly (string Text, string Meaning)[] Proposals =
    [
        (SnapshotSchedule.LogarithmicName, "many at the beginning, where most happens"),
        ("1", "every epoch"),
        ("500ms", "every half second of training"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Proposals.Where(proposal => proposal.Text.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(proposal => new CompletionResult(proposal.Text, proposal.Text, CompletionResultType.ParameterValue, proposal.Meaning));
}
