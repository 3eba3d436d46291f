using System.Text;
using OxyPlot;

namespace MonaLisa.Engine.Output;

/// <summary>
/// Letters made of strokes, for plots and captions: the fonts of a machine differ, and it may have none. It has ASCII; accents of Latin
/// letters are left off, and every other character is a box.
/// </summary>
internal static class StrokeFont
{
    /// <summary>The height of capitals and digits as a share of the font's size, as in Arial.</summary>
    public const double CapitalHeight = 0.72;

    /// <summary>The distance from the upper edge of a line to the line that its letters stand on, as a share of the font's size.</summary>
    public const double Ascent = CapitalHeight * (LineTop - Baseline) / (CapitalTop - Baseline);

    // A glyph's grid: y goes up, from the descenders at 1 over the baseline at 6 and small letters' height at 16 to capitals' at 20.
    private const int Baseline = 6, CapitalTop = 20, LineTop = 24, LineBottom = 0, Gap = 4;

    private const int CornerCuts = 3;
    private const char SmoothMark = '~', ClosedMark = 'o', Box = '\0';

    // By hand, because .NET decomposes letters only if it has the tables of ICU.
    private static readonly string[] Accented =
    [
        "AÀÁÂÃÄÅĀĂĄ", "CÇĆĈĊČ", "DÐĎĐ", "EÈÉÊËĒĔĖĘĚ", "GĜĞĠĢ", "HĤĦ", "IÌÍÎÏĨĪĬĮİ", "JĴ", "KĶ", "LĹĻĽĿŁ", "NÑŃŅŇ", "OÒÓÔÕÖØŌŎŐ", "RŔŖŘ",
        "SŚŜŞŠȘ", "TŢŤŦȚ", "UÙÚÛÜŨŪŬŮŰŲ", "WŴ", "YÝŶŸ", "ZŹŻŽ", "aàáâãäåāăą", "cçćĉċč", "dðďđ", "eèéêëēĕėęě", "gĝğġģ", "hĥħ", "iìíîïĩīĭįı",
        "jĵ", "kķ", "lĺļľŀł", "nñńņň", "oòóôõöøōŏő", "rŕŗř", "sśŝşšșß", "tţťŧț", "uùúûüũūŭůűų", "wŵ", "yýÿŷ", "zźżž",
        "-\u2010\u2011\u2012\u2013\u2014\u2212", "x\u00d7", "'\u2018\u2019", "\"\u201c\u201d\u201e", " \u00a0",
    ];

    private static readonly Dictionary<char, Glyph> Glyphs = GlyphTable.All.ToDictionary(entry => entry.Key, entry => Parse(entry.Value));

    /// <summary>Whether a character is drawn as it is, or as a sign that nobody distinguishes from it.</summary>
    public static bool Has(Rune rune) =>
        rune.IsBmp && rune.Value != Box && (Glyphs.ContainsKey((char)rune.Value) || !Rune.IsLetter(rune) && BaseOf(rune) != Box);

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

/// <summary>
/// The letters of <see cref="StrokeFont"/>: a width, then strokes. A stroke is points of two digits each, x and y, counted from 0 to 9 and from
/// a to z. After a tilde corners are rounded, and after an o the stroke is closed too.
/// </summary>
internal static class GlyphTable
{
    private const string Bowl = "o4g0g0b0646969b9g", RightBowl = "o5g0g0b0656969b9g";

    /// <summary>Each character's width and strokes; the null character is the box for what is not here.</summary>
    public static IReadOnlyDictionary<char, string> All { get; } = new Dictionary<char, string>
    {
        ['\0'] = "8 060k8k8606",
        [' '] = "4",
        ['!'] = "0 0k0a 0607",
        ['"'] = "3 0k0h 3k3h",
        ['#'] = "b 264k 769k 0bab 1fbf",
        ['$'] = "a ~ah8k5k0k0d5dada6562609 5m54",
        ['%'] = "e o3k0k0h0e3e6e6h6k obc8c8986b6e6e9ec 26ck",
        ['&'] = "c ~c62g2k5k8k8g0c065696bc",
        ['\''] = "0 0k0h",
        ['('] = "4 ~4l0h0743",
        [')'] = "4 ~0l4h4703",
        ['*'] = "8 4k4c 1i7e 7i1e",
        ['+'] = "a 0bab 5g56",
        [','] = "1 171603",
        ['-'] = "6 0b6b",
        ['.'] = "0 0607",
        ['/'] = "7 047k",
        ['0'] = "a o5k0k0d0656a6adak",
        ['1'] = "a 2h6k66",
        ['2'] = "a ~0g0k5kakaf6b06 06a6",
        ['3'] = "a ~0h1k5kakad5d3d ~3d5dada6561609",
        ['4'] = "a 868k0aaa",
        ['5'] = "a 9k1k0d ~0d2f5fafa6561609",
        ['6'] = "a o5e0e0a0656a6aaae ~8k4k0g0a",
        ['7'] = "a 0kak46",
        ['8'] = "a o5k1k1h1d5d9d9h9k o5d0d0a0656a6aaad",
        ['9'] = "a o5k0k0g0c5cacagak ~agaa6626",
        [':'] = "0 0607 0f0g",
        [';'] = "1 171603 1f1g",
        ['<'] = "8 8g0b86",
        ['='] = "a 09a9 0dad",
        ['>'] = "8 0g8b06",
        ['?'] = "8 ~0h0k4k8k8f4d4a 4647",
        ['@'] = "e o7f4f4b4777a7abaf ~afa7e7edek7k0k0c0373c3",
        ['A'] = "c 066kc6 2bab",
        ['B'] = "a 060k ~0k5k9k9d5d0d ~0d6dada66606",
        ['C'] = "b ~bh9k6k0k0d066696b9",
        ['D'] = "b 060k ~0k5kbkbdb65606",
        ['E'] = "9 9k0k0696 0d7d",
        ['F'] = "9 9k0k06 0d7d",
        ['G'] = "b ~bh9k6k0k0d066696b8bd bd6d",
        ['H'] = "b 060k b6bk 0dbd",
        ['I'] = "0 060k",
        ['J'] = "7 ~7k7a76360609",
        ['K'] = "a 060k ak0b 3ea6",
        ['L'] = "8 0k0686",
        ['M'] = "e 060k79eke6",
        ['N'] = "b 060kb6bk",
        ['O'] = "c o6k0k0d0666c6cdck",
        ['P'] = "a 060k ~0k5kakac5c0c",
        ['Q'] = "c o6k0k0d0666c6cdck 8ad4",
        ['R'] = "a 060k ~0k5kakac5c0c 5ca6",
        ['S'] = "a ~ah8k5k0k0d5dada6562609",
        ['T'] = "a 0kak 5k56",
        ['U'] = "b ~0k0b0656b6bbbk",
        ['V'] = "c 0k66ck",
        ['W'] = "g 0k468gc6gk",
        ['X'] = "b 06bk 0kb6",
        ['Y'] = "c 0k6dck 6d66",
        ['Z'] = "a 0kak06a6",
        ['['] = "4 4l0l0343",
        ['\\'] = "7 0k74",
        [']'] = "4 0l4l4303",
        ['^'] = "8 0g4k8g",
        ['_'] = "a 03a3",
        ['`'] = "3 0k3h",
        ['a'] = $"9 {Bowl} 9g96",
        ['b'] = $"9 0k06 {RightBowl}",
        ['c'] = "8 ~8e7g4g0g0b06467688",
        ['d'] = $"9 9k96 {Bowl}",
        ['e'] = "9 0b9b ~9b9g5g0g0b06567698",
        ['f'] = "6 ~6k3k3g36 0g6g",
        ['g'] = $"9 {Bowl} ~9g96914112",
        ['h'] = "9 0k06 ~0b0g5g9g9b96",
        ['i'] = "0 0g06 0j0k",
        ['j'] = "3 ~3g353101 3j3k",
        ['k'] = "8 0k06 8g0a 3c86",
        ['l'] = "0 0k06",
        ['m'] = "e 0g06 ~0b0g4g7g7b76 ~7b7gbgegebe6",
        ['n'] = "9 0g06 ~0b0g5g9g9b96",
        ['o'] = $"9 {Bowl}",
        ['p'] = $"9 0g01 {RightBowl}",
        ['q'] = $"9 9g91 {Bowl}",
        ['r'] = "6 0g06 ~0b0g4g6g",
        ['s'] = "8 ~7e6g4g0g0b4b8b86461608",
        ['t'] = "6 ~3k3b3666 0g6g",
        ['u'] = "9 ~0g0b0646969b 9g96",
        ['v'] = "8 0g468g",
        ['w'] = "c 0g366f96cg",
        ['x'] = "8 068g 0g86",
        ['y'] = "8 0g46 8g3111",
        ['z'] = "8 0g8g0686",
        ['{'] = "5 ~5l2l2c0c ~0c2c2353",
        ['|'] = "0 0l03",
        ['}'] = "5 ~0l3l3c5c ~5c3c3303",
        ['~'] = "a ~0a2e5b88ac",
    };
}
