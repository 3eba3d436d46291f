namespace MonaLisa.Engine.Tests;

public sealed class TerminalPictureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData(1, 1), InlineData(7, 3), InlineData(80, 24)]
    public void Half_blocks_show_every_pixel(int columns, int rows)
    {
        TerminalPixels pixels = Gradient(columns, rows * 2);
        ShownPicture shown = ShownPicture.OfBlocks(Encode(pixels, TerminalProtocol.Blocks, columns, rows));
        AssertSame(pixels, shown, largestDifference: 0);
    }

    [Theory]
    [InlineData(nameof(TerminalProtocol.Blocks), 6, 3)]
    [InlineData(nameof(TerminalProtocol.Sixel), 1, 1)]
    public void Transparent_pixels_show_the_terminal_itself(string name, int columns, int rows)
    {
        var protocol = Enum.Parse<TerminalProtocol>(name);
        var canvas = new TerminalCanvas(columns, rows, 6, 6);
        var pixels = new TerminalPixels(canvas.PixelWidth(protocol), canvas.PixelHeight(protocol));
        pixels.Lay(Colors(pixels, i => [1f, 0.4f, 0f, i * 7 % 5 < 2 ? 0f : 1f]), pixels.Width, 4);
        string text = TerminalPicture.Encode(pixels, protocol, canvas);
        ShownPicture shown = protocol == TerminalProtocol.Blocks ? ShownPicture.OfBlocks(text) : ShownPicture.OfSixels(text);
        Assert.Equal([.. Enumerable.Range(0, 36).Select(i => i * 7 % 5 < 2)], shown.Colors.Select(color => color is null));
        Assert.All(shown.Colors, color => Assert.True(color is null or 0xFF6600, $"{color:X6}"));
    }

    [Theory, InlineData(3, 2, 7, 11), InlineData(1, 1, 1, 1), InlineData(5, 1, 6, 6), InlineData(20, 4, 8, 16)]
    public void Sixels_show_few_colours_as_they_are(int columns, int rows, int cellWidth, int cellHeight)
    {
        var canvas = new TerminalCanvas(columns, rows, cellWidth, cellHeight);
        var pixels = new TerminalPixels(canvas.PixelWidth(TerminalProtocol.Sixel), canvas.PixelHeight(TerminalProtocol.Sixel));
        pixels.Lay(Colors(pixels, i => [i / 9 % 4 / 3f, i / 9 % 3 / 2f, i / 9 % 5 / 4f]), pixels.Width, 3);
        // A sixel's colours are whole percents.
        AssertSame(pixels, ShownPicture.OfSixels(TerminalPicture.Encode(pixels, TerminalProtocol.Sixel, canvas)), largestDifference: 2);
    }

    [Fact]
    public void Sixels_of_many_colours_are_near_them()
    {
        TerminalPixels pixels = Gradient(120, 100);
        ShownPicture shown = ShownPicture.OfSixels(Encode(pixels, TerminalProtocol.Sixel, 12, 5));
        Assert.Equal((120, 100), (shown.Width, shown.Height));
        Assert.InRange(Differences(pixels, shown).Average(), 0.01, 8);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Kitty_gets_a_file_in_chunks(bool throughTmux)
    {
        TerminalPixels pixels = Noise(90, 70);
        string text = TerminalPicture.Encode(pixels, TerminalProtocol.Kitty, new TerminalCanvas(9, 4), throughTmux);
        if (throughTmux)
        {
            Assert.StartsWith("\n\n\n\e[3A\ePtmux;", text, StringComparison.Ordinal);
            Assert.EndsWith("\r\e[3B", text, StringComparison.Ordinal);
        }
        string outside = throughTmux ? ShownPicture.ThroughTmux(text) : text;
        (byte[] file, IReadOnlyDictionary<string, string> keys) = ShownPicture.FileOfKitty(outside);
        Assert.Equal(("T", "100", "2", "9", "4"), (keys["a"], keys["f"], keys["q"], keys["c"], keys["r"]));
        Assert.Equal(throughTmux, keys.ContainsKey("C"));
        Assert.True(file.Length > 4096, "The test needs several chunks.");
        AssertSame(pixels, file);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void ITerm2_gets_a_file(bool throughTmux)
    {
        TerminalPixels pixels = Noise(30, 20);
        string text = TerminalPicture.Encode(pixels, TerminalProtocol.ITerm2, new TerminalCanvas(3, 1), throughTmux);
        string outside = throughTmux ? ShownPicture.ThroughTmux(text) : text;
        (byte[] file, IReadOnlyDictionary<string, string> keys) = ShownPicture.FileOfITerm2(outside);
        Assert.Equal(("1", "3", "1", $"{file.Length}"), (keys["inline"], keys["width"], keys["height"], keys["size"]));
        AssertSame(pixels, file);
    }

    [Fact]
    public void Files_keep_half_transparency()
    {
        var pixels = new TerminalPixels(8, 8);
        pixels.Lay(Colors(pixels, i => [i / 63f, 0.5f, 1 - i / 63f, i / 63f]), 8, 4);
        (byte[] file, _) = ShownPicture.FileOfKitty(TerminalPicture.Encode(pixels, TerminalProtocol.Kitty, new TerminalCanvas(1, 1)));
        PixelDataset picture = Read(file);
        Assert.Equal(4, picture.Channels);
        Assert.Equal(pixels.Samples.ToArray(), picture.Samples8.ToArray());
    }

    [Fact]
    public void Text_covers_more_of_a_cell_the_brighter_it_is()
    {
        const string ramp = " .:-=+*#%@";
        var pixels = new TerminalPixels(256, 1);
        pixels.Lay([.. Enumerable.Range(0, 256).Select(i => i / 255f)], 256, 1);
        string text = Encode(pixels, TerminalProtocol.Text, 256, 1);
        int[] steps = [.. text.Select(character => ramp.IndexOf(character, StringComparison.Ordinal))];
        Assert.Equal(256, text.Length);
        Assert.Equal([.. steps.Order()], steps);
        Assert.Equal((0, 9), (steps[0], steps[^1]));
        Assert.Equal(10, steps.Distinct().Count());
    }

    [Fact]
    public void Green_is_brighter_than_blue_in_text()
    {
        var pixels = new TerminalPixels(3, 2);
        pixels.Lay([0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, float.NaN, 0, 0], 3, 3);
        Assert.Equal("+:.\n@  ", Encode(pixels, TerminalProtocol.Text, 3, 2));
    }

    [Theory]
    [InlineData(nameof(TerminalProtocol.Blocks))]
    [InlineData(nameof(TerminalProtocol.Text))]
    [InlineData(nameof(TerminalProtocol.Sixel))]
    public void Pixels_that_do_not_fill_the_canvas_are_refused(string name)
    {
        var protocol = Enum.Parse<TerminalProtocol>(name);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Encode(Gradient(5, 6), protocol, 5, 5));
        Assert.Contains("5 x 5 cells", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_other_protocol() =>
        Assert.Throws<ArgumentException>(() => Encode(Gradient(1, 2), (TerminalProtocol)9, 1, 1));

    [Fact]
    public void Two_pictures_fit_beside_each_other()
    {
        var pixels = new TerminalPixels(5, 2);
        pixels.Lay([0.2f, 0.4f, 0.6f, 0.8f], 2, 1);
        pixels.Lay([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1], 2, 3, left: 3);
        ShownPicture shown = ShownPicture.OfBlocks(Encode(pixels, TerminalProtocol.Blocks, 5, 1));
        Assert.Equal([0x333333, 0x666666, null, 0xFF0000, 0x00FF00, 0x999999, 0xCCCCCC, null, 0x0000FF, 0xFFFFFF], shown.Colors);
        Assert.Throws<ArgumentOutOfRangeException>(() => pixels.Lay(new float[12], 2, 3, left: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => pixels.Lay(new float[11], 2, 3));
        Assert.Throws<ArgumentException>(() => pixels.Lay(new float[12], 2, 2));
    }

    [Theory]
    [InlineData(300, 429, 99, 28, null, null, 39, 28)]
    [InlineData(429, 300, 79, 28, null, null, 79, 28)]
    [InlineData(1000, 10, 79, 28, null, null, 79, 1)]
    [InlineData(10, 1000, 79, 28, null, null, 1, 28)]
    [InlineData(100, 100, 79, 28, 40, null, 40, 20)]
    [InlineData(100, 100, 79, 28, null, 40, 80, 40)]
    [InlineData(100, 100, 79, 28, 7, 9, 7, 9)]
    [InlineData(1, 1, 1, 1, null, null, 1, 1)]
    public void A_picture_keeps_its_shape(
        double width, double height, int roomColumns, int roomRows, int? columns, int? rows, int expectedColumns, int expectedRows)
    {
        TerminalCanvas canvas = TerminalCanvas.Fit(width, height, new TerminalCanvas(roomColumns, roomRows), columns, rows);
        Assert.Equal((expectedColumns, expectedRows), (canvas.Columns, canvas.Rows));
    }

    [Theory, InlineData(0, 1, 1, 1), InlineData(1, 0, 1, 1), InlineData(1001, 1, 1, 1), InlineData(1, 1, 0, 1), InlineData(1, 1, 1, 201)]
    public void There_is_no_such_canvas(int columns, int rows, int cellWidth, int cellHeight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TerminalCanvas(columns, rows, cellWidth, cellHeight));

    private static string Encode(TerminalPixels pixels, TerminalProtocol protocol, int columns, int rows) =>
        TerminalPicture.Encode(pixels, protocol, new TerminalCanvas(columns, rows));

    private static float[] Colors(TerminalPixels pixels, Func<int, float[]> color) =>
        [.. Enumerable.Range(0, pixels.Width * pixels.Height).SelectMany(color)];

    private static TerminalPixels Gradient(int width, int height)
    {
        var pixels = new TerminalPixels(width, height);
        pixels.Lay(
            Colors(pixels, i => [i % width / (float)width, i / width / (float)height, 1 - i / (float)(width * height)]), width, 3);
        return pixels;
    }

    private static TerminalPixels Noise(int width, int height)
    {
        var random = new Random(3);
        var pixels = new TerminalPixels(width, height);
        pixels.Lay([.. Enumerable.Range(0, width * height * 3).Select(_ => random.NextSingle())], width, 3);
        return pixels;
    }

    private static int Color(TerminalPixels pixels, int pixel) =>
        pixels.Samples[pixel * 4] << 16 | pixels.Samples[pixel * 4 + 1] << 8 | pixels.Samples[pixel * 4 + 2];

    private static void AssertSame(TerminalPixels pixels, ShownPicture shown, int largestDifference)
    {
        Assert.Equal((pixels.Width, pixels.Height), (shown.Width, shown.Height));
        Assert.InRange(Differences(pixels, shown).Max(), 0, largestDifference);
    }

    private static IEnumerable<int> Differences(TerminalPixels pixels, ShownPicture shown)
    {
        for (int i = 0; i < shown.Colors.Length; i++)
            for (int shift = 0; shift <= 16; shift += 8)
                yield return Math.Abs(((shown.Colors[i]!.Value >> shift) & 0xFF) - ((Color(pixels, i) >> shift) & 0xFF));
    }

    private void AssertSame(TerminalPixels pixels, byte[] file)
    {
        PixelDataset picture = Read(file);
        Assert.Equal((pixels.Width, pixels.Height, 3), (picture.Width, picture.Height, picture.Channels));
        for (int i = 0; i < picture.PixelCount; i++)
            Assert.Equal(pixels.Samples.Slice(i * 4, 3).ToArray(), picture.Samples8.Slice(i * 3, 3).ToArray());
    }

    private PixelDataset Read(byte[] file)
    {
        File.WriteAllBytes(_folder.File("shown.png"), file);
        return PictureReader.Read(_folder.File("shown.png"), new PictureReadOptions { KeepAlpha = true });
    }
}
