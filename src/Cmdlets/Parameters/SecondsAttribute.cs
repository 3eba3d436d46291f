using System.Globalization;
using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>Lets a plain number be a time in seconds, where PowerShell would take it for ticks of 100 ns or, as text, for days.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SecondsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            return value switch
            {
                int or long or double or float or decimal or short or byte =>
                    TimeSpan.FromSeconds(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
                // A bare -1 or 1e2 on the command line, and a value read from a file, are texts; TimeSpan would take them for days.
                string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) =>
                    TimeSpan.FromSeconds(number),
                _ => inputData,
            };
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException)
        {
            throw new ArgumentTransformationMetadataException(
                $"{value} seconds are no time; give seconds such as 30, or hours:minutes:seconds such as 0:0:30.", exception);
        }
    }
}
