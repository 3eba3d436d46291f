using System.Globalization;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>A schedule of snapshots, given as a number of epochs, a time, or the word Log.</summary>
/// <param name="Schedule">The schedule.</param>
public sealed record SnapshotInterval(SnapshotSchedule Schedule)
{
    /// <summary>Takes a time.</summary>
    /// <exception cref="ArgumentException">It is not above zero.</exception>
    public static implicit operator SnapshotInterval(TimeSpan time) => new(SnapshotSchedule.EveryTime(time));

    /// <summary>Takes epochs, a time with its units or colons, or Log.</summary>
    /// <exception cref="FormatException">The text is no schedule; the message names the forms.</exception>
    /// <exception cref="ArgumentException">The epochs or the time are not above zero.</exception>
    public static SnapshotInterval Parse(string text)
    {
        if (text.Trim().Equals(SnapshotSchedule.LogarithmicName, StringComparison.OrdinalIgnoreCase))
            return new SnapshotInterval(SnapshotSchedule.Logarithmic);
        // 2u and 2l are numbers of other types on PowerShell's command line; 2s is one too, but means two seconds here.
        if (int.TryParse(text.AsSpan().TrimEnd("uUlLyY"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int epochs))
            return new SnapshotInterval(SnapshotSchedule.EveryEpochs(epochs));
        if (text.AsSpan().TrimEnd().EndsWith("k", StringComparison.OrdinalIgnoreCase) && Count.TryParse(text, out int thousands))
            return new SnapshotInterval(SnapshotSchedule.EveryEpochs(thousands));
        try
        {
            // As a time a number would be seconds, and 1.5 may be meant as epochs.
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? throw Unknown(text) : Duration.Parse(text).Value;
        }
        catch (FormatException)
        {
            throw Unknown(text);
        }
    }

    /// <summary>The schedule in words.</summary>
    public override string ToString() => Schedule.ToString();

    private static FormatException Unknown(string text) => new(
        $"'{text}' is no schedule of snapshots. Give a number of epochs such as 1 or 2k, a time such as 500ms or 0:0:0.5, or " +
        $"{SnapshotSchedule.LogarithmicName}.");
}
