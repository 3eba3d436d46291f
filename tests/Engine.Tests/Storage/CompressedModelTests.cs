using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

/// <summary>Compressed files: what they keep, and at what size.</summary>
public class CompressedModelTests
{
    private static readonly Lazy<TrainingRun> Trained = new(() => Train(GridEncoding.For(64, 48)));

    [Fact]
    public void The_loaded_network_is_the_one_whose_PSNR_was_reported()
    {
        TrainingRun run = Trained.Value;
        using var folder = new TemporaryFolder();
        CompressedModel saved = Save(run, folder, run.Psnr - 1);

        ModelDocument loaded = ModelFile.Load(folder.File("model"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(SampleNetworks.Bits(saved.Document.Network), SampleNetworks.Bits(loaded.Network));
        Assert.Equal(saved.Document.Training, loaded.Training);
        Assert.Equal(run.Network.Design, loaded.Network.Design);
        Assert.Equal(ReferencePicture.Measure(loaded.Network, run.Dataset).Psnr, saved.Psnr, 1e-3);
        Assert.Equal(saved.Psnr, loaded.Psnr!.Value, 1e-4);
        Assert.Equal(run.Psnr - saved.Psnr, saved.PsnrLost!.Value, 1e-4);
        Assert.Null(loaded.Precision);
        long length = new FileInfo(folder.File("model")).Length;
        Assert.Equal((length, length, length), (saved.Length, loaded.Length, loaded.Network.StoredLength!.Value));
        Assert.Equal(8.0 * length / (64 * 48), saved.BitsPerPixel, 1e-12);
        Assert.Equal(saved.BitsPerPixel, loaded.BitsPerPixel!.Value, 1e-12);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(12)]
    public void The_wanted_PSNR_is_reached_and_coarser_steps_would_miss_it(double loss)
    {
        TrainingRun run = Trained.Value;
        double wanted = Decibels.MeanSquaredError(run.Psnr - loss);
        using var meter = new PictureError(
            run.Dataset, run.Network.Design.Coordinates, ComputeProvider.Managed, threadCount: 1, TestContext.Current.CancellationToken);
        var search = new QuantizationSearch(run.Network, meter, meter.Measure(run.Network), wanted);

        int scale = search.CoarsestScale()!.Value;

        Assert.True(meter.Measure(search.At(scale).Network) <= wanted);
        Assert.True(meter.Measure(search.At(scale + 1).Network) > wanted);
        Assert.All(search.At(scale).Steps.Zip(search.At(scale + 32).Steps), pair => Assert.True(pair.First <= pair.Second));
    }

    [Fact]
    public void Files_shrink_as_the_wanted_PSNR_falls()
    {
        TrainingRun run = Trained.Value;
        using var folder = new TemporaryFolder();

        long[] lengths = [.. ((double[])[0.1, 0.5, 2, 6]).Select(loss => Save(run, folder, run.Psnr - loss).Length)];

        Assert.Equal(lengths.OrderDescending(), lengths);
        Assert.Equal(lengths.Distinct(), lengths);
        Assert.True(lengths[1] < SampleNetworks.File(run.Network, ModelPrecision.Int8).Length);
    }

    [Fact]
    public void Without_a_wanted_PSNR_half_a_decibel_is_lost_at_most()
    {
        TrainingRun run = Trained.Value;
        using var folder = new TemporaryFolder();

        CompressedModel saved = CompressedModelFile.Save(
            run, folder.File("model"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(saved.PsnrLost!.Value, 0.2, CompressionOptions.DefaultPsnrLost);
    }

    [Fact]
    public void The_default_ends_where_8_bits_do() => Assert.Equal(60, new CompressionOptions().TargetFor(118));

    [Fact]
    public void The_same_run_gives_the_same_bytes_on_any_number_of_threads()
    {
        TrainingRun run = Trained.Value;

        byte[][] files = [.. ((int[])[1, 2, 5]).Select(
            threads => Bytes(run with { Options = run.Options with { ThreadCount = threads } }))];

        Assert.Equal(files[0], files[1]);
        Assert.Equal(files[0], files[2]);
    }

    public static TheoryData<int> Encodings => [.. Enumerable.Range(0, TestNetworks.Encodings.Length)];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_encoding_comes_back(int encoding) => AssertComesBack(
        TestNetworks.Create(TestNetworks.Encodings[encoding], Activation.ReLU, [9, 5]));

    [Theory]
    [MemberData(nameof(TestNetworks.Activations), MemberType = typeof(TestNetworks))]
    public void Every_activation_comes_back(Activation activation) =>
        AssertComesBack(TestNetworks.Create(activation, [11, 7]));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_number_of_outputs_comes_back(int outputs) =>
        AssertComesBack(TestNetworks.Create(Activation.Sine, [11], outputs: outputs));

    [Fact]
    public void A_file_is_what_its_documentation_says()
    {
        Mlp network = Trained.Value.Network;
        CompressedBytes file = CompressedBytes.Of(Bytes(Trained.Value));
        int[] widths = [network.Design.Encoding.FeatureCount, .. network.HiddenLayers, network.OutputCount];
        (int, int, int)[] shapes =
        [
            .. ((GridEncoding)network.Design.Encoding).Levels.Select(level => (level.EntryCount, 2, level.Columns)),
            .. Enumerable.Range(0, widths.Length - 1).SelectMany(i =>
                new[] { (widths[i + 1], widths[i], 0), (1, widths[i + 1], 0) }),
        ];

        IReadOnlyList<float[]> numbers = file.Numbers(shapes);

        Mlp loaded = Read(Bytes(Trained.Value)).Network;
        Assert.Equal(1, file.Version);
        Assert.StartsWith("{\"writer\":\"MonaLisa.PS", file.Description);
        Assert.Equal(NetworkTensor.ValuesOf(loaded).SelectMany(values => values), numbers.SelectMany(values => values));
    }

    [Fact]
    public void Held_out_pixels_do_not_count()
    {
        PixelDataset picture = SamplePictures.WavesDataset(40, 30).WithHoldOut(new HoldOut { Fraction = 0.4 });
        TrainingRun run = Train(GridEncoding.For(40, 30), picture);
        using var folder = new TemporaryFolder();

        CompressedModel saved = Save(run, folder, run.Psnr - 1);

        Assert.InRange(saved.Psnr, run.Psnr - 1, run.Psnr);
        Assert.Equal(8.0 * saved.Length / (40 * 30), saved.BitsPerPixel, 1e-12);
    }

    [Fact]
    public void A_network_of_zeros_is_a_small_file()
    {
        Mlp network = Mlp.Zeros(new MlpDesign { HiddenLayers = [4] }.With(GridEncoding.For(300, 200)));
        PixelDataset picture = new("grey", 300, 200, [.. Enumerable.Repeat((byte)128, 300 * 200 * 3)]);
        using var folder = new TemporaryFolder();

        CompressedModel saved = CompressedModelFile.Save(
            network, picture, folder.File("model"), new() { TargetPsnr = 20 }, TestContext.Current.CancellationToken);

        Assert.InRange(saved.Length, 100, 1000);
        Assert.Equal(SampleNetworks.Bits(network), SampleNetworks.Bits(ModelFile.Load(folder.File("model"), cancellationToken: TestContext.Current.CancellationToken).Network));
    }

    [Fact]
    public void Losses_of_two_compressions_add_up()
    {
        TrainingRun run = Trained.Value;
        using var folder = new TemporaryFolder();
        CompressedModel once = Save(run, folder, run.Psnr - 1);

        CompressedModel twice = CompressedModelFile.Save(
            once.Document.Network, run.Dataset, folder.File("again"), new() { TargetPsnr = once.Psnr - 1 },
            TestContext.Current.CancellationToken);

        Assert.Equal(once.PsnrLost!.Value + twice.PsnrLost!.Value, twice.Document.Training!.PsnrLost!.Value, 1e-9);
        Assert.True(twice.Length < once.Length);
    }

    [Fact]
    public void A_picture_that_the_network_did_not_learn_is_refused_whatever_its_size()
    {
        TrainingRun run = Trained.Value;
        using var folder = new TemporaryFolder();
        Mlp network = ModelFile.Save(run, folder.File("model"), cancellationToken: TestContext.Current.CancellationToken).Network;
        PixelDataset learned = run.Dataset, other = learned.WithSamples([.. Colors(learned).Select(sample => 1 - sample)]);

        ModelFileException error = Assert.Throws<ModelFileException>(() => CompressedModelFile.Save(
            network, other, folder.File("other"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(ModelFileProblem.PictureMissing, error.Problem);
        Assert.Contains("Give the picture that the network learned", error.Message);
        Assert.False(File.Exists(folder.File("other")));
    }

    [Fact]
    public void A_run_that_was_never_saved_is_as_long_as_its_model_file()
    {
        TrainingRun run = Trained.Value;
        using var folder = new TemporaryFolder();
        ModelDocument saved = ModelFile.Save(run, folder.File("model"), cancellationToken: TestContext.Current.CancellationToken);
        long length = new FileInfo(folder.File("model")).Length;

        Assert.Equal(length, ModelFile.LengthOf(run));
        Assert.Equal(length, saved.Length);
        Assert.Equal(length, ModelFile.LengthOf(ModelFile.Load(folder.File("model"), cancellationToken: TestContext.Current.CancellationToken).Network));
        Assert.Null(run.Network.StoredLength);
        Assert.Null(saved.Network.Clone().StoredLength);
    }

    private static float[] Colors(PixelDataset picture)
    {
        var colors = new float[picture.PixelCount * picture.Channels];
        picture.CopyRows(0, picture.Height, colors);
        return colors;
    }

    private static void AssertComesBack(Mlp network)
    {
        PixelDataset picture = SampleNetworks.Paint(network);
        using var folder = new TemporaryFolder();
        CompressedModel saved = CompressedModelFile.Save(
            network, picture, folder.File("model"), new() { TargetPsnr = 35 }, TestContext.Current.CancellationToken);

        Mlp loaded = ModelFile.Load(folder.File("model")).Network;

        Assert.Equal(SampleNetworks.Bits(saved.Document.Network), SampleNetworks.Bits(loaded));
        Assert.Equal(network.Design, loaded.Design);
        Assert.InRange(saved.Psnr, 35, 45);
        Assert.Equal(ReferencePicture.Measure(loaded, picture).Psnr, saved.Psnr, 1e-3);
    }

    private static CompressedModel Save(TrainingRun run, TemporaryFolder folder, double targetPsnr) => CompressedModelFile.Save(
        run, folder.File("model"), new() { TargetPsnr = targetPsnr, Overwrite = true }, TestContext.Current.CancellationToken);

    private static byte[] Bytes(TrainingRun run)
    {
        using var folder = new TemporaryFolder();
        Save(run, folder, run.Psnr - 1);
        return File.ReadAllBytes(folder.File("model"));
    }

    private static ModelDocument Read(byte[] file) =>
        ModelFile.Read(new MemoryStream(file), new ModelFaults("file"));

    private static TrainingRun Train(GridEncoding encoding, PixelDataset? picture = null) => Trainer.Train(
        picture ?? SamplePictures.WavesDataset(64, 48),
        new Mlp(new MlpDesign { HiddenLayers = [16], Activation = Activation.ReLU }.With(encoding)),
        new TrainingOptions { Epochs = 40, BatchSize = 256, Provider = ComputeProvider.Managed });
}
