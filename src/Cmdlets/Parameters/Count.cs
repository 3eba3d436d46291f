using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace MonaLisa.PowerShell;

/// <summary>A number of things, such as pixels or epochs, which can be given as 2k or 1.5k, where k is 1024.</summary>
/// <param name="Value">The number.</param>
public sealed partial record Count(int Value) : Quantity<Count, int>(Value)
{
    private const int Kilo = 1024;

    /// <summary>Takes a number, or a number of thousands, to the nearest.</summary>
    /// <exception cref="FormatException">The text is no whole number up to 2147483647; the message names the forms.</exception>
    public static Count Parse(string text) => TryParse(text, out int number) ? new Count(number) : throw new FormatException(
        $"'{text}' is no number that can be counted to. Give a whole number such as 2048, or thousands such as 2k or 1.5k, where k is " +
        $"{Kilo}; at most {int.MaxValue}.");

    /// <summary>Takes a number that PowerShell writes as 10n.</summary>
    /// <exception cref="FormatException">It is larger than 2147483647.</exception>
    public static implicit operator Count(BigInteger number) => Parse(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The number of a text, or of thousands in a text.</summary>
    internal static bool TryParse(string text, out int number)
    {
        if (Kilos().Match(text) is { Success: true, Groups: [_, Group kilos] })
        {
            double thousands = Math.Round(Kilo * Argument.Number(kilos), MidpointRounding.AwayFromZero);
            number = thousands <= int.MaxValue ? (int)thousands : 0;
            return thousands <= int.MaxValue;
        }
        return WholeNumber.TryParse(text, out number);
    }

    /// <summary>The number's digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(\d+(?:\.\d+)?)\s*k\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Kilos();
}
