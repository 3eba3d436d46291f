using System.Globalization;
using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Makes a schedule of snapshots out of a number of epochs, a time, or the word Log.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SnapshotScheduleAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = Painter.Unwrap(inputData);
        try
        {
            return value switch
            {
                SnapshotSchedule or null => value,
                int epochs => SnapshotSchedule.EveryEpochs(epochs),
                TimeSpan time => SnapshotSchedule.EveryTime(time),
                string text => OfText(text.Trim()),
                _ => throw Unknown(value),
            };
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentTransformationMetadataException(exception.Message, exception);
        }
    }

    private static SnapshotSchedule OfText(string text)
    {
        if (text.Equals(SnapshotSchedule.LogarithmicName, StringComparison.OrdinalIgnoreCase))
            return SnapshotSchedule.Logarithmic;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int epochs))
            return SnapshotSchedule.EveryEpochs(epochs);
        // Without a colon, TimeSpan would take a number for days.
        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time)
            ? SnapshotSchedule.EveryTime(time) : throw Unknown(text);
    }

    private static ArgumentTransformationMetadataException Unknown(object value) => new(string.Create(CultureInfo.InvariantCulture,
        $"'{value}' is no schedule of snapshots; give a number of epochs such as 1, a time such as 0:0:0.5, or ") +
        $"{SnapshotSchedule.LogarithmicName}.");
}
