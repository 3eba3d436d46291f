using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>Networks that fill a picture's gaps from what is around them.</summary>
public class FillingTests
{
    private const int Side = 128;

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    private static readonly TrainingOptions Short = new() { Epochs = 2, BatchSize = 1024, LearningRate = 2e-4, AverageDecay = 0.99, ThreadCount = 1 };

    public static TheoryData<string> Gaps => ["lattice", "sparse lattice", "half", "most", "scratch", "block"];

    [Theory, MemberData(nameof(Gaps))]
    public void Gaps_are_filled_better_than_with_what_is_guessed(string gaps)
    {
        PixelDataset picture = Hidden(Photograph(), gaps);
        TrainingRun run = Train(picture);
        float[] painted = Enlarged.Paint(run.Network, Side, Side);
        var encoding = (NeighborhoodEncoding)run.Network.Design.Encoding;
        Mlp plain = run.Network.WithEncoding(encoding with { Blend = 0 }, run.Network.EncodingTensors);
        double filled = PsnrOfHidden(picture, painted), guessed = PsnrOfHidden(picture, Enlarged.Paint(plain, Side, Side));
        // Of what is far from known pixels both are blurs.
        Assert.True(filled > guessed + (gaps == "block" ? -0.1 : 0.1), $"{filled:F2} dB, and what is guessed has {guessed:F2} dB.");
        Assert.Equal(filled, run.HeldOutPsnr!.Value, 1e-3);
    }

    [Theory, InlineData(1, 8), InlineData(3, 8), InlineData(4, 8), InlineData(3, 16), InlineData(4, 16)]
    public void Known_pixels_stay_as_they_are(int channels, int bits)
    {
        PixelDataset whole = bits == 8 ? TestPictures.Create(40, 30, channels) : TestPictures.Create16(40, 30, channels);
        PixelDataset picture = whole.WithHoldOut(new HoldOut { Fraction = 0.5 });
        float[] painted = Enlarged.Paint(Train(picture).Network, 40, 30);
        PixelRoleMap roles = picture.Partition!.ToMap(picture.PixelCount);
        FloatPicture known = FloatPicture.Of(whole, 0, 0, 40, 30);
        for (int at = 0; at < painted.Length; at++)
            if (roles[at / channels] == PixelRole.Training)
                Assert.Equal(known.Values[at], painted[at]);
            else
                Assert.InRange(painted[at], 0f, 1f);
    }

    [Theory, InlineData(2, 0, 0, true), InlineData(2, 1, 1, true), InlineData(3, 0, 0, false)]
    public void A_lattice_begins_with_what_learned_lattices(int step, int left, int top, bool isLattice)
    {
        PixelDataset picture = TestPictures.Create(30, 20).WithRoles((x, y) => x % step == left && y % step == top ? PixelRole.Training : PixelRole.HeldOut);
        Mlp network = Network(picture), other = Network(Hidden(Photograph(), "half"));
        Assert.Equal(isLattice, ((NeighborhoodEncoding)network.Design.Encoding).IsLattice);
        Assert.Equal(!isLattice, network.Layers[0].Weights.AsSpan().SequenceEqual(other.Layers[0].Weights));
    }

    [Fact]
    public void What_is_nearly_a_lattice_is_none()
    {
        PixelDataset picture = TestPictures.Create(30, 20).WithRoles(
            (x, y) => (x % 2 == 0 && y % 2 == 0) || (x, y) == (29, 19) ? PixelRole.Training : PixelRole.HeldOut);
        Assert.False(((NeighborhoodEncoding)Network(picture).Design.Encoding).IsLattice);
    }

    [Fact]
    public void The_colour_of_a_hidden_pixel_makes_no_difference()
    {
        PixelDataset one = Hidden(Photograph(), "half");
        PixelRoleMap roles = one.Partition!.ToMap(one.PixelCount);
        byte[] samples = one.Samples8.ToArray();
        for (int at = 0; at < samples.Length; at++)
            if (roles[at / 3] == PixelRole.HeldOut)
                samples[at] ^= 0xFF;
        PixelDataset other = Hidden(new PixelDataset("other", Side, Side, samples), "half");
        Assert.Equal(Enlarged.Paint(Train(one).Network, Side, Side), Enlarged.Paint(Train(other).Network, Side, Side));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_network()
    {
        PixelDataset picture = Hidden(Photograph(), "scratch");
        TrainingRun one = Train(picture), many = Trainer.Train(picture, Network(picture), Short with { ThreadCount = 3 }, cancellationToken: Stopping);
        Assert.Equal(TrainingSupport.Weights(one.Network), TrainingSupport.Weights(many.Network));
        Assert.Equal(one.Network.Design, many.Network.Design);
        Assert.Equal(one.HeldOutPsnr, many.HeldOutPsnr);
    }

    [Fact]
    public void Other_layers_are_guarded()
    {
        PixelDataset picture = Hidden(Photograph(), "half");
        NeighborhoodEncoding encoding = NeighborhoodPicture.EncodingFor(picture, new NeighborhoodEncoding());
        MlpDesign design = TrainingDefaults.NeighborhoodDesign(encoding) with { HiddenLayers = [4], Initialization = WeightInitialization.He };
        TrainingRun run = Trainer.Train(picture, new Mlp(design), Short with { Epochs = 1, AverageDecay = null }, cancellationToken: Stopping);
        Assert.InRange(((NeighborhoodEncoding)run.Network.Design.Encoding).Blend, 0f, 0.99f);
    }

    [Theory, InlineData(1, 2), InlineData(2, 2), InlineData(5, 1)]
    public void A_tiny_picture_is_filled_with_what_there_is(int width, int height)
    {
        PixelDataset picture = TestPictures.Create(width, height).WithRoles((x, y) => (x, y) == (0, 0) ? PixelRole.Training : PixelRole.HeldOut);
        FloatPicture known = FloatPicture.Of(picture, 0, 0, 1, 1);
        float[] painted = Enlarged.Paint(Train(picture).Network, width, height);
        for (int at = 0; at < painted.Length; at++)
            Assert.Equal(known.Values[at % 3], painted[at], 0.1);
    }

    [Fact]
    public void Transparent_pixels_keep_their_transparency()
    {
        PixelDataset whole = TestPictures.Create(40, 30, 4);
        byte[] samples = whole.Samples8.ToArray();
        for (int pixel = 0; pixel < 400; pixel++)
            samples[pixel * 4 + 3] = 0;
        PixelDataset picture = new PixelDataset("clear", 40, 30, samples, channels: 4)
            .WithRoles((x, y) => y < 10 ? PixelRole.Ignored : (x + y) % 3 == 0 ? PixelRole.HeldOut : PixelRole.Training);
        float[] painted = Enlarged.Paint(Train(picture).Network, 40, 30);
        for (int pixel = 0; pixel < 400; pixel++)
            Assert.Equal(0, painted[pixel * 4 + 3]);
        // Nor has the colour under it a part in what is filled beside it.
        for (int pixel = 0; pixel < 400; pixel++)
            samples[pixel * 4 + 1] = 255;
        PixelDataset green = new PixelDataset("clear", 40, 30, samples, channels: 4)
            .WithRoles((x, y) => y < 10 ? PixelRole.Ignored : (x + y) % 3 == 0 ? PixelRole.HeldOut : PixelRole.Training);
        Assert.Equal(painted[1600..], Enlarged.Paint(Train(green).Network, 40, 30)[1600..]);
    }

    [Fact]
    public void A_file_keeps_the_gaps()
    {
        using var folder = new TemporaryFolder();
        TrainingRun run = Train(Hidden(Photograph(), "half"));
        ModelFile.Save(run, folder.File("a.safetensors"), cancellationToken: Stopping);
        Mlp loaded = ModelFile.Load(folder.File("a.safetensors"), cancellationToken: Stopping).Network;
        Assert.Equal(run.Network.Design, loaded.Design);
        Assert.Equal(Enlarged.Paint(run.Network, Side, Side), Enlarged.Paint(loaded, Side, Side));
    }

    [Fact]
    public void What_contradicts_gaps_is_refused()
    {
        PixelDataset whole = TestPictures.Create(20, 20), gaps = whole.WithHoldOut(new HoldOut { Fraction = 0.2 });
        string MessageOf(PixelDataset picture, NeighborhoodEncoding chosen) =>
            Assert.Throws<ArgumentException>(() => NeighborhoodChoice.For(chosen, picture)).Message;

        Assert.Equal(
            $"A network that removes noise fills no gaps, and 'sunset' has {gaps.HeldOutPixelCount} pixels held out or hidden by a mask. " +
            "Leave out -HoldOut and -Mask, or -Denoise and -NoiseLevel.", MessageOf(gaps, new NeighborhoodEncoding { Task = NeighborhoodTask.Denoise }));
        Assert.EndsWith("Leave out -HoldOut and -Mask, or -Kernel.", MessageOf(gaps, new NeighborhoodEncoding { Kernel = ShrinkKernel.Area }), StringComparison.Ordinal);
        var filling = new Mlp(TrainingDefaults.NeighborhoodDesign(NeighborhoodPicture.EncodingFor(gaps, new NeighborhoodEncoding())));
        Assert.StartsWith("The network fills gaps, and 'sunset' has none.",
            Assert.Throws<ArgumentException>(() => Trainer.Train(whole, filling, Short, cancellationToken: Stopping)).Message, StringComparison.Ordinal);
        var enlarging = new Mlp(TrainingDefaults.NeighborhoodDesign(NeighborhoodPicture.EncodingFor(whole, new NeighborhoodEncoding())));
        Assert.StartsWith("The network's layers are to enlarge, and 'sunset' has gaps to fill.",
            Assert.Throws<ArgumentException>(() => Trainer.Train(gaps, enlarging, Short, cancellationToken: Stopping)).Message, StringComparison.Ordinal);
    }

    private static PixelDataset Photograph()
    {
        PixelDataset picture = PictureReader.Read(SamplePictures.Photograph("astronaut.png"));
        return Enlarged.Dataset("part", FloatPicture.Of(picture, 180, 60, Side, Side));
    }

    private static PixelDataset Hidden(PixelDataset picture, string gaps) => gaps switch
    {
        "lattice" => picture.WithRoles((x, y) => (x % 2, y % 2) switch { (0, 0) => PixelRole.Training, (1, 1) => PixelRole.HeldOut, _ => PixelRole.Ignored }),
        "sparse lattice" => picture.WithHoldOut(new HoldOut { Fraction = 8 / 9.0, Pattern = HoldOutPattern.Grid }),
        "half" => picture.WithHoldOut(new HoldOut { Fraction = 0.5 }),
        "most" => picture.WithHoldOut(new HoldOut { Fraction = 0.9 }),
        "scratch" => picture.WithRoles((x, y) => Math.Abs(x - y) < 3 || Math.Abs(x + y - Side) < 2 ? PixelRole.HeldOut : PixelRole.Training),
        _ => picture.WithHoldOut(new HoldOut { Fraction = 0.04, Pattern = HoldOutPattern.Block }),
    };

    private static TrainingRun Train(PixelDataset picture) => Trainer.Train(picture, Network(picture), Short, cancellationToken: Stopping);

    private static Mlp Network(PixelDataset picture) =>
        new(TrainingDefaults.NeighborhoodDesign(NeighborhoodPicture.EncodingFor(picture, new NeighborhoodEncoding())));

    private static double PsnrOfHidden(PixelDataset picture, float[] painted) => QualityMeter
        .Measure(picture, picture.Channels, (firstRow, rowCount, colors) => painted.AsSpan(firstRow * Side * 3, rowCount * Side * 3).CopyTo(colors))
        .First(figures => figures.Pixels == PixelSet.HeldOut).Psnr;
}
