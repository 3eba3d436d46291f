using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace MonaLisa.PowerShell;

/// <summary>Arguments as the user gave them.</summary>
internal static class Argument
{
    /// <summary>The object itself, without PowerShell's wrapping.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>
    /// The number that a text is to PowerShell's command line, such as 30, 1e2, 0x10 or 10u. A text with the suffix d is none: it is a decimal
    /// number there, and may be meant as days.
    /// </summary>
    public static bool TryNumber(string text, out double number)
    {
        number = 0;
        string trimmed = text.Trim();
        return trimmed.Length > 0 && !trimmed.EndsWith('d') && !trimmed.EndsWith('D') && LanguagePrimitives.TryConvertTo(trimmed, out number);
    }

    /// <summary>A group's number, or 0 where it matched nothing.</summary>
    public static double Number(Group group) => group.Success ? double.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;
}
