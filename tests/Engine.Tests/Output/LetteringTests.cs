using System.Text;
using MonaLisa.Engine.Output;
using OxyPlot;

namespace MonaLisa.Engine.Tests;

/// <summary>Texts of any language in pictures; a machine has these fonts or others, or none.</summary>
public class LetteringTests
{
    // Unicode promises that this is no letter, so no font has it.
    private const string NoLetter = "\uFDD1";

    [Theory, InlineData("PSNR: mona-lisa (dB), [1]"), InlineData(""), InlineData("2 \u00d7 3 \u2013 \u201cx\u201d\u00a0y")]
    public void What_the_module_can_draw_looks_the_same_on_every_machine(string text)
    {
        Lettering lettering = Lettering.For([text, "epoch"]);
        Assert.Same(StrokeLettering.Instance, lettering.Letters);
        Assert.Empty(lettering.Missing);
    }

    [Theory, InlineData("\u00c9cole", '\u00c9'), InlineData("\u041b\u0435\u0441", '\u041b'), InlineData("\u65e5", '\u65e5')]
    public void Other_letters_are_drawn_by_a_font_or_named(string text, char letter)
    {
        Lettering lettering = Lettering.For(["epoch", text]);
        Assert.Equal(SystemLettering.IsAvailable, lettering.Letters is SystemLettering);
        if (!lettering.Missing.Contains(new Rune(letter)))
            Assert.NotEqual(Picture(lettering.Letters, text), Picture(lettering.Letters, NoLetter + text[1..]));
        Assert.All(lettering.Missing, missing => Assert.False(missing.IsAscii));
    }

    [Fact]
    public void What_no_font_has_is_named_once()
    {
        Lettering lettering = Lettering.For([NoLetter + "x", "y" + NoLetter, "\U0001FFFF"]);
        Assert.Equal([NoLetter, "\U0001FFFF"], lettering.Missing.Select(rune => rune.ToString()));
    }

    [Fact]
    public void A_text_is_no_markup()
    {
        Lettering lettering = Lettering.For(["<b>\u00e9</b> & <i>"]);
        Assert.NotEqual(Picture(lettering.Letters, "<b>\u00e9</b>"), Picture(lettering.Letters, "\u00e9"));
        Assert.True(lettering.Letters.Measure("\u00e9 & <b>", 20, false).Width > lettering.Letters.Measure("\u00e9", 20, false).Width);
    }

    [Fact]
    public void Letters_stay_in_the_box_that_is_measured()
    {
        const string Text = "\u00c5gj\u00e7 \u041b\u0434";
        ILettering letters = Lettering.For([Text]).Letters;
        OxySize size = letters.Measure(Text, 30, true);
        var canvas = new Canvas((int)Math.Ceiling(size.Width) + 20, (int)Math.Ceiling(size.Height) + 20);
        letters.AddTo(canvas, Text, 30, true, point => new ScreenPoint(point.X + 10, point.Y + 10));
        canvas.Blend(OxyColors.Black);
        int width = (int)Math.Ceiling(size.Width) + 20;
        float[] shades = [.. canvas.Colors.ToArray().Chunk(3).Select(pixel => pixel[0])];
        Assert.Contains(shades, shade => shade == 0);
        for (int i = 0; i < shades.Length; i++)
            if (i % width < 9 || i % width >= width - 9 || i / width < 9 || i / width >= shades.Length / width - 9)
                Assert.Equal(1, shades[i]);
    }

    [Fact]
    public void Spaces_alone_are_nothing()
    {
        if (!SystemLettering.IsAvailable)
            return;
        var letters = new SystemLettering();
        Assert.Equal(0, letters.Measure("  ", 20, false).Width);
        Assert.All(Picture(letters, "  "), shade => Assert.Equal(1, shade));
    }

    private static float[] Picture(ILettering letters, string text)
    {
        var canvas = new Canvas(120, 50);
        letters.AddTo(canvas, text, 30, false, point => point);
        canvas.Blend(OxyColors.Black);
        return canvas.Colors.ToArray();
    }
}
