using System.Text;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine;

/// <summary>
/// The rule for names of pictures, programs and providers that files keep: short, without control characters, and no part of a
/// path, because a painted picture may get the name.
/// </summary>
internal static class ShortName
{
    /// <summary>The most characters.</summary>
    public const int MaxLength = 260;

    private const string PathCharacters = "/\\:";

    /// <summary>Whether a name follows the rule.</summary>
    public static bool IsValid(string text) =>
        text.Length <= MaxLength && text.AsSpan().IndexOfAny(PathCharacters) < 0 && PlainText.IsPlain(text);

    /// <summary>The name with all that breaks the rule replaced or cut off.</summary>
    public static string Of(string text)
    {
        var name = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (name.Length + rune.Utf16SequenceLength > MaxLength)
                break;
            bool allowed = PlainText.IsPlain(rune) && !(rune.IsAscii && PathCharacters.Contains((char)rune.Value));
            name.Append(allowed ? rune.ToString() : "_");
        }
        return name.ToString();
    }
}
