using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace MonaLisa.PowerShell;

/// <summary>
/// A time, which can be given as 30s, 500ms, 2m, 1.5h or 1m30s; a plain number of any type is seconds, where PowerShell would take it for
/// ticks of 100 ns or, as text, for days.
/// </summary>
/// <param name="Value">The time.</param>
public sealed partial record Duration(TimeSpan Value) : Quantity<Duration, TimeSpan>(Value)
{
    private const string Forms =
        "Give seconds such as 30, a time with its units such as 500ms, 30s, 1m30s or 1.5h, or hours:minutes:seconds such as 0:0:30.";

    /// <summary>The time in seconds.</summary>
    public double TotalSeconds => Value.TotalSeconds;

    /// <summary>Takes seconds, a time with units, or hours, minutes and seconds with colons.</summary>
    /// <exception cref="FormatException">The text is no time; the message names the forms.</exception>
    public static Duration Parse(string text)
    {
        try
        {
            if (Units().Match(text) is { Success: true, Groups: GroupCollection parts })
                return new Duration(TimeSpan.FromSeconds(
                    3600 * Argument.Number(parts["h"]) + 60 * Argument.Number(parts["m"]) + Argument.Number(parts["s"]) +
                    Argument.Number(parts["ms"]) / 1000));
            if (Argument.TryNumber(text, out double seconds))
                return new Duration(TimeSpan.FromSeconds(seconds));
            if (text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time))
                return new Duration(time);
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException)
        {
            throw new FormatException($"'{text}' is no time that can be waited for. {Forms}", exception);
        }
        throw new FormatException($"'{text}' is no time. {Forms}");
    }

    /// <summary>Takes seconds that PowerShell writes as 10n.</summary>
    /// <exception cref="FormatException">They are more than a <see cref="TimeSpan"/> holds.</exception>
    public static implicit operator Duration(BigInteger seconds) => Parse(seconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>Takes seconds.</summary>
    /// <exception cref="FormatException">They are no number.</exception>
    public static implicit operator Duration(Half seconds) => Parse(seconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>The time as hours, minutes and seconds.</summary>
    public override string ToString() => Value.ToString();

    [GeneratedRegex(
        @"^\s*(?=\S)((?<h>\d*\.?\d+)\s*h)?\s*((?<m>\d*\.?\d+)\s*m(in)?(?!s))?\s*((?<s>\d*\.?\d+)\s*s)?\s*((?<ms>\d*\.?\d+)\s*ms)?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Units();
}
