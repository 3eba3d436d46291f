using OxyPlot;

namespace MonaLisa.Engine.Output;

/// <summary>
/// Draws plots on a canvas. Dashes are in pixels, as in SVG; the font's name is ignored.
/// </summary>
/// <param name="canvas">The canvas.</param>
/// <param name="letters">The letters of its texts.</param>
internal sealed class CanvasRenderContext(Canvas canvas, ILettering letters) : ClippingRenderContext
{
    private const int BoldWeight = 600;

    /// <inheritdoc/>
    public override void DrawLine(
        IList<ScreenPoint> points, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode, double[] dashArray,
        LineJoin lineJoin)
    {
        if (!IsDrawn(stroke) || thickness <= 0)
            return;
        foreach ((ScreenPoint from, ScreenPoint to) in DashedLine.Parts(points, dashArray))
            canvas.AddLine(from, to, thickness);
        canvas.Blend(stroke);
    }

    /// <inheritdoc/>
    public override void DrawPolygon(
        IList<ScreenPoint> points, OxyColor fill, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode,
        double[] dashArray, LineJoin lineJoin)
    {
        if (IsDrawn(fill))
        {
            canvas.AddPolygon(points);
            canvas.Blend(fill);
        }
        if (points.Count > 0)
            DrawLine([.. points, points[0]], stroke, thickness, edgeRenderingMode, dashArray, lineJoin);
    }

    /// <inheritdoc/>
    public override void DrawText(
        ScreenPoint p, string text, OxyColor fill, string fontFamily, double fontSize, double fontWeight, double rotation,
        HorizontalAlignment horizontalAlignment, VerticalAlignment verticalAlignment, OxySize? maxSize)
    {
        if (string.IsNullOrEmpty(text) || !IsDrawn(fill))
            return;
        OxySize size = letters.Measure(text, fontSize, fontWeight >= BoldWeight);
        double left = horizontalAlignment switch
        {
            HorizontalAlignment.Left => 0,
            HorizontalAlignment.Center => -size.Width / 2,
            _ => -size.Width,
        };
        double top = verticalAlignment switch
        {
            VerticalAlignment.Top => 0,
            VerticalAlignment.Middle => -size.Height / 2,
            _ => -size.Height,
        };
        (double sine, double cosine) = Math.SinCos(rotation * Math.PI / 180);
        letters.AddTo(canvas, text, fontSize, fontWeight >= BoldWeight, Place);
        canvas.Blend(fill);

        ScreenPoint Place(ScreenPoint point)
        {
            double x = point.X + left, y = point.Y + top;
            return new ScreenPoint(p.X + cosine * x - sine * y, p.Y + sine * x + cosine * y);
        }
    }

    /// <inheritdoc/>
    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight) =>
        string.IsNullOrEmpty(text) ? OxySize.Empty : letters.Measure(text, fontSize, fontWeight >= BoldWeight);

    /// <inheritdoc/>
    protected override void SetClip(OxyRect clippingRectangle) => canvas.SetClip(clippingRectangle);

    /// <inheritdoc/>
    protected override void ResetClip() => canvas.ResetClip();

    private static bool IsDrawn(OxyColor color) => !color.IsUndefined() && color.A > 0;
}

/// <summary>Cuts a line into its dashes, which go on around its corners.</summary>
internal static class DashedLine
{
    /// <summary>The straight parts to draw.</summary>
    /// <param name="points">The line's corners.</param>
    /// <param name="dashes">Lengths of dashes and gaps in turn; null or empty for a line without gaps.</param>
    public static IEnumerable<(ScreenPoint From, ScreenPoint To)> Parts(IList<ScreenPoint> points, double[]? dashes)
    {
        bool isDashed = dashes is { Length: > 0 } && dashes.Sum() > 0;
        int dash = 0;
        double left = isDashed ? dashes![0] : 0;
        for (int i = 0; i + 1 < points.Count; i++)
        {
            ScreenPoint from = points[i], to = points[i + 1];
            double length = from.DistanceTo(to);
            if (!isDashed || !double.IsFinite(length))
            {
                yield return (from, to);
                continue;
            }
            for (double done = 0; done < length;)
            {
                double step = Math.Min(left, length - done);
                if (dash % 2 == 0)
                    yield return (Between(from, to, done / length), Between(from, to, (done + step) / length));
                done += step;
                left -= step;
                while (left <= 0)
                    left += dashes![++dash % dashes.Length];
            }
        }
    }

    private static ScreenPoint Between(ScreenPoint from, ScreenPoint to, double share) =>
        new(from.X + share * (to.X - from.X), from.Y + share * (to.Y - from.Y));
}
