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
    /// The text of an argument that is one or was typed as one; null for any other. On the command line <c>1.5s</c> is the 16-bit number 2
    /// to PowerShell, which keeps the text beside it.
    /// </summary>
    public static string? TextOf(object? argument) => argument switch
    {
        string text => text,
        PSObject { BaseObject: string text } => text,
        PSObject { BaseObject: ValueType } wrapped => LanguagePrimitives.ConvertTo<string>(wrapped),
        _ => null,
    };

    /// <summary>A group's number, or 0 where it matched nothing.</summary>
    public static double Number(Group group) => group.Success ? double.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;
}
