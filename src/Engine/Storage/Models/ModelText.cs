using System.Globalization;
using System.Text;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// The rule for names in a model file: short, nothing a terminal would obey, and nothing that makes a path of a name that a
/// painted picture may be called after.
/// </summary>
internal static class ModelText
{
    private const string PathCharacters = "/\\:";

    /// <summary>Whether a name may stand in a model file.</summary>
    public static bool IsName(string text) =>
        text.Length <= ModelLimits.MaxTextLength && text.AsSpan().IndexOfAny(PathCharacters) < 0 && text.EnumerateRunes().All(IsPlain);

    /// <summary>The name with everything replaced or cut off that may not stand in a model file.</summary>
    public static string ToName(string text)
    {
        var name = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (name.Length + rune.Utf16SequenceLength > ModelLimits.MaxTextLength)
                break;
            bool allowed = IsPlain(rune) && !(rune.IsAscii && PathCharacters.Contains((char)rune.Value));
            name.Append(allowed ? rune.ToString() : "_");
        }
        return name.ToString();
    }

    /// <summary>Whether a character only shows, and neither controls a terminal nor turns the direction of text.</summary>
    public static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
