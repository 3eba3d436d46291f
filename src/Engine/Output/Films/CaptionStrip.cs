using System.Numerics;

namespace MonaLisa.Engine.Output;

/// <summary>Draws captions: light strokes on a dark strip, the text as high as every caption of the film has room for.</summary>
internal sealed class CaptionStrip
{
    // Of the strip's height a digit has so much; the rest is margin and what hangs below the line.
    private const float DigitShare = 0.46f;

    private const float Ink = 0.93f, Ground = 0.07f;

    private readonly int _width, _height;
    private readonly float _digit, _baseline, _margin;
    private readonly float[] _rows;

    /// <summary>Plans the strips of a film.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="texts">Every caption of the film.</param>
    public CaptionStrip(int width, int height, IEnumerable<CaptionText> texts)
    {
        (_width, _height) = (width, height);
        _rows = new float[width * height];
        _digit = Math.Min(height * DigitShare, width / texts.Max(text => text.Width));
        // The middle of the digits is the strip's.
        _baseline = (height + _digit) / 2;
        _margin = Math.Min((height - _digit) / 2, _digit / 2);
    }

    /// <summary>The strip, <c>[height, width]</c>, from 0 (black) to 1 (white), as <see cref="Draw"/> left it.</summary>
    public ReadOnlySpan<float> Rows => _rows;

    /// <summary>Draws a caption in place of the one before.</summary>
    public void Draw(CaptionText text)
    {
        Array.Fill(_rows, Ground);
        Write(text.Left, _margin);
        Write(text.Middle, (_width - CaptionGlyphs.WidthOf(text.Middle) * _digit) / 2);
        Write(text.Right, _width - _margin - CaptionGlyphs.WidthOf(text.Right) * _digit);
    }

    private void Write(string text, float left)
    {
        foreach (char character in text)
        {
            CaptionGlyph glyph = CaptionGlyphs.Of(character);
            foreach (Vector2[] stroke in glyph.Strokes)
                Stroke(stroke, left);
            left += glyph.Advance * _digit;
        }
    }

    private void Stroke(Vector2[] stroke, float left)
    {
        float radius = CaptionGlyphs.PenWidth * _digit / 2;
        Vector2[] points = [.. stroke.Select(point => new Vector2(left + point.X * _digit + radius, _baseline - point.Y * _digit))];
        int firstX = Math.Max(0, (int)(points.Min(point => point.X) - radius - 1));
        int firstY = Math.Max(0, (int)(points.Min(point => point.Y) - radius - 1));
        int endX = Math.Min(_width, (int)(points.Max(point => point.X) + radius + 2));
        int endY = Math.Min(_height, (int)(points.Max(point => point.Y) + radius + 2));
        for (int y = firstY; y < endY; y++)
            for (int x = firstX; x < endX; x++)
            {
                // A pixel is inked by how far the pen reaches over its centre.
                float coverage = Math.Clamp(radius - Distance(points, new Vector2(x + 0.5f, y + 0.5f)) + 0.5f, 0, 1);
                ref float pixel = ref _rows[y * _width + x];
                pixel = Math.Max(pixel, Ground + (Ink - Ground) * coverage);
            }
    }

    private static float Distance(Vector2[] points, Vector2 place)
    {
        float nearest = float.PositiveInfinity;
        for (int i = 1; i < points.Length; i++)
        {
            Vector2 along = points[i] - points[i - 1];
            float share = Math.Clamp(Vector2.Dot(place - points[i - 1], along) / Math.Max(along.LengthSquared(), float.Epsilon), 0, 1);
            nearest = Math.Min(nearest, Vector2.DistanceSquared(place, points[i - 1] + along * share));
        }
        return MathF.Sqrt(nearest);
    }
}
