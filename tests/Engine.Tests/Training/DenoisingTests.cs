using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>Networks that remove a picture's noise.</summary>
public class DenoisingTests
{
    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    private static readonly TrainingOptions Short = new() { Epochs = 1, BatchSize = 1024, LearningRate = 2e-4, AverageDecay = 0.99, ThreadCount = 1 };

    [Theory, InlineData(15, 7), InlineData(50, 11)]
    public void Noise_is_removed(int level, double gain)
    {
        FloatPicture clean = Photograph(200);
        PixelDataset noisy = WithNoise(clean, level);
        TrainingRun run = Train(noisy);
        double before = Enlarged.Psnr(FloatPicture.Of(noisy, 0, 0, noisy.Width, noisy.Height).Values, clean);
        double after = Enlarged.Psnr(Enlarged.Paint(run.Network, noisy.Width, noisy.Height), clean);
        Assert.True(after > before + gain, $"{before:F2} dB, and {after:F2} dB without the noise.");
        Assert.InRange(((NeighborhoodEncoding)run.Network.Design.Encoding).Noise * 255, 0.9 * level, 1.2 * level);
        Assert.Equal(1, ((NeighborhoodEncoding)run.Network.Design.Encoding).Blend);
    }

    [Theory, InlineData(1), InlineData(3)]
    public void Black_and_white_stay_black_and_white(int channels)
    {
        const int Side = 96;
        var clean = new FloatPicture(Side, Side, channels);
        int third = clean.Values.Length / 3;
        clean.Values.AsSpan(third, third).Fill(0.5f);
        clean.Values.AsSpan(2 * third).Fill(1);
        float[] painted = Enlarged.Paint(Train(WithNoise(clean, 30)).Network, Side, Side);
        Assert.InRange(painted[..(third * 4 / 5)].Average(), 0, 0.02);
        Assert.InRange(painted[(painted.Length - third * 4 / 5)..].Average(), 0.98, 1);
    }

    [Theory, InlineData(1, 8), InlineData(4, 8), InlineData(3, 16), InlineData(4, 16)]
    public void Grey_alpha_and_16_bits_are_cleaned(int channels, int bits)
    {
        const int Width = 60, Height = 44;
        PixelDataset whole = bits == 8 ? TestPictures.Create(Width, Height, channels) : TestPictures.Create16(Width, Height, channels);
        FloatPicture clean = FloatPicture.Of(whole, 0, 0, Width, Height);
        var random = new RandomSource(3);
        FloatPicture seen = DenoisingPairs.WithNoise(clean, 0.1f, ref random).Rounded(whole.MaxSample);
        PixelDataset noisy = bits == 8
            ? Enlarged.Dataset("noisy", seen)
            : new("noisy", Width, Height, [.. seen.Values.Select(sample => (ushort)MathF.Round(sample * 65535))], channels: channels);
        float[] painted = Enlarged.Paint(Train(noisy).Network, Width, Height);
        double before = Enlarged.Psnr(seen.Values, clean), after = Enlarged.Psnr(painted, clean);
        Assert.True(after > before + 4, $"{before:F2} dB, and {after:F2} dB without the noise.");
        for (int alpha = 3; channels == 4 && alpha < painted.Length; alpha += 4)
            Assert.Equal(seen.Values[alpha], painted[alpha], 1e-6);
    }

    [Theory, InlineData(1, 1), InlineData(1, 9), InlineData(3, 2)]
    public void A_tiny_picture_is_cleaned_too(int width, int height) =>
        Assert.All(Enlarged.Paint(Train(TestPictures.Create(width, height)).Network, width, height), sample => Assert.InRange(sample, 0f, 1f));

    [Fact]
    public void Any_number_of_threads_gives_the_same_network()
    {
        PixelDataset picture = WithNoise(Photograph(40), 20);
        TrainingRun one = Train(picture), many = Trainer.Train(picture, Network(picture), Short with { ThreadCount = 3 }, cancellationToken: Stopping);
        Assert.Equal(TrainingSupport.Weights(one.Network), TrainingSupport.Weights(many.Network));
        Assert.Equal(one.Network.Design, many.Network.Design);
    }

    [Theory, InlineData(1), InlineData(2)]
    public void Rows_of_a_region_are_those_of_the_whole(int scale)
    {
        const int Side = 70;
        Mlp network = Train(WithNoise(Photograph(Side), 20)).Network;
        using var renderer = new ImageRenderer(network, threadCount: 1);
        float[] whole = Enlarged.Paint(network, Side * scale, Side * scale), row = new float[9 * scale * 3];
        renderer.Render(new PictureRegion(31, 33, 9, 5, Side, Side), 9 * scale, 5 * scale, 2, 1, row, Stopping);
        for (int i = 0; i < row.Length; i++)
            Assert.Equal(whole[((33 * scale + 2) * Side * scale + 31 * scale) * 3 + i], row[i], 1e-5);
    }

    [Fact]
    public void A_file_keeps_task_and_noise()
    {
        using var folder = new TemporaryFolder();
        TrainingRun run = Train(WithNoise(Photograph(40), 20));
        ModelFile.Save(run, folder.File("a.safetensors"), cancellationToken: Stopping);
        Mlp loaded = ModelFile.Load(folder.File("a.safetensors"), cancellationToken: Stopping).Network;
        Assert.Equal(run.Network.Design, loaded.Design);
        Assert.Equal(Enlarged.Paint(run.Network, 40, 40), Enlarged.Paint(loaded, 40, 40));
        Assert.Equal(ModelFileProblem.Unsupported,
            Assert.Throws<ModelFileException>(() => CompressedModelFile.Save(run, folder.File("a.mlpz"), cancellationToken: Stopping)).Problem);
    }

    [Theory, InlineData(3, 0.35), InlineData(10, 0.12), InlineData(25, 0.08), InlineData(50, 0.08)]
    public void The_noise_is_estimated(int level, double tolerance) => Assert.All(
        (string[])["astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg"],
        name => Assert.InRange(NoiseEstimate.Of(WithNoise(Photograph(400, name), level), Stopping) * 255, level * (1 - tolerance), level * (1 + tolerance)));

    [Fact]
    public void Frames_and_pixels_under_full_transparency_are_not_taken_for_plain_parts()
    {
        const int Side = 160, Edge = 40;
        PixelDataset noisy = WithNoise(Photograph(Side), 15);
        byte[] framed = noisy.Samples8.ToArray();
        for (int at = 0; at < Edge * Side * 3; at++)
            framed[at] = 128;
        Assert.InRange(NoiseEstimate.Of(new PixelDataset("framed", Side, Side, framed), Stopping) * 255, 13.5, 17);
        PixelDataset clear = new PixelDataset("clear", Side, Side, framed).WithRoles((_, y) => y < Edge ? PixelRole.Ignored : PixelRole.Training);
        Assert.InRange(NoiseEstimate.Of(clear, Stopping) * 255, 13.5, 17);
    }

    [Fact]
    public void A_plain_picture_has_hardly_any_noise() =>
        Assert.Equal(NoiseEstimate.Least, NoiseEstimate.Of(new PixelDataset("plain", 100, 100, new byte[100 * 100 * 3]), Stopping));

    private static TrainingRun Train(PixelDataset picture) => Trainer.Train(picture, Network(picture), Short, cancellationToken: Stopping);

    private static Mlp Network(PixelDataset picture) => new(TrainingDefaults.NeighborhoodDesign(
        NeighborhoodPicture.EncodingFor(picture, new NeighborhoodEncoding { Task = NeighborhoodTask.Denoise })));

    private static FloatPicture Photograph(int side, string name = "astronaut.png")
    {
        PixelDataset picture = PictureReader.Read(SamplePictures.Photograph(name));
        return FloatPicture.Of(picture, Math.Min(100, picture.Width - side), 0, side, Math.Min(side, picture.Height));
    }

    private static PixelDataset WithNoise(FloatPicture picture, int level)
    {
        var random = new RandomSource(5);
        FloatPicture noisy = DenoisingPairs.WithNoise(picture, level / 255f, ref random).Rounded(byte.MaxValue);
        return Enlarged.Dataset("noisy", noisy);
    }
}
