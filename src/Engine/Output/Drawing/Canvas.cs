using MonaLisa.Engine.Pictures;
using OxyPlot;

namespace MonaLisa.Engine.Output;

/// <summary>
/// A picture to draw on with smooth edges: lines, polygons and text. A shape is first laid into a mask of coverages, so that parts of it that
/// overlap count once, and then blended in one colour.
/// </summary>
internal sealed class Canvas
{
    private const int Channels = 3;

    // Rows of samples in a pixel's height, for the edges of filled shapes; along a row coverage is exact.
    private const int SubRows = 4;

    private readonly float[] _colors, _mask;
    private readonly int _width, _height;
    private (int Left, int Top, int Right, int Bottom) _clip, _dirty;

    /// <summary>A white canvas.</summary>
    public Canvas(int width, int height)
    {
        (_width, _height) = (width, height);
        _colors = new float[checked(width * height * Channels)];
        _mask = new float[width * height];
        Fill(1);
        ResetClip();
        ClearDirty();
    }

    /// <summary>The picture, <c>[height, width, 3]</c>.</summary>
    public ReadOnlySpan<float> Colors => _colors;

    /// <summary>The picture's rows.</summary>
    public RowSource Rows => RowSources.Of(_colors, _width, Channels);

    /// <summary>Fills the picture with a grey, from 0 (black) to 1 (white).</summary>
    public void Fill(float shade) => Array.Fill(_colors, shade);

    /// <summary>Draws only inside a rectangle from now on.</summary>
    public void SetClip(OxyRect clip) => _clip = (
        Math.Clamp((int)Math.Floor(clip.Left), 0, _width), Math.Clamp((int)Math.Floor(clip.Top), 0, _height),
        Math.Clamp((int)Math.Ceiling(clip.Right), 0, _width), Math.Clamp((int)Math.Ceiling(clip.Bottom), 0, _height));

    /// <summary>Draws everywhere again.</summary>
    public void ResetClip() => _clip = (0, 0, _width, _height);

    /// <summary>Adds a straight line with round ends to the shape; ends at one place make a dot.</summary>
    public void AddLine(ScreenPoint from, ScreenPoint to, double thickness)
    {
        double radius = thickness / 2, reach = radius + 0.5;
        double alongX = to.X - from.X, alongY = to.Y - from.Y, squared = alongX * alongX + alongY * alongY;
        if (!double.IsFinite(squared))
            return;
        int top = Math.Max(_clip.Top, (int)Math.Floor(Math.Min(from.Y, to.Y) - reach));
        int bottom = Math.Min(_clip.Bottom, (int)Math.Ceiling(Math.Max(from.Y, to.Y) + reach));
        int left = Math.Max(_clip.Left, (int)Math.Floor(Math.Min(from.X, to.X) - reach));
        int right = Math.Min(_clip.Right, (int)Math.Ceiling(Math.Max(from.X, to.X) + reach));
        for (int y = top; y < bottom; y++)
            for (int x = left; x < right; x++)
            {
                double awayX = x + 0.5 - from.X, awayY = y + 0.5 - from.Y;
                double share = squared == 0 ? 0 : Math.Clamp((awayX * alongX + awayY * alongY) / squared, 0, 1);
                double distanceX = awayX - share * alongX, distanceY = awayY - share * alongY;
                double distance = Math.Sqrt(distanceX * distanceX + distanceY * distanceY);
                // A line thinner than a pixel covers less of it than one.
                Cover(x, y, Math.Min(Math.Clamp(reach - distance, 0, 1), thickness));
            }
        MarkDirty(left, top, right, bottom);
    }

    /// <summary>Adds a line of text to the shape.</summary>
    /// <param name="text">The text; its letters are those of <see cref="StrokeFont"/>.</param>
    /// <param name="fontSize">The font's size in pixels.</param>
    /// <param name="thickness">The strokes' thickness in pixels.</param>
    /// <param name="place">From a point of the text's box, whose upper left corner is (0, 0), to its place in the picture.</param>
    public void AddText(string text, double fontSize, double thickness, Func<ScreenPoint, ScreenPoint> place)
    {
        foreach (IReadOnlyList<ScreenPoint> stroke in StrokeFont.Strokes(text, fontSize))
            for (int i = 0; i < Math.Max(1, stroke.Count - 1); i++)
                AddLine(place(stroke[i]), place(stroke[Math.Min(i + 1, stroke.Count - 1)]), thickness);
    }

    /// <summary>Adds a mask to the shape.</summary>
    /// <param name="coverage">How much of each pixel it covers, of 255, <c>[height, width]</c>.</param>
    /// <param name="width">Pixels in a row of the mask.</param>
    /// <param name="place">From a point of the mask to its place in the picture, moved and turned.</param>
    public void AddMask(ReadOnlySpan<byte> coverage, int width, Func<ScreenPoint, ScreenPoint> place)
    {
        if (coverage.Length == 0)
            return;
        int height = coverage.Length / width;
        ScreenPoint corner = place(new ScreenPoint(0, 0));
        ScreenVector right = place(new ScreenPoint(1, 0)) - corner, down = place(new ScreenPoint(0, 1)) - corner;
        // On whole pixels the mask stays sharp.
        corner = new ScreenPoint(Math.Round(corner.X), Math.Round(corner.Y));
        ScreenPoint[] corners = [corner, corner + right * width, corner + down * height, corner + right * width + down * height];
        int left = Math.Max(_clip.Left, (int)Math.Floor(corners.Min(point => point.X)));
        int top = Math.Max(_clip.Top, (int)Math.Floor(corners.Min(point => point.Y)));
        int end = Math.Min(_clip.Right, (int)Math.Ceiling(corners.Max(point => point.X)));
        int bottom = Math.Min(_clip.Bottom, (int)Math.Ceiling(corners.Max(point => point.Y)));
        for (int y = top; y < bottom; y++)
            for (int x = left; x < end; x++)
            {
                double awayX = x + 0.5 - corner.X, awayY = y + 0.5 - corner.Y;
                Cover(x, y, Sample(coverage, width, awayX * right.X + awayY * right.Y - 0.5, awayX * down.X + awayY * down.Y - 0.5));
            }
        MarkDirty(left, top, end, bottom);
    }

    /// <summary>Adds a filled polygon to the shape; where it crosses itself, every second part is empty.</summary>
    public void AddPolygon(IList<ScreenPoint> points)
    {
        if (points.Count < 3)
            return;
        int top = Math.Max(_clip.Top, (int)Math.Floor(points.Min(point => point.Y)));
        int bottom = Math.Min(_clip.Bottom, (int)Math.Ceiling(points.Max(point => point.Y)));
        List<double> crossings = [];
        for (int subRow = top * SubRows; subRow < bottom * SubRows; subRow++)
        {
            double y = (subRow + 0.5) / SubRows;
            crossings.Clear();
            for (int i = 0; i < points.Count; i++)
            {
                ScreenPoint from = points[i], to = points[(i + 1) % points.Count];
                if (from.Y <= y != to.Y <= y)
                    crossings.Add(from.X + (y - from.Y) / (to.Y - from.Y) * (to.X - from.X));
            }
            crossings.Sort();
            for (int i = 0; i + 1 < crossings.Count; i += 2)
                AddSpan(subRow / SubRows, crossings[i], crossings[i + 1]);
        }
        MarkDirty(_clip.Left, top, _clip.Right, bottom);
    }

    /// <summary>Blends the shape in a colour, and begins a new one.</summary>
    public void Blend(OxyColor color)
    {
        Span<float> rgb = [color.R / 255f, color.G / 255f, color.B / 255f];
        for (int y = _dirty.Top; y < _dirty.Bottom; y++)
            for (int x = _dirty.Left; x < _dirty.Right; x++)
            {
                float coverage = Math.Min(1, _mask[y * _width + x]) * color.A / 255f;
                _mask[y * _width + x] = 0;
                if (coverage == 0)
                    continue;
                Span<float> pixel = _colors.AsSpan((y * _width + x) * Channels, Channels);
                for (int channel = 0; channel < Channels; channel++)
                    pixel[channel] += coverage * (rgb[channel] - pixel[channel]);
            }
        ClearDirty();
    }

    // Between four pixels of a mask, which is empty outside.
    private static double Sample(ReadOnlySpan<byte> coverage, int width, double x, double y)
    {
        int column = (int)Math.Floor(x), row = (int)Math.Floor(y), height = coverage.Length / width;
        double sum = 0;
        for (int i = 0; i < 4; i++)
        {
            int atX = column + (i & 1), atY = row + (i >> 1);
            double share = (1 - Math.Abs(x - atX)) * (1 - Math.Abs(y - atY));
            if (share > 0 && atX >= 0 && atX < width && atY >= 0 && atY < height)
                sum += share * coverage[atY * width + atX];
        }
        return sum / byte.MaxValue;
    }

    private void AddSpan(int y, double from, double to)
    {
        (from, to) = (Math.Max(from, _clip.Left), Math.Min(to, _clip.Right));
        for (int x = (int)Math.Floor(from); x < to; x++)
            _mask[y * _width + x] += (float)((Math.Min(to, x + 1) - Math.Max(from, x)) / SubRows);
    }

    private void Cover(int x, int y, double coverage)
    {
        ref float place = ref _mask[y * _width + x];
        place = Math.Max(place, (float)coverage);
    }

    private void MarkDirty(int left, int top, int right, int bottom)
    {
        if (left < right && top < bottom)
            _dirty = (
                Math.Min(_dirty.Left, left), Math.Min(_dirty.Top, top), Math.Max(_dirty.Right, right), Math.Max(_dirty.Bottom, bottom));
    }

    private void ClearDirty() => _dirty = (_width, _height, 0, 0);
}
