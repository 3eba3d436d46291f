using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace MonaLisa.PowerShell;

/// <summary>Arguments as the user gave them.</summary>
internal static partial class Argument
{
    /// <summary>The object itself, without PowerShell's wrapping.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>
    /// The number that a text is to PowerShell's command line, such as 30, 1e2, 0x10 or 10u. A text with the suffix d is none: it is a decimal
    /// number there, and may be meant as days. One with a comma is none unless it is a thousands separator: PowerShell reads 1,5 as 15.
    /// </summary>
    public static bool TryNumber(string text, out double number)
    {
        number = 0;
        string trimmed = text.Trim();
        return trimmed.Length > 0 && !trimmed.EndsWith('d') && !trimmed.EndsWith('D') && HasThousandsAlone(trimmed) && LanguagePrimitives.TryConvertTo(trimmed, out number);
    }

    /// <summary>Whether every comma of a text is a thousands separator.</summary>
    public static bool HasThousandsAlone(string text) => !text.Contains(',') || Thousands().IsMatch(text);

    /// <summary>A group's number, or 0 where it matched nothing.</summary>
    public static double Number(Group group) => group.Success ? double.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Thousands();
}
