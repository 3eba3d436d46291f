using System.Globalization;
using System.Text.RegularExpressions;

namespace MonaLisa.Engine.Tests;

/// <summary>Damages the values and names in JSON, which stays well-formed for the most part.</summary>
internal static partial class JsonMutator
{
    private static readonly string[] Numbers =
    [
        "0", "1", "-1", "255", "65536", "65537", "2147483647", "2147483648", "4294967296", "9223372036854775807",
        "9223372036854775808", "18446744073709551615", "1e308", "1e309", "0.5", "-0", "null", "\"\"", "[]", "{}",
    ];

    /// <summary>Puts a number in the place of one, that readers may not expect.</summary>
    public static string SetNumber(string json, Random random) => Replace(json, NumberPattern(), Numbers[random.Next(Numbers.Length)], random);

    /// <summary>Puts a number below 300 in the place of one.</summary>
    public static string SetSmallNumber(string json, Random random) =>
        Replace(json, NumberPattern(), random.Next(300).ToString(CultureInfo.InvariantCulture), random);

    /// <summary>Puts one of some words in the place of a text or a name.</summary>
    public static string SetWord(string json, IReadOnlyList<string> words, Random random) =>
        Replace(json, WordPattern(), words[random.Next(words.Count)], random);

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"(?<="")[^""\\]*(?=\\?"")")]
    private static partial Regex WordPattern();

    private static string Replace(string json, Regex pattern, string replacement, Random random)
    {
        MatchCollection matches = pattern.Matches(json);
        if (matches.Count == 0)
            return json;
        Match match = matches[random.Next(matches.Count)];
        return json[..match.Index] + replacement + json[(match.Index + match.Length)..];
    }
}
