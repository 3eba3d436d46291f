using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Output;
using OxyPlot;

namespace MonaLisa.Engine.Tests;

public class DrawingTests
{
    [Fact]
    public void Every_character_of_ASCII_has_strokes_of_its_own()
    {
        string box = Drawing('\u4e00');
        string[] drawings = [.. Enumerable.Range('!', '~' - '!' + 1).Select(code => Drawing((char)code))];
        Assert.Equal(94, drawings.Distinct().Count());
        Assert.DoesNotContain(box, drawings);
        Assert.DoesNotContain("", drawings);
        Assert.Empty(StrokeFont.Strokes(" ", 20));
        Assert.Equal(Drawing('u'), Drawing('\u00fc'));

        static string Drawing(char letter) =>
            string.Join(';', StrokeFont.Strokes(letter.ToString(), 20).Select(stroke => string.Join(' ', stroke)));
    }

    [Fact]
    public void Letters_stay_in_the_box_that_is_measured()
    {
        const string Text = "gjpqy|Qf{}@ WM(x)";
        OxySize size = StrokeFont.Measure(Text, 30);
        ScreenPoint[] points = [.. StrokeFont.Strokes(Text, 30).SelectMany(stroke => stroke)];
        Assert.InRange(points.Min(point => point.X), 0, 2);
        Assert.InRange(points.Max(point => point.X), size.Width - 2, size.Width);
        Assert.All(points, point => Assert.InRange(point.Y, 0, size.Height));
        Assert.Equal(0, StrokeFont.Measure("", 30).Width);
    }

    [Fact]
    public void A_polygon_covers_its_area_and_no_more()
    {
        var canvas = new Canvas(20, 20);
        canvas.AddPolygon([new(2.5, 3), new(12.5, 3), new(12.5, 9.5), new(2.5, 9.5)]);
        canvas.Blend(OxyColors.Black);
        Assert.Equal(65, Ink(canvas), 0.001);
    }

    [Fact]
    public void A_line_covers_its_length_times_its_thickness_and_overlaps_count_once()
    {
        var canvas = new Canvas(60, 20);
        for (int i = 0; i < 2; i++)
            canvas.AddLine(new(10, 10), new(50, 10), 3);
        canvas.Blend(OxyColors.Black);
        // Two half discs at the ends.
        Assert.Equal(40 * 3 + Math.PI * 1.5 * 1.5, Ink(canvas), 0.5);
    }

    [Fact]
    public void Nothing_is_drawn_outside_the_clip()
    {
        var canvas = new Canvas(20, 20);
        canvas.SetClip(new OxyRect(0, 0, 20, 10));
        canvas.AddLine(new(-100, 15), new(100, 15), 3);
        canvas.AddPolygon([new(0, 8), new(20, 8), new(20, 30), new(0, 30)]);
        canvas.Blend(OxyColors.Black);
        Assert.Equal(40, Ink(canvas), 0.001);
        canvas.AddLine(new(double.NaN, 0), new(5, 5), 3);
        canvas.Blend(OxyColors.Black);
        Assert.Equal(40, Ink(canvas), 0.001);
    }

    [Fact]
    public void Dashes_go_on_around_a_corner()
    {
        (ScreenPoint From, ScreenPoint To)[] parts = [.. DashedLine.Parts([new(0, 0), new(5, 0), new(5, 10)], [4, 2])];
        Assert.Equal(
            [(new(0, 0), new(4, 0)), (new(5, 1), new(5, 5)), (new(5, 7), new(5, 10))], parts);
        Assert.Equal(2, DashedLine.Parts([new(0, 0), new(5, 0), new(5, 10)], null).Count());
    }

    [Theory]
    [InlineData(1, 0, 0, 1, new[] { 0, 1, 2 })]
    // A quarter turn against the clock: to the right becomes upwards.
    [InlineData(0, -1, 1, 0, new[] { 12, 8, 4 })]
    public void A_mask_is_moved_and_turned(double rightX, double rightY, double downX, double downY, int[] pixels)
    {
        // Four pixels a row; the mask is three wide and one high, with a place a little off whole pixels.
        var canvas = new Canvas(4, 5);
        double startY = rightY < 0 ? 4.2 : 0.2;
        canvas.AddMask([255, 51, 255], 3, point =>
            new ScreenPoint(0.2 + rightX * point.X + downX * point.Y, startY + rightY * point.X + downY * point.Y));
        canvas.Blend(OxyColors.Black);
        float[] shades = [.. canvas.Colors.ToArray().Chunk(3).Select(pixel => pixel[0])];
        Assert.Equal([0, 0.8f, 0], pixels.Select(pixel => MathF.Round(shades[pixel], 4)));
        Assert.Equal(20 - 3, shades.Count(shade => shade == 1));
    }

    // How much black there is, in pixels.
    private static double Ink(Canvas canvas) => canvas.Colors.ToArray().Chunk(3).Sum(pixel => 1.0 - pixel[0]);
}
