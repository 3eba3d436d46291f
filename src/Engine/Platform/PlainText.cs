using System.Buffers;
using System.Globalization;
using System.Text;

namespace MonaLisa.Engine.Platform;

/// <summary>
/// Text that only shows. Names of files, and texts out of files, may have characters that control a terminal, begin a line, or turn the
/// direction of the text around them: what is displayed has none of these.
/// </summary>
internal static class PlainText
{
    private const char Substitute = '_';

    // They join letters of Persian and Hindi, and the parts of an emoji; like other characters of format they are not seen themselves.
    private const int ZeroWidthNonJoiner = 0x200C, ZeroWidthJoiner = 0x200D;

    /// <summary>Whether a character only shows: no control character, no separator of lines, and nothing that turns the direction of text.</summary>
    public static bool IsPlain(Rune rune) => rune.Value is ZeroWidthNonJoiner or ZeroWidthJoiner || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>Whether all of a text only shows.</summary>
    public static bool IsPlain(string text)
    {
        for (int start = 0; start < text.Length;)
        {
            // Half of a surrogate pair is no character.
            if (Rune.DecodeFromUtf16(text.AsSpan(start), out Rune rune, out int length) != OperationStatus.Done || !IsPlain(rune))
                return false;
            start += length;
        }
        return true;
    }

    /// <summary>What is wrong with the name of a file or folder to make, and what to do; null for nothing.</summary>
    /// <param name="path">Its path, of which only the name counts: the folder is there already, whatever it is called.</param>
    public static string? ProblemOfName(string path) => IsPlain(Path.GetFileName(Path.TrimEndingDirectorySeparator(path))) ? null
        : "its name has control characters, or others that change how a terminal shows text. Give a name without them.";

    /// <summary>A name or a value: every character that does more than show is replaced by an underscore.</summary>
    public static string Of(string text) => IsPlain(text) ? text : Replace(text, _ => Substitute);

    /// <summary>A message, whose lines become one: the separators of its lines and its tabulators are replaced by spaces.</summary>
    public static string Line(string text) => IsPlain(text) ? text : Replace(
        text.ReplaceLineEndings(" "), rune => rune.Value is '\t' ? ' ' : Substitute);

    private static string Replace(string text, Func<Rune, char> substitute)
    {
        var plain = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            if (IsPlain(rune))
                plain.Append(rune);
            else
                plain.Append(substitute(rune));
        return plain.ToString();
    }
}
