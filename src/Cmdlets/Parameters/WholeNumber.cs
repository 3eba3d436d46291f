using System.Globalization;
using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>Whole numbers as texts, also as PowerShell's command line writes them: 300, 1,024, 0x100, 1kb, 10u.</summary>
internal static class WholeNumber
{
    /// <summary>The number of a text, to the nearest, as PowerShell rounds. An empty text, which PowerShell takes for 0, is none.</summary>
    public static bool TryParse(string text, out int number)
    {
        number = 0;
        if (Argument.HasThousandsAlone(text.Trim()) && int.TryParse(text, NumberStyles.Integer | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out number))
            return true;
        if (!Argument.TryNumber(text, out double value) || !(Math.Abs(value) <= int.MaxValue))
            return false;
        number = (int)Math.Round(value);
        return true;
    }
}
