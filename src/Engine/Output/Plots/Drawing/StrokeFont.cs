using System.Text;
using OxyPlot;

namespace MonaLisa.Engine.Output;

/// <summary>
/// Letters made of strokes, for plots on machines that have no font. It has ASCII; accents of Latin letters are left off, and every
/// other character is a box.
/// </summary>
internal static class StrokeFont
{
    // A glyph's grid: y goes up, from the descenders at 1 over the baseline at 6 and small letters' height at 16 to capitals' at 20.
    private const int Baseline = 6, CapitalTop = 20, LineTop = 24, LineBottom = 0, Gap = 4;

    // The share of the font's size that capitals are high, as in Arial.
    private const double CapitalHeight = 0.72;

    private const int CornerCuts = 3;
    private const char SmoothMark = '~', ClosedMark = 'o', Box = '\0';

    // By hand, for .NET takes letters apart only where it has the tables of ICU.
    private static readonly string[] Accented =
    [
        "AÀÁÂÃÄÅĀĂĄ", "CÇĆĈĊČ", "DÐĎĐ", "EÈÉÊËĒĔĖĘĚ", "GĜĞĠĢ", "HĤĦ", "IÌÍÎÏĨĪĬĮİ", "JĴ", "KĶ", "LĹĻĽĿŁ", "NÑŃŅŇ", "OÒÓÔÕÖØŌŎŐ", "RŔŖŘ",
        "SŚŜŞŠȘ", "TŢŤŦȚ", "UÙÚÛÜŨŪŬŮŰŲ", "WŴ", "YÝŶŸ", "ZŹŻŽ", "aàáâãäåāăą", "cçćĉċč", "dðďđ", "eèéêëēĕėęě", "gĝğġģ", "hĥħ", "iìíîïĩīĭįı",
        "jĵ", "kķ", "lĺļľŀł", "nñńņň", "oòóôõöøōŏő", "rŕŗř", "sśŝşšșß", "tţťŧț", "uùúûüũūŭůűų", "wŵ", "yýÿŷ", "zźżž",
        "-\u2010\u2011\u2012\u2013\u2014\u2212", "x\u00d7", "'\u2018\u2019", "\"\u201c\u201d\u201e", " \u00a0",
    ];

    private static readonly Dictionary<char, Glyph> Glyphs = GlyphTable.All.ToDictionary(entry => entry.Key, entry => Parse(entry.Value));

    /// <summary>The size of a line of text in pixels.</summary>
    public static OxySize Measure(string text, double fontSize)
    {
        double units = -Gap;
        foreach (Glyph glyph in GlyphsOf(text))
            units += glyph.Width + Gap;
        return new OxySize(Math.Max(0, units) * Unit(fontSize), (LineTop - LineBottom) * Unit(fontSize));
    }

    /// <summary>How thick its strokes are, in pixels.</summary>
    public static double Thickness(double fontSize, bool isBold) => Math.Max(1.2, fontSize * (isBold ? 0.125 : 0.085));

    /// <summary>The strokes of a line of text, from the upper left corner of its box, y downwards.</summary>
    public static IEnumerable<IReadOnlyList<ScreenPoint>> Strokes(string text, double fontSize)
    {
        double unit = Unit(fontSize), left = 0;
        foreach (Glyph glyph in GlyphsOf(text))
        {
            double start = left;
            foreach (IReadOnlyList<ScreenPoint> stroke in glyph.Strokes)
                yield return [.. stroke.Select(point => new ScreenPoint((start + point.X) * unit, (LineTop - point.Y) * unit))];
            left += glyph.Width + Gap;
        }
    }

    private static double Unit(double fontSize) => fontSize * CapitalHeight / (CapitalTop - Baseline);

    private static IEnumerable<Glyph> GlyphsOf(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && Glyphs.TryGetValue((char)rune.Value, out Glyph? glyph))
                yield return glyph;
            else
                yield return Glyphs[BaseOf(rune)];
        }
    }

    private static char BaseOf(Rune rune) =>
        Accented.FirstOrDefault(letters => rune.IsBmp && letters.Contains((char)rune.Value)) is string found ? found[0] : Box;

    private static Glyph Parse(string text)
    {
        string[] parts = text.Split(' ');
        return new Glyph(Digit(parts[0][0]), [.. parts.Skip(1).Select(ParseStroke)]);
    }

    private static IReadOnlyList<ScreenPoint> ParseStroke(string text)
    {
        bool isClosed = text[0] == ClosedMark, isSmooth = isClosed || text[0] == SmoothMark;
        string digits = isSmooth ? text[1..] : text;
        List<ScreenPoint> points = [];
        for (int i = 0; i + 1 < digits.Length; i += 2)
            points.Add(new ScreenPoint(Digit(digits[i]), Digit(digits[i + 1])));
        for (int cut = 0; isSmooth && cut < CornerCuts; cut++)
            points = CutCorners(points, isClosed);
        if (isClosed)
            points.Add(points[0]);
        return points;
    }

    /// <summary>Cuts a quarter off either side of each corner (Chaikin 1974): repeated, that draws a quadratic spline.</summary>
    private static List<ScreenPoint> CutCorners(List<ScreenPoint> points, bool isClosed)
    {
        List<ScreenPoint> cut = isClosed ? [] : [points[0]];
        for (int i = 0; i < (isClosed ? points.Count : points.Count - 1); i++)
        {
            ScreenPoint from = points[i], to = points[(i + 1) % points.Count];
            cut.Add(new ScreenPoint(from.X + (to.X - from.X) / 4, from.Y + (to.Y - from.Y) / 4));
            cut.Add(new ScreenPoint(to.X + (from.X - to.X) / 4, to.Y + (from.Y - to.Y) / 4));
        }
        if (!isClosed)
            cut.Add(points[^1]);
        return cut;
    }

    private static int Digit(char digit) => digit <= '9' ? digit - '0' : digit - 'a' + 10;

    private sealed record Glyph(int Width, IReadOnlyList<IReadOnlyList<ScreenPoint>> Strokes);
}
