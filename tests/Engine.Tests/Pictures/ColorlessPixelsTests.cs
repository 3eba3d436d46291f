using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>Pixels whose transparency hides their colour: what a file has there is never seen.</summary>
public class ColorlessPixelsTests
{
    private const int Width = 40, Height = 32;

    private static readonly byte[] Seen = [200, 50, 60];

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Theory, InlineData(3), InlineData(4)]
    public void They_get_the_colours_around_them_and_alpha_stays(int channels)
    {
        PixelDataset picture = Disc(channels, hidden: 7), filled = ColorlessPixels.Filled(picture, Stopping);
        Assert.Equal(picture.IgnoredPixelCount, filled.IgnoredPixelCount);
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
                Assert.Equal([.. Seen, .. picture.GetPixel(x, y)[3..]], filled.GetPixel(x, y));
    }

    [Fact]
    public void A_picture_that_has_none_or_nothing_else_is_itself()
    {
        PixelDataset opaque = TestPictures.Create(Width, Height), clear = new("clear", 3, 2, new byte[3 * 2 * 4], channels: 4);
        Assert.Same(opaque, ColorlessPixels.Filled(opaque, Stopping));
        Assert.Same(clear, ColorlessPixels.Filled(clear, Stopping));
    }

    [Theory]
    [InlineData(3, NeighborhoodTask.Enlarge), InlineData(4, NeighborhoodTask.Enlarge)]
    [InlineData(3, NeighborhoodTask.Denoise), InlineData(4, NeighborhoodTask.Denoise)]
    public void A_network_that_sees_neighbourhoods_does_not_see_what_is_hidden(int channels, NeighborhoodTask task)
    {
        float[] black = Doubled(Disc(channels, hidden: 0), task), white = Doubled(Disc(channels, hidden: 255), task);
        Assert.Equal(black, white);
    }

    [Fact]
    public void At_another_size_no_hidden_colour_shows_beside_the_others()
    {
        Mlp network = NeighborhoodSamples.Network(Disc(channels: 4, hidden: 0), new NeighborhoodEncoding());
        foreach (float[] pixel in Enlarged.Paint(network, Width / 2, Height / 2).Chunk(4).Where(pixel => pixel[3] > 0.05f))
            for (int channel = 0; channel < Seen.Length; channel++)
                Assert.InRange(pixel[channel], Seen[channel] / 255f - 0.01f, Seen[channel] / 255f + 0.01f);
    }

    private static float[] Doubled(PixelDataset picture, NeighborhoodTask task)
    {
        MlpDesign design = new MlpDesign { HiddenLayers = [8], Activation = Activation.ReLU, OutputCount = picture.Channels }
            .With(NeighborhoodPicture.EncodingFor(picture, new NeighborhoodEncoding { Task = task }));
        TrainingOptions options = new() { Epochs = 1, BatchSize = 256, LearningRate = 2e-3, ThreadCount = 1 };
        return Enlarged.Paint(Trainer.Train(picture, new Mlp(design), options, cancellationToken: Stopping).Network, 2 * Width, 2 * Height);
    }

    /// <summary>A disc of one colour; what is around it is transparent, and has a grey that is not to be seen.</summary>
    private static PixelDataset Disc(int channels, byte hidden)
    {
        var samples = new byte[Width * Height * channels];
        for (int pixel = 0; pixel < Width * Height; pixel++)
        {
            Span<byte> own = samples.AsSpan(pixel * channels, channels);
            own.Fill(IsInside(pixel) ? byte.MaxValue : hidden);
            if (IsInside(pixel))
                Seen.CopyTo(own);
            else if (channels > Seen.Length)
                own[^1] = 0;
        }
        var picture = new PixelDataset("disc", Width, Height, samples, channels: channels);
        return channels > Seen.Length ? picture : picture.WithRoles((x, y) => IsInside(y * Width + x) ? PixelRole.Training : PixelRole.Ignored);
    }

    private static bool IsInside(int pixel) => Math.Pow(pixel % Width - Width / 2, 2) + Math.Pow(pixel / Width - Height / 2, 2) < 150;
}
