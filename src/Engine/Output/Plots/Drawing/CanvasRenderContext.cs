using OxyPlot;

namespace MonaLisa.Engine.Output;

/// <summary>
/// Draws plots on a canvas. Dashes are in pixels, as in SVG; letters are those of <see cref="StrokeFont"/>, whatever the font's name.
/// </summary>
internal sealed class CanvasRenderContext(Canvas canvas) : ClippingRenderContext
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
        OxySize size = StrokeFont.Measure(text, fontSize);
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
        double thickness = StrokeFont.Thickness(fontSize, fontWeight >= BoldWeight);
        foreach (IReadOnlyList<ScreenPoint> stroke in StrokeFont.Strokes(text, fontSize))
            for (int i = 0; i < Math.Max(1, stroke.Count - 1); i++)
                canvas.AddLine(Place(stroke[i]), Place(stroke[Math.Min(i + 1, stroke.Count - 1)]), thickness);
        canvas.Blend(fill);

        ScreenPoint Place(ScreenPoint point)
        {
            double x = point.X + left, y = point.Y + top;
            return new ScreenPoint(p.X + cosine * x - sine * y, p.Y + sine * x + cosine * y);
        }
    }

    /// <inheritdoc/>
    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight) =>
        string.IsNullOrEmpty(text) ? OxySize.Empty : StrokeFont.Measure(text, fontSize);

    /// <inheritdoc/>
    protected override void SetClip(OxyRect clippingRectangle) => canvas.SetClip(clippingRectangle);

    /// <inheritdoc/>
    protected override void ResetClip() => canvas.ResetClip();

    private static bool IsDrawn(OxyColor color) => !color.IsUndefined() && color.A > 0;
}
