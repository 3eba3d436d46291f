using MonaLisa.Engine.Output;

namespace MonaLisa.Engine.Tests;

public class FrameCaptionTests
{
    private const float Ground = 0.07f;

    [Fact]
    public void A_caption_tells_epoch_psnr_and_time()
    {
        Assert.Equal(new CaptionText("epoch 12", "34.6 dB", "4.2 s"), Caption(12, 34.56, 4.24));
        Assert.Equal(new CaptionText("epoch 0", "", "0.0 s"), Caption(0, null, 0));
        Assert.Equal("125 s", Caption(1, 1, 125.3).Right);
        Assert.Equal("-3.1 dB", Caption(1, -3.1, 0).Middle);
    }

    [Theory]
    [InlineData(300, 26)]
    [InlineData(240, 18)]
    [InlineData(2000, 180)]
    public void Its_parts_lie_apart_within_the_strip(int width, int height)
    {
        CaptionText text = Caption(1234, -12.5, 98765);
        var strip = new CaptionStrip(width, height, [text]);
        strip.Draw(text);
        float[] rows = Rows(strip);
        bool[] inked = [.. Enumerable.Range(0, width).Select(x => Enumerable.Range(0, height).Any(y => rows[y * width + x] > 2 * Ground))];
        Assert.False(inked[0] || inked[^1]);
        Assert.DoesNotContain(true, rows.Take(width).Concat(rows.TakeLast(width)).Select(pixel => pixel > 2 * Ground));
        // Two gaps nearly as wide as a digit is high part the three.
        int gap = 0, gaps = 0;
        for (int x = Array.IndexOf(inked, true); x < Array.LastIndexOf(inked, true); x++)
        {
            gap = inked[x] ? 0 : gap + 1;
            if (gap == Math.Max(1, (int)(0.85 * Math.Min(height * 0.46, StrokeFont.CapitalHeight * width / text.Width))))
                gaps++;
        }
        Assert.Equal(2, gaps);
    }

    [Fact]
    public void Every_character_is_drawn_and_looks_like_no_other()
    {
        const string characters = "0123456789.-dBsepoch";
        string[] drawn = [.. characters.Select(character =>
        {
            var strip = new CaptionStrip(80, 40, [new CaptionText($"{character}", "", "")]);
            strip.Draw(new CaptionText($"{character}", "", ""));
            Assert.Contains(Rows(strip), pixel => pixel > 0.9f);
            return string.Join(' ', Rows(strip));
        })];
        Assert.Equal(characters.Length, drawn.Distinct().Count());
    }

    [Fact]
    public void The_next_caption_takes_the_place_of_the_last()
    {
        var strip = new CaptionStrip(200, 20, [Caption(1, 20, 1), Caption(2, 30, 2)]);
        strip.Draw(Caption(1, 20, 1));
        float[] first = Rows(strip);
        strip.Draw(Caption(2, 30, 2));
        Assert.NotEqual(first, Rows(strip));
        strip.Draw(Caption(1, 20, 1));
        Assert.Equal(first, Rows(strip));
    }

    // The captions are grey.
    private static float[] Rows(CaptionStrip strip) => [.. strip.Colors.ToArray().Where((_, i) => i % 3 == 0)];

    private static CaptionText Caption(int epoch, double? psnr, double seconds) =>
        CaptionText.Of(new TrainingSnapshot(epoch, 5, TimeSpan.FromSeconds(seconds), psnr));
}
