using MonaLisa.Engine.Output;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>Networks that learn to enlarge a picture from its own smaller copies.</summary>
public class NeighborhoodTrainingTests
{
    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    private static readonly TrainingOptions Short = new() { Epochs = 1, BatchSize = 256, LearningRate = 2e-3, ThreadCount = 1 };

    [Fact]
    public void It_doubles_a_picture_better_than_interpolation_does()
    {
        const int Side = 160;
        FloatPicture whole = Discs(4 * Side).Resized(ShrinkKernel.Area, Side, Side);
        FloatPicture small = whole.Resized(ShrinkKernel.Bicubic, Side / 2, Side / 2).Rounded(byte.MaxValue);
        PixelDataset learned = Enlarged.Dataset("half", small);
        TrainingRun run = Train(learned, Short with { Epochs = 8 }, [32, 32]);
        double lanczos = Enlarged.Psnr(small.Resized(ShrinkKernel.Lanczos, Side, Side).Values, whole), own = Enlarged.Psnr(Enlarged.Paint(run.Network, Side, Side), whole);
        Assert.True(own > lanczos + 0.5, $"{own:F2} dB, and Lanczos has {lanczos:F2} dB.");
        Assert.InRange(((NeighborhoodEncoding)run.Network.Design.Encoding).Blend, 0.5f, 1f);
        Assert.True(double.IsFinite(run.Psnr) && run.HeldOutPsnr is double heldOut && double.IsFinite(heldOut));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_network()
    {
        PixelDataset picture = TestPictures.Create(37, 29);
        TrainingRun one = Train(picture, Short, [8]), many = Train(picture, Short with { ThreadCount = 3 }, [8]);
        Assert.Equal(TrainingSupport.Weights(one.Network), TrainingSupport.Weights(many.Network));
        Assert.Equal((one.Network.Design, one.Psnr, one.HeldOutPsnr), (many.Network.Design, many.Psnr, many.HeldOutPsnr));
    }

    [Theory, InlineData(1, 1), InlineData(1, 9), InlineData(3, 2), InlineData(5, 4)]
    public void A_picture_too_small_to_learn_from_is_interpolated(int width, int height)
    {
        TrainingRun run = Train(TestPictures.Create(width, height), Short, [4]);
        Assert.Equal(0, ((NeighborhoodEncoding)run.Network.Design.Encoding).Blend);
        Assert.All(Enlarged.Paint(run.Network, 2 * width, 2 * height), value => Assert.InRange(value, 0f, 1f));
    }

    [Theory, InlineData(1, 8), InlineData(4, 8), InlineData(1, 16), InlineData(3, 16), InlineData(4, 16)]
    public void Grey_alpha_and_16_bits_are_learned(int channels, int bits)
    {
        PixelDataset picture = bits == 8 ? TestPictures.Create(40, 24, channels) : TestPictures.Create16(40, 24, channels);
        Mlp network = Train(picture, Short, [4]).Network;
        Assert.Equal(FloatPicture.Of(picture, 0, 0, 40, 24).Values, Enlarged.Paint(network, 40, 24));
        Assert.Equal(80 * 48 * channels, Enlarged.Paint(network, 80, 48).Length);
    }

    [Fact]
    public void A_network_learns_another_picture_from_where_it_is()
    {
        Mlp first = Train(TestPictures.Create(40, 24), Short, [4]).Network;
        PixelDataset other = TestPictures.Create(30, 30);
        TrainingRun run = Trainer.Train(other, first, Short, cancellationToken: Stopping);
        var encoding = (NeighborhoodEncoding)run.Network.Design.Encoding;
        Assert.Equal((30, 30), (encoding.Width, encoding.Height));
        Assert.Equal(FloatPicture.Of(other, 0, 0, 30, 30).Values, Enlarged.Paint(run.Network, 30, 30));
        Assert.Equal(FloatPicture.Of(TestPictures.Create(40, 24), 0, 0, 40, 24).Values, Enlarged.Paint(first, 40, 24));
    }

    [Theory, InlineData(0), InlineData(0.1)]
    public void A_run_that_is_stopped_while_its_correction_is_measured_has_its_network_and_figures(double heldOut)
    {
        using var stop = new CancellationTokenSource();
        PixelDataset picture = TestPictures.Create(40, 24);
        var encoding = new NeighborhoodEncoding { Task = heldOut > 0 ? NeighborhoodTask.Fill : NeighborhoodTask.Enlarge };
        if (heldOut > 0)
            picture = picture.WithHoldOut(new HoldOut { Fraction = heldOut });
        var design = new MlpDesign { HiddenLayers = [8], Activation = Activation.ReLU, OutputCount = 3 };
        TrainingRun run = Trainer.Train(
            picture, new Mlp(design.With(NeighborhoodPicture.EncodingFor(picture, encoding))), Short, watchers: [new StoppingWatcher(stop)],
            cancellationToken: stop.Token);
        Assert.Equal((StopReason.Canceled, 1), (run.StopReason, run.Epochs));
        Assert.True(run.Psnr > 0 && run.HeldOutPsnr is null == heldOut > 0, $"{run.Psnr} dB, held out {run.HeldOutPsnr} dB");
        Assert.Equal(FloatPicture.Of(picture, 0, 0, 40, 24).Values.Length, Enlarged.Paint(run.Network, 40, 24).Length);
    }

    [Fact]
    public void Chosen_pixels_are_refused() =>
        Assert.EndsWith("Leave out -Sampling.", Assert.Throws<ArgumentException>(
            () => Train(TestPictures.Create(20, 20), Short with { Sampling = PixelSampling.ErrorWeighted }, [4])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(300_000, 1), InlineData(1, 300_000), InlineData(2, 300_000), InlineData(20_000, 1), InlineData(1, 5000), InlineData(700, 600)]
    public void Parts_of_a_picture_have_two_pixels_a_side_and_are_no_strips(int width, int height)
    {
        PixelDataset picture = new("long", width, height, new byte[width * height], channels: 1);
        (int X, int Y, int Width, int Height)[] places = [.. NeighborhoodLesson.PlacesOf(picture, EnlargingPairs.PixelsOfOne)];
        Assert.NotEmpty(places);
        Assert.All(places, place =>
        {
            Assert.InRange(place.Width, 2, 512);
            Assert.InRange(place.Height, 2, 512);
            Assert.InRange(place.X + place.Width, 2, Math.Max(2, width));
            Assert.InRange(place.Y + place.Height, 2, Math.Max(2, height));
        });
        // Twelve copies of each, of which half are turned, one below the other.
        Assert.InRange(places.Length * 12L * 512, 512, 200_000);
    }

    [Fact]
    public void A_large_picture_is_learned_from_a_part_of_it()
    {
        PixelDataset picture = new("large", 3000, 2000, new byte[3000 * 2000], channels: 1);
        NeighborhoodEncoding encoding = NeighborhoodPicture.EncodingFor(picture, new NeighborhoodEncoding { Kernel = ShrinkKernel.Area });
        Mlp network = NeighborhoodPicture.Into(
            new Mlp(new MlpDesign { HiddenLayers = [1], Activation = Activation.ReLU, OutputCount = 1 }.With(encoding)), encoding, picture, cancellationToken: Stopping);
        NeighborhoodLesson lesson = NeighborhoodLesson.Of(picture, network, Short.Provider, Short.ThreadCount, Stopping);
        Assert.InRange(lesson.Pixels.TrainingPixelCount + lesson.Pixels.HeldOutPixelCount, 1_500_000, 2_600_000);
        Assert.InRange(lesson.Pixels.HeldOutPixelCount, 100_000, 400_000);
    }

    [Theory, InlineData(NeighborhoodTask.Enlarge), InlineData(NeighborhoodTask.Denoise), InlineData(NeighborhoodTask.Fill)]
    public void Every_part_of_the_preparation_can_be_stopped(NeighborhoodTask task)
    {
        var stopped = new CancellationToken(canceled: true);
        PixelDataset picture = TestPictures.Create(40, 24);
        if (task == NeighborhoodTask.Fill)
            picture = picture.WithHoldOut(new HoldOut { Fraction = 0.5 });
        NeighborhoodEncoding chosen = NeighborhoodPicture.EncodingFor(picture, new NeighborhoodEncoding { Task = task });
        var network = new Mlp(TrainingDefaults.NeighborhoodDesign(chosen));
        NeighborhoodEncoding known = NeighborhoodChoice.For(chosen, picture, Stopping);
        Mlp own = NeighborhoodPicture.Into(network, known, picture, cancellationToken: Stopping);
        if (task == NeighborhoodTask.Fill)
            Assert.Throws<OperationCanceledException>(() => NeighborhoodPicture.Into(network, known, picture, cancellationToken: stopped));
        else
            Assert.Throws<OperationCanceledException>(() => NeighborhoodChoice.For(chosen, picture, stopped));
        Assert.Throws<OperationCanceledException>(() => NeighborhoodLesson.Of(picture, own, Short.Provider, Short.ThreadCount, stopped));
        Assert.Throws<OperationCanceledException>(() => Trainer.Train(picture, network, Short, cancellationToken: stopped));
    }

    [Theory, InlineData(ModelPrecision.Single), InlineData(ModelPrecision.Half)]
    public void A_file_has_the_picture_in_it(ModelPrecision precision)
    {
        using var folder = new TemporaryFolder();
        TrainingRun run = Train(TestPictures.Create(40, 24), Short, [4]);
        ModelDocument saved = ModelFile.Save(run, folder.File("a.safetensors"), new ModelSaveOptions { Precision = precision }, Stopping);
        Mlp loaded = ModelFile.Load(folder.File("a.safetensors"), cancellationToken: Stopping).Network;
        Assert.Equal(saved.Network.Design, loaded.Design);
        Assert.Equal(Enlarged.Paint(saved.Network, 80, 48), Enlarged.Paint(loaded, 80, 48));
        Assert.Equal(Enlarged.Paint(run.Network, 40, 24), Enlarged.Paint(loaded, 40, 24));
    }

    [Fact]
    public void Formats_without_a_place_for_the_picture_are_refused()
    {
        using var folder = new TemporaryFolder();
        TrainingRun run = Train(TestPictures.Create(20, 20), Short, [4]);
        Action<string>[] saves =
        [
            path => CompressedModelFile.Save(run, path, cancellationToken: Stopping),
            path => new GlslFile().Save(run, path, cancellationToken: Stopping),
        ];
        foreach (Action<string> save in saves)
            Assert.Equal(ModelFileProblem.Unsupported, Assert.Throws<ModelFileException>(() => save(folder.File("a"))).Problem);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(folder.File("a"))!));
    }

    private static TrainingRun Train(PixelDataset picture, TrainingOptions options, int[] layers)
    {
        var design = new MlpDesign { HiddenLayers = layers, Activation = Activation.ReLU, OutputCount = picture.Channels };
        return Trainer.Train(picture, new Mlp(design.With(NeighborhoodPicture.EncodingFor(picture, new NeighborhoodEncoding()))), options, cancellationToken: Stopping);
    }

    /// <summary>Stops a run at its end, when its network is learned and measured.</summary>
    private sealed class StoppingWatcher(CancellationTokenSource stop) : ITrainingWatcher
    {
        public bool IsDue(TrainingState state)
        {
            if (state.EndsRun)
                stop.Cancel();
            return false;
        }

        public void Look(Mlp network, TrainingState state)
        {
        }
    }

    /// <summary>Discs of many sizes and colours, one over the other: edges in all directions.</summary>
    private static FloatPicture Discs(int side)
    {
        var picture = new FloatPicture(side, side, 3);
        var random = new RandomSource(7);
        for (int disc = 0; disc < 60; disc++)
        {
            double x = random.NextUnit() * side, y = random.NextUnit() * side, radius = (0.03 + 0.15 * random.NextUnit()) * side;
            float[] color = [(float)random.NextUnit(), (float)random.NextUnit(), (float)random.NextUnit()];
            for (int row = 0; row < side; row++)
                for (int column = 0; column < side; column++)
                    if (Math.Pow(column - x, 2) + Math.Pow(row - y, 2) < radius * radius)
                        color.CopyTo(picture.Pixel(column, row));
        }
        return picture;
    }
}
