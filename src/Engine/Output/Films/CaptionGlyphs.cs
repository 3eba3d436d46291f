using System.Numerics;

namespace MonaLisa.Engine.Output;

/// <summary>A character of a caption: strokes along which a round pen goes.</summary>
/// <param name="Advance">How far the next character is.</param>
/// <param name="Strokes">The strokes: points joined by straight lines.</param>
internal sealed record CaptionGlyph(float Advance, IReadOnlyList<Vector2[]> Strokes);

/// <summary>
/// The characters that captions need, drawn for them: a machine's fonts are its own, and a film must not depend on them. The unit is the
/// height of a digit; x goes to the right and y up from the line that the text stands on.
/// </summary>
internal static class CaptionGlyphs
{
    /// <summary>How far below the line a character reaches.</summary>
    public const float Descent = 0.28f;

    /// <summary>The pen's width.</summary>
    public const float PenWidth = 0.13f;

    // Digits are all as wide, so that figures do not dance from frame to frame.
    private const float DigitAdvance = 0.82f;

    private const int PointsPerTurn = 48;

    private static readonly Dictionary<char, CaptionGlyph> Glyphs = new()
    {
        [' '] = new(0.42f, []),
        ['.'] = new(0.36f, [Line(0.08f, 0, 0.08f, 0.02f)]),
        ['-'] = new(0.72f, [Line(0.06f, 0.42f, 0.5f, 0.42f)]),
        ['0'] = new(DigitAdvance, [Arc(0.3f, 0.5f, 0.29f, 0.5f, 0, 360)]),
        ['1'] = new(DigitAdvance, [Line(0.1f, 0.8f, 0.36f, 1, 0.36f, 0)]),
        ['2'] = new(DigitAdvance, [[.. Arc(0.3f, 0.71f, 0.28f, 0.29f, 165, -38), .. Line(0.02f, 0, 0.6f, 0)]]),
        ['3'] = new(DigitAdvance,
            [[.. Arc(0.28f, 0.765f, 0.25f, 0.235f, 145, -90), .. Arc(0.28f, 0.265f, 0.3f, 0.265f, 90, -148)]]),
        ['4'] = new(DigitAdvance, [Line(0.45f, 0, 0.45f, 1, 0, 0.28f, 0.62f, 0.28f)]),
        ['5'] = new(DigitAdvance, [[.. Line(0.53f, 1, 0.1f, 1, 0.06f, 0.53f), .. Arc(0.28f, 0.32f, 0.3f, 0.32f, 132, -148)]]),
        ['6'] = new(DigitAdvance, [Arc(0.3f, 0.32f, 0.29f, 0.32f, 0, 360), Arc(0.58f, 0.34f, 0.57f, 0.66f, 182, 103)]),
        ['7'] = new(DigitAdvance, [Line(0, 1, 0.6f, 1, 0.2f, 0)]),
        ['8'] = new(DigitAdvance, [Arc(0.3f, 0.765f, 0.245f, 0.235f, 0, 360), Arc(0.3f, 0.265f, 0.295f, 0.265f, 0, 360)]),
        ['9'] = new(DigitAdvance, [Arc(0.3f, 0.68f, 0.29f, 0.32f, 0, 360), Arc(0.02f, 0.66f, 0.57f, 0.66f, 2, -77)]),
        ['B'] = new(0.82f,
        [
            Line(0.32f, 0, 0.02f, 0, 0.02f, 1, 0.28f, 1),
            [.. Arc(0.28f, 0.77f, 0.23f, 0.23f, 90, -90), .. Arc(0.32f, 0.27f, 0.27f, 0.27f, 90, -90)],
            Line(0.02f, 0.54f, 0.32f, 0.54f),
        ]),
        ['c'] = new(0.68f, [Arc(0.28f, 0.34f, 0.28f, 0.34f, 50, 310)]),
        ['d'] = new(0.82f, [Arc(0.27f, 0.34f, 0.27f, 0.34f, 0, 360), Line(0.56f, 1, 0.56f, 0)]),
        ['e'] = new(0.76f, [[.. Line(0.02f, 0.35f, 0.55f, 0.35f), .. Arc(0.28f, 0.34f, 0.28f, 0.34f, 0, 312)]]),
        ['h'] = new(0.78f, [Line(0.02f, 0, 0.02f, 1), [.. Arc(0.27f, 0.41f, 0.25f, 0.27f, 180, 0), .. Line(0.52f, 0.41f, 0.52f, 0)]]),
        ['o'] = new(0.78f, [Arc(0.28f, 0.34f, 0.28f, 0.34f, 0, 360)]),
        ['p'] = new(0.8f, [Arc(0.29f, 0.34f, 0.27f, 0.34f, 0, 360), Line(0.01f, 0.68f, 0.01f, -Descent)]),
        ['s'] = new(0.62f, [[.. Arc(0.24f, 0.515f, 0.19f, 0.165f, 35, 270), .. Arc(0.24f, 0.175f, 0.22f, 0.175f, 90, -148)]]),
    };

    /// <summary>The glyph of a character, one of those of <see cref="CaptionText"/>.</summary>
    public static CaptionGlyph Of(char character) => Glyphs[character];

    /// <summary>How wide a text is.</summary>
    public static float WidthOf(string text) => text.Sum(character => Of(character).Advance);

    private static Vector2[] Line(params float[] coordinates) =>
        [.. coordinates.Chunk(2).Select(point => new Vector2(point[0], point[1]))];

    /// <summary>A part of an ellipse, from one angle to another in degrees, counted from the right and against the clock.</summary>
    private static Vector2[] Arc(float centerX, float centerY, float radiusX, float radiusY, float from, float to)
    {
        int count = Math.Max(2, (int)(Math.Abs(to - from) / 360 * PointsPerTurn));
        return [.. Enumerable.Range(0, count + 1).Select(i =>
        {
            (float sine, float cosine) = MathF.SinCos((from + (to - from) * i / count) * MathF.PI / 180);
            return new Vector2(centerX + radiusX * cosine, centerY + radiusY * sine);
        })];
    }
}
