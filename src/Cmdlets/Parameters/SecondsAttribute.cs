using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace MonaLisa.PowerShell;

/// <summary>
/// Lets a time be given as 30s, 500ms, 2m, 1.5h or 1m30s, and a plain number be seconds, where PowerShell would take it for ticks of
/// 100 ns or, as text, for days.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed partial class SecondsAttribute : ArgumentTransformationAttribute
{
    private const string Forms =
        "Give seconds such as 30, a time with its units such as 500ms, 30s, 1m30s or 1.5h, or hours:minutes:seconds such as 0:0:30.";

    /// <summary>The time; what is neither number nor text is left as it is.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">The number or text is no time; the message names the forms.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        string? text = Argument.TextOf(inputData);
        object? value = Argument.Unwrap(inputData);
        try
        {
            if (text is not null && Units().Match(text) is { Success: true, Groups: GroupCollection parts })
                return TimeSpan.FromSeconds(
                    3600 * Argument.Number(parts["h"]) + 60 * Argument.Number(parts["m"]) + Argument.Number(parts["s"]) +
                    Argument.Number(parts["ms"]) / 1000);
            return value switch
            {
                int or long or double or float or decimal or short or byte =>
                    TimeSpan.FromSeconds(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
                // A bare -1 or 1e2 on the command line, and a value read from a file, are texts; TimeSpan would take them for days.
                string plain when double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) =>
                    TimeSpan.FromSeconds(number),
                string other when !TimeSpan.TryParse(other, CultureInfo.InvariantCulture, out _) =>
                    throw new ArgumentTransformationMetadataException($"'{other}' is no time. {Forms}"),
                _ => inputData,
            };
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException)
        {
            throw new ArgumentTransformationMetadataException($"'{text ?? value}' is no time that can be waited for. {Forms}", exception);
        }
    }

    [GeneratedRegex(
        @"^\s*(?=\S)((?<h>\d*\.?\d+)\s*h)?\s*((?<m>\d*\.?\d+)\s*m(in)?(?!s))?\s*((?<s>\d*\.?\d+)\s*s)?\s*((?<ms>\d*\.?\d+)\s*ms)?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Units();
}
