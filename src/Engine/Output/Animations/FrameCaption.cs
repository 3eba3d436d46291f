using System.Globalization;
using MonaLisa.Engine.Numerics;
using OxyPlot;

namespace MonaLisa.Engine.Output;

/// <summary>The caption of a frame.</summary>
/// <param name="Left">The epoch.</param>
/// <param name="Middle">The PSNR, where it is known.</param>
/// <param name="Right">The training time.</param>
internal readonly record struct CaptionText(string Left, string Middle, string Right)
{
    private const double FewSeconds = 100;

    // Between two of them, and beside the outer ones: the height of a digit.
    private const double LeastGap = StrokeFont.CapitalHeight;

    /// <summary>The caption of a snapshot.</summary>
    public static CaptionText Of(TrainingSnapshot snapshot)
    {
        double seconds = snapshot.Elapsed.TotalSeconds;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"epoch {snapshot.Epoch}"),
            snapshot.Psnr is double psnr ? Decibels.Text(psnr, "F1") : "",
            seconds.ToString(seconds < FewSeconds ? "F1" : "F0", CultureInfo.InvariantCulture) + " s");
    }

    /// <summary>The width that the three need side by side, the middle one in the middle, at a font size of 1.</summary>
    public double Width => WidthOf(Middle, 1) + 2 * (Math.Max(WidthOf(Left, 1), WidthOf(Right, 1)) + LeastGap);

    /// <summary>The width of a text.</summary>
    public static double WidthOf(string text, double fontSize) => StrokeFont.Measure(text, fontSize).Width;
}

/// <summary>Draws captions: light text on a dark strip, as large as every caption of the animation has room for.</summary>
internal sealed class CaptionStrip
{
    // Of the strip's height a digit has so much; the rest is margin and what hangs below the line.
    private const double DigitShare = 0.46;

    private const float Ground = 0.07f;

    private static readonly OxyColor Ink = OxyColor.FromRgb(237, 237, 237);

    private readonly Canvas _canvas;
    private readonly int _width;
    private readonly double _fontSize, _top, _margin;

    /// <summary>Plans the strips of an animation.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="texts">Every caption of the animation.</param>
    public CaptionStrip(int width, int height, IEnumerable<CaptionText> texts)
    {
        _canvas = new Canvas(width, height);
        _width = width;
        _fontSize = Math.Min(height * DigitShare / StrokeFont.CapitalHeight, width / texts.Max(text => text.Width));
        double digit = _fontSize * StrokeFont.CapitalHeight;
        // The middle of the digits is the strip's.
        _top = (height + digit) / 2 - StrokeFont.Ascent * _fontSize;
        _margin = Math.Min((height - digit) / 2, digit / 2);
    }

    /// <summary>The strip, <c>[height, width, 3]</c>, as <see cref="Draw"/> left it.</summary>
    public ReadOnlySpan<float> Colors => _canvas.Colors;

    /// <summary>Draws a caption in place of the one before.</summary>
    public void Draw(CaptionText text)
    {
        _canvas.Fill(Ground);
        Write(text.Left, _margin);
        Write(text.Middle, (_width - CaptionText.WidthOf(text.Middle, _fontSize)) / 2);
        Write(text.Right, _width - _margin - CaptionText.WidthOf(text.Right, _fontSize));
        _canvas.Blend(Ink);
    }

    private void Write(string text, double left) => _canvas.AddText(
        text, _fontSize, StrokeFont.Thickness(_fontSize, isBold: false), point => new ScreenPoint(left + point.X, _top + point.Y));
}
