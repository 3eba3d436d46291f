using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>What networks that enlarge pictures begin with.</summary>
public class NeighborhoodStartTests
{
    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("astronaut.png", ShrinkKernel.Bicubic), InlineData("astronaut.png", ShrinkKernel.Area)]
    [InlineData("coffee.png", ShrinkKernel.Lanczos), InlineData("coffee.png", ShrinkKernel.Gaussian)]
    public void Without_any_training_it_doubles_better_than_Lanczos(string name, ShrinkKernel kernel)
    {
        (PixelDataset small, FloatPicture whole) = Halved(name, kernel);
        double own = Enlarged.Psnr(Enlarged.Paint(Untrained(small, kernel), whole.Width, whole.Height), whole);
        double lanczos = Enlarged.Psnr(FloatPicture.Of(small, 0, 0, small.Width, small.Height).Resized(ShrinkKernel.Lanczos, whole.Width, whole.Height).Values, whole);
        Assert.True(own > lanczos + 0.5, $"{own:F2} dB, and Lanczos has {lanczos:F2} dB.");
    }

    [Fact]
    public void How_photographs_were_made_smaller_is_seen()
    {
        string[] names = ["astronaut.png", "chelsea.png", "coffee.png", "mona-lisa.jpg", "rocket.jpg", "kodak/kodim03.png", "kodak/kodim19.png", "kodak/kodim21.png"];
        var wrong = new List<string>();
        foreach (string name in names)
            foreach (ShrinkKernel kernel in NeighborhoodStart.ToldApart)
                if (KernelEstimate.Of(Halved(name, kernel).Small, Stopping) is var seen && seen != kernel)
                    wrong.Add($"{name} by {kernel} is taken for {seen}");
        Assert.True(wrong.Count <= 1, string.Join(", ", wrong));
    }

    [Fact]
    public void What_Lanczos_made_smaller_is_taken_for_Bicubic() =>
        Assert.Equal(ShrinkKernel.Bicubic, KernelEstimate.Of(Halved("coffee.png", ShrinkKernel.Lanczos).Small, Stopping));

    [Theory, InlineData("astronaut.png", 85), InlineData("chelsea.png", 75), InlineData("kodak/kodim23.png", 85)]
    public void A_JPEG_is_seen_wherever_its_blocks_begin(string name, int quality)
    {
        (PixelDataset small, _) = Halved(name, ShrinkKernel.Area);
        using NetVips.Image samples = NetVips.Image.NewFromMemoryCopy(small.Samples8, small.Width, small.Height, 3, NetVips.Enums.BandFormat.Uchar);
        using NetVips.Image image = samples.Copy(interpretation: NetVips.Enums.Interpretation.Srgb);
        using NetVips.Image decoded = NetVips.Image.JpegloadBuffer(image.JpegsaveBuffer(q: quality));
        using NetVips.Image part = decoded.Crop(3, 5, small.Width - 3, small.Height - 5);
        Assert.Equal(ShrinkKernel.Jpeg, KernelEstimate.Of(new PixelDataset(name, part.Width, part.Height, part.WriteToMemory<byte>()), Stopping));
    }

    [Fact]
    public void Noise_is_no_JPEG()
    {
        Assert.NotEqual(ShrinkKernel.Jpeg, KernelEstimate.Of(new PixelDataset("noise", 128, 128, SamplePictures.Noise(128, 128)), Stopping));
        Assert.NotEqual(ShrinkKernel.Jpeg, KernelEstimate.Of(new PixelDataset("noise", 40, 40, SamplePictures.Noise(40, 40)), Stopping));
    }

    [Fact]
    public void A_JPEG_is_not_made_consistent_and_little_of_its_start_is_changed()
    {
        Assert.Equal(0, (new NeighborhoodEncoding { Kernel = ShrinkKernel.Jpeg }).Corrections);
        Assert.Equal(1, (new NeighborhoodEncoding { Kernel = ShrinkKernel.Area }).Corrections);
        double DecayOf(ShrinkKernel kernel) => TrainingDefaults.NeighborhoodOptions(TestPictures.Create(40, 40),
            TrainingDefaults.NeighborhoodDesign(new NeighborhoodEncoding { Kernel = kernel })).AverageDecay!.Value;
        Assert.True(DecayOf(ShrinkKernel.Jpeg) > DecayOf(ShrinkKernel.Area));
    }

    [Fact]
    public void A_large_picture_is_judged_by_blocks_of_it()
    {
        (PixelDataset small, _) = Halved("kodak/kodim05.png", ShrinkKernel.Area);
        byte[] tiled = new byte[3 * 3 * small.Samples8.Length];
        for (int y = 0; y < 3 * small.Height; y++)
            for (int x = 0; x < 3 * small.Width * 3; x++)
                tiled[y * 3 * small.Width * 3 + x] = small.Samples8[y % small.Height * small.Width * 3 + x % (small.Width * 3)];
        Assert.Equal(ShrinkKernel.Area, KernelEstimate.Of(new PixelDataset("tiled", 3 * small.Width, 3 * small.Height, tiled), Stopping));
    }

    [Fact]
    public void A_network_that_has_not_learned_takes_the_start_of_the_pictures_kernel()
    {
        (PixelDataset small, _) = Halved("coffee.png", ShrinkKernel.Area);
        (Mlp prepared, _) = Trainer.Prepare(small, Untrained(small, ShrinkKernel.Auto), new TrainingOptions(), cancellationToken: Stopping);
        Assert.Equal(ShrinkKernel.Area, ((NeighborhoodEncoding)prepared.Design.Encoding).Kernel);
        Assert.Equal(TrainingSupport.Weights(Untrained(small, ShrinkKernel.Area)), TrainingSupport.Weights(prepared));
        Assert.NotEqual(TrainingSupport.Weights(Untrained(small, ShrinkKernel.Bicubic)), TrainingSupport.Weights(prepared));
    }

    [Fact]
    public void Training_keeps_a_part_of_the_start()
    {
        (PixelDataset small, _) = Halved("coffee.png", ShrinkKernel.Area);
        Mlp start = Untrained(small, ShrinkKernel.Area);
        TrainingOptions options = TrainingDefaults.NeighborhoodOptions(small, start.Design, TrainingQuality.Draft) with { ThreadCount = 2 };
        double DistanceOf(double? decay) => TrainingSupport.Weights(Trainer.Train(
            small, start, options with { AverageDecay = decay }, cancellationToken: Stopping).Network)
            .Zip(TrainingSupport.Weights(start)).Sum(pair => Math.Pow(pair.First - pair.Second, 2));
        double kept = DistanceOf(options.AverageDecay), moved = DistanceOf(null);
        Assert.InRange(kept, 0.02 * moved, 0.6 * moved);
    }

    [Fact]
    public void Grey_is_painted_as_colours_that_are_grey_are()
    {
        (PixelDataset color, _) = Halved("coffee.png", ShrinkKernel.Bicubic);
        byte[] greys = [.. Enumerable.Range(0, color.PixelCount).Select(i => color.Samples8[3 * i + 1])];
        var grey = new PixelDataset("grey", color.Width, color.Height, greys, channels: 1);
        var threefold = new PixelDataset("threefold", color.Width, color.Height, [.. greys.SelectMany(value => (byte[])[value, value, value])]);
        float[] one = Enlarged.Paint(Untrained(grey, ShrinkKernel.Bicubic), 2 * grey.Width, 2 * grey.Height);
        float[] three = Enlarged.Paint(Untrained(threefold, ShrinkKernel.Bicubic), 2 * grey.Width, 2 * grey.Height);
        double difference = Enumerable.Range(0, one.Length).Average(i => Math.Abs(one[i] - three.AsSpan(3 * i, 3).ToArray().Average()));
        Assert.InRange(difference, 0, 1e-3);
    }

    [Fact]
    public void Alpha_is_interpolated_and_the_colours_are_as_without_it()
    {
        (PixelDataset color, _) = Halved("coffee.png", ShrinkKernel.Bicubic);
        byte[] alphas = [.. Enumerable.Range(0, color.PixelCount).Select(i => (byte)(i * 7))];
        byte[] samples = [.. Enumerable.Range(0, color.PixelCount).SelectMany(i => (byte[])[.. color.Samples8.Slice(3 * i, 3), alphas[i]])];
        var whole = new PixelDataset("alpha", color.Width, color.Height, samples, channels: 4);
        float[] with = Enlarged.Paint(Untrained(whole, ShrinkKernel.Auto), 2 * color.Width, 2 * color.Height);
        float[] without = Enlarged.Paint(Untrained(color, ShrinkKernel.Auto), 2 * color.Width, 2 * color.Height);
        float[] alpha = FloatPicture.Of(whole, 0, 0, whole.Width, whole.Height).Resized(ShrinkKernel.Bicubic, 2 * color.Width, 2 * color.Height).Values;
        for (int pixel = 0; pixel < 4 * color.PixelCount; pixel++)
        {
            Assert.Equal(Math.Clamp(alpha[4 * pixel + 3], 0, 1), with[4 * pixel + 3], 1e-5);
            for (int channel = 0; channel < 3; channel++)
                Assert.Equal(without[3 * pixel + channel], with[4 * pixel + channel], 1e-5);
        }
    }

    [Theory, InlineData(NeighborhoodTask.Enlarge), InlineData(NeighborhoodTask.Denoise), InlineData(NeighborhoodTask.Fill)]
    public void Other_layers_have_no_start(NeighborhoodTask task)
    {
        MlpDesign design = TrainingDefaults.NeighborhoodDesign(new NeighborhoodEncoding { Task = task });
        Assert.True(NeighborhoodStart.IsFor(design));
        Assert.False(NeighborhoodStart.IsFor(design with { HiddenLayers = [64] }));
        Assert.False(NeighborhoodStart.IsFor(design with { Activation = Activation.Sine }));
        Assert.False(NeighborhoodStart.IsFor(design with { Initialization = WeightInitialization.He }));
        PixelDataset picture = TestPictures.Create(40, 40);
        if (task == NeighborhoodTask.Fill)
            picture = picture.WithHoldOut(new HoldOut { Fraction = 0.5 });
        Assert.Null(TrainingDefaults.NeighborhoodOptions(picture, design with { HiddenLayers = [64] }).AverageDecay);
    }

    private static Mlp Untrained(PixelDataset picture, ShrinkKernel kernel)
    {
        NeighborhoodEncoding encoding = NeighborhoodPicture.EncodingFor(picture, new NeighborhoodEncoding { Kernel = kernel });
        return NeighborhoodPicture.Into(new Mlp(TrainingDefaults.NeighborhoodDesign(encoding)), encoding, picture);
    }

    private static (PixelDataset Small, FloatPicture Whole) Halved(string name, ShrinkKernel kernel)
    {
        PixelDataset picture = PictureReader.Read(SamplePictures.Photograph(name));
        FloatPicture whole = FloatPicture.Of(picture, 0, 0, picture.Width / 2 * 2, picture.Height / 2 * 2);
        FloatPicture small = whole.Resized(kernel, whole.Width / 2, whole.Height / 2).Rounded(byte.MaxValue);
        return (Enlarged.Dataset(name, small), whole);
    }
}
