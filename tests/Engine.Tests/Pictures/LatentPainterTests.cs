namespace MonaLisa.Engine.Tests;

public class LatentPainterTests
{
    private const int Width = 37, Height = 29, Channels = 3;

    [Theory, InlineData(1, 5, 3, 20, 18), InlineData(3, 5, 3, 20, 18), InlineData(2, 0, 0, 37, 29)]
    public void A_region_has_the_colours_of_the_whole(int scale, int x, int y, int width, int height)
    {
        using var renderer = new ImageRenderer(LatentSamples.Network(Width, Height, Channels), threadCount: 1);
        var whole = new float[scale * Width * scale * Height * Channels];
        var part = new float[scale * width * scale * height * Channels];
        renderer.Render(scale * Width, scale * Height, 0, scale * Height, whole, TestContext.Current.CancellationToken);

        renderer.Render(
            new PictureRegion(x, y, width, height, Width, Height), scale * width, scale * height, 0, scale * height, part,
            TestContext.Current.CancellationToken);

        for (int row = 0; row < scale * height; row++)
        {
            int from = ((scale * y + row) * scale * Width + scale * x) * Channels, count = scale * width * Channels;
            foreach ((float expected, float actual) in whole[from..(from + count)].Zip(part[(row * count)..((row + 1) * count)]))
                Assert.Equal(expected, actual, 1e-4f);
        }
    }

    [Fact]
    public void Its_preparation_can_be_stopped() => Assert.Throws<OperationCanceledException>(
        () => new ImageRenderer(LatentSamples.Network(Width, Height, Channels), cancellationToken: new CancellationToken(canceled: true)));

    [Fact]
    public void Places_have_the_colours_of_pixels_whose_centres_they_are()
    {
        const int Scale = 3;
        using var renderer = new ImageRenderer(LatentSamples.Network(Width, Height, Channels), threadCount: 1);
        var large = new float[Scale * Width * Scale * Height * Channels];
        renderer.Render(Scale * Width, Scale * Height, 0, Scale * Height, large, TestContext.Current.CancellationToken);
        double[] x = [.. Enumerable.Range(0, Scale * Width).Select(column => (column + 0.5) / (Scale * Width))];
        for (int row = 0; row < Scale * Height; row += 10)
        {
            double[] y = [.. Enumerable.Repeat((row + 0.5) / (Scale * Height), x.Length)];
            var places = new float[x.Length * Channels];
            renderer.RenderPlaces(x, y, (Width, Height), places, TestContext.Current.CancellationToken);
            for (int i = 0; i < places.Length; i++)
                Assert.Equal(large[row * places.Length + i], places[i], 1e-4f);
        }
    }

    [Fact]
    public void A_smaller_rendering_has_the_means_of_what_it_covers()
    {
        using var renderer = new ImageRenderer(LatentSamples.Network(64, 48, Channels), threadCount: 1);
        float[] own = new float[64 * 48 * Channels], quarter = new float[16 * 12 * Channels];
        renderer.Render(64, 48, 0, 48, own, TestContext.Current.CancellationToken);
        renderer.Render(16, 12, 0, 12, quarter, TestContext.Current.CancellationToken);
        Assert.Equal(own.Average(), quarter.Average(), 5e-3f);
        double sum = 0;
        for (int i = 0; i < quarter.Length; i++)
        {
            int x = i / Channels % 16, y = i / Channels / 16, channel = i % Channels;
            float mean = Enumerable.Range(0, 16).Average(at => own[((4 * y + at / 4) * 64 + 4 * x + at % 4) * Channels + channel]);
            sum += Math.Abs(mean - quarter[i]);
        }
        Assert.InRange(sum / quarter.Length, 0, 0.03);
    }

    [Fact]
    public void Its_own_pixels_are_at_their_centres()
    {
        using var renderer = new ImageRenderer(LatentSamples.Network(Width, Height, Channels), threadCount: 1);
        float[] own = new float[Width * Height * Channels], threefold = new float[9 * Width * Height * Channels];
        renderer.Render(Width, Height, 0, Height, own, TestContext.Current.CancellationToken);
        renderer.Render(3 * Width, 3 * Height, 0, 3 * Height, threefold, TestContext.Current.CancellationToken);
        for (int y = 0; y < Height; y++)
            for (int i = 0; i < Width * Channels; i++)
                Assert.Equal(
                    own[y * Width * Channels + i],
                    threefold[((3 * y + 1) * 3 * Width + 3 * (i / Channels) + 1) * Channels + i % Channels], 1e-4f);
    }
}
