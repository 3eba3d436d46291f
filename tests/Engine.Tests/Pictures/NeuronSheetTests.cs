namespace MonaLisa.Engine.Tests;

public sealed class NeuronSheetTests
{
    [Theory]
    [InlineData(64, 69, 96, null, 10, 10 * 72 + 3, 7 * 99 + 3)]
    [InlineData(5, 8, 8, 2, 2, 2 * 9 + 1, 3 * 9 + 1)]
    [InlineData(3, 8, 8, 50, 3, 3 * 9 + 1, 9 + 1)]
    [InlineData(1, 40, 30, null, 1, 40, 30)]
    public void Tiles_stand_in_rows(int tiles, int tileWidth, int tileHeight, int? columns, int expectedColumns, int width, int height)
    {
        using LayerRenderer layer = Layer(64);
        var sheet = new NeuronSheet(layer, [.. Enumerable.Range(0, tiles)], tileWidth, tileHeight, columns,
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((expectedColumns, width, height), (sheet.Columns, sheet.Width, sheet.Height));
        var colors = new float[sheet.Width * sheet.Height * 3];
        sheet.CopyRows(0, sheet.Height, colors);
        Assert.All(colors, color => Assert.InRange(color, 0, 1));
    }

    [Fact]
    public void A_pixel_has_the_colour_of_its_response()
    {
        const int side = 12;
        using LayerRenderer layer = Layer(6);
        var responses = new float[side * side];
        layer.Render([4], side, side, responses, TestContext.Current.CancellationToken);
        float strongest = responses.Max(Math.Abs);
        var sheet = new NeuronSheet(layer, [4], side, side, cancellationToken: TestContext.Current.CancellationToken);
        var colors = new float[side * side * 3];
        // Strip by strip, as a writer pulls them.
        for (int row = 0; row < side; row += 4)
            sheet.CopyRows(row, 4, colors.AsSpan(row * side * 3));
        var expected = new float[3];
        for (int pixel = 0; pixel < responses.Length; pixel++)
        {
            ColorMap.Diverging.Write(0.5f + responses[pixel] / strongest / 2, expected);
            Assert.Equal(expected, colors[(pixel * 3)..(pixel * 3 + 3)]);
        }
    }

    [Fact]
    public void A_neuron_that_never_responds_is_white()
    {
        var network = new Mlp(new MlpDesign { HiddenLayers = [2], Activation = Activation.ReLU });
        network.Layers[0].Weights.AsSpan().Clear();
        network.Layers[0].Biases[1] = 2;
        using var layer = new LayerRenderer(network, 1, threadCount: 1);
        Assert.Equal([0.97f, 0.97f, 0.97f], Corner(layer, 0));
        var strongest = new float[3];
        ColorMap.Diverging.Write(1, strongest);
        Assert.Equal(strongest, Corner(layer, 1));

        static float[] Corner(LayerRenderer layer, int neuron)
        {
            var sheet = new NeuronSheet(layer, [neuron], 2, 2, cancellationToken: TestContext.Current.CancellationToken);
            var colors = new float[12];
            sheet.CopyRows(0, 2, colors);
            return colors[..3];
        }
    }

    [Fact]
    public void A_pixel_may_show_the_mean_of_many_places()
    {
        using LayerRenderer layer = Layer(3);
        var responses = new float[24 * 24];
        layer.Render([1], 24, 24, responses, TestContext.Current.CancellationToken);
        float[] means = [.. Enumerable.Range(0, 36).Select(tile => Enumerable.Range(0, 16)
            .Average(i => responses[(tile / 6 * 4 + i / 4) * 24 + tile % 6 * 4 + i % 4]))];
        float strongest = means.Max(Math.Abs);
        var sheet = new NeuronSheet(layer, [1], 6, 6, samplesAcross: 4, cancellationToken: TestContext.Current.CancellationToken);
        var colors = new float[36 * 3];
        sheet.CopyRows(0, 6, colors);
        var expected = new float[3];
        for (int pixel = 0; pixel < 36; pixel++)
        {
            ColorMap.Diverging.Write(0.5f + means[pixel] / strongest / 2, expected);
            for (int channel = 0; channel < 3; channel++)
                Assert.Equal(expected[channel], colors[pixel * 3 + channel], 1e-4f);
        }
    }

    [Fact]
    public void A_sheet_beyond_memory_is_refused()
    {
        using LayerRenderer layer = Layer(64);
        int[] all = [.. Enumerable.Range(0, 64)];
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => new NeuronSheet(layer, all, 8192, 8192, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("smaller tiles", error.Message, StringComparison.Ordinal);
    }

    private static LayerRenderer Layer(int width) => new(TestNetworks.Create(Activation.Sine, [width], omega: 9), 1, threadCount: 1);
}
