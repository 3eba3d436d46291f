using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Makes a schedule of snapshots out of a number of epochs, a time, or the word Log.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SnapshotScheduleAttribute : ArgumentTransformationAttribute
{
    private static readonly SecondsAttribute Seconds = new();

    /// <summary>The schedule; null for null.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">It is none; the message names the forms.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = Argument.Unwrap(inputData);
        try
        {
            return value switch
            {
                SnapshotSchedule or null => value,
                TimeSpan time => SnapshotSchedule.EveryTime(time),
                _ => OfText(Argument.TextOf(inputData) ?? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", engineIntrinsics),
            };
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentTransformationMetadataException(exception.Message, exception);
        }
    }

    private static SnapshotSchedule OfText(string text, EngineIntrinsics engineIntrinsics)
    {
        if (text.Trim().Equals(SnapshotSchedule.LogarithmicName, StringComparison.OrdinalIgnoreCase))
            return SnapshotSchedule.Logarithmic;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int epochs))
            return SnapshotSchedule.EveryEpochs(epochs);
        // As a time a number would be seconds, and 1.5 may be meant as epochs.
        if (text.Trim().Length == 0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            throw Unknown(text);
        try
        {
            return Seconds.Transform(engineIntrinsics, text) switch
            {
                TimeSpan time => SnapshotSchedule.EveryTime(time),
                string other when TimeSpan.TryParse(other, CultureInfo.InvariantCulture, out TimeSpan time) => SnapshotSchedule.EveryTime(time),
                _ => throw Unknown(text),
            };
        }
        catch (ArgumentTransformationMetadataException)
        {
            throw Unknown(text);
        }
    }

    private static ArgumentTransformationMetadataException Unknown(string text) => new(
        $"'{text}' is no schedule of snapshots. Give a number of epochs such as 1, a time such as 500ms or 0:0:0.5, or " +
        $"{SnapshotSchedule.LogarithmicName}.");
}

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
