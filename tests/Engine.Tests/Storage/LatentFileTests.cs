using System.Security.Cryptography;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

/// <summary>Compressed model files of networks with latents.</summary>
public class LatentFileTests
{
    private static readonly ModelFaults Faults = new("file");

    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 3 }, { 1, 9, 1 }, { 2, 3, 4 }, { 16, 16, 3 }, { 33, 47, 3 }, { 70, 5, 1 }, { 129, 64, 4 },
    };

    [Theory, MemberData(nameof(Sizes))]
    [Trait("Runs", "AtEveryWidth")]
    public void A_network_comes_back_as_it_was(int width, int height, int channels)
    {
        Mlp network = LatentSamples.Network(width, height, channels).WithTraining(SampleNetworks.Facts);
        Mlp loaded = LatentFile.Read(Compose(network), Faults, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(network.Design, loaded.Design);
        Assert.Equal(NetworkTensor.ValuesOf(network), NetworkTensor.ValuesOf(loaded));
        Assert.Equal(
            (SampleNetworks.Facts.PictureName, SampleNetworks.Facts.Epochs, width, height),
            (loaded.Training!.PictureName, loaded.Training.Epochs, loaded.Training.PictureWidth, loaded.Training.PictureHeight));
        Assert.Equal(SampleNetworks.Facts.Psnr!.Value, loaded.Training.Psnr!.Value, 0.005);
    }

    [Fact]
    public void Without_facts_there_are_none() =>
        Assert.Null(LatentFile.Read(Compose(LatentSamples.Network(9, 9, 3)), Faults, cancellationToken: TestContext.Current.CancellationToken).Training);

    // The digests are those of this program's first version: whoever changes them breaks every file.
    [Theory]
    [InlineData(61, 37, 3, "EED66E676FB6582B", "09B8EB055E113D17")]
    [InlineData(40, 24, 1, "DDB0F7421FC8BE69", "B1D02A86DB897015")]
    [Trait("Runs", "AtEveryWidth")]
    public void The_same_network_is_the_same_file_and_the_same_pixels_on_every_processor(
        int width, int height, int channels, string file, string picture)
    {
        byte[] bytes = Compose(LatentSamples.Network(width, height, channels));
        Assert.Equal(file, Digest(bytes));
        using var work = new LatentWork(1);
        Mlp network = LatentFile.Read(bytes, Faults, cancellationToken: TestContext.Current.CancellationToken);
        foreach (InstructionSet set in InstructionSetSupport.Supported)
        {
            var colors = new float[width * height * channels];
            new LatentPainter(network, work, set, TestContext.Current.CancellationToken).Render(null, width, height, 0, height, colors, TestContext.Current.CancellationToken);
            Assert.Equal(picture, Digest([.. colors.Select(color => (byte)MathF.Round(Math.Clamp(color, 0, 1) * byte.MaxValue))]));
        }
    }

    [Theory, InlineData(96, 203), InlineData(203, 96), InlineData(600, 500)]
    public void Any_number_of_threads_writes_the_same_and_reads_it(int width, int height)
    {
        Mlp network = LatentSamples.Network(width, height, 3);
        LatentPlanes planes = LatentNetwork.PlanesOf(network);
        float[] plane = new float[width * height];
        for (int channel = 0; channel < planes.Latents.Length; channel++)
            planes.Decode(channel, plane);
        ThinNetwork entropy = LatentNetwork.EntropyOf(network, ThinKernel.Of(InstructionSet.Scalar));
        byte[][] codes = [.. new[] { 1, 2, 5 }.Select(threads =>
        {
            using var work = new LatentWork(threads);
            var encoder = new RangeEncoder();
            new LatentCoder(planes, entropy, work).Write(encoder, TestContext.Current.CancellationToken);
            byte[] code = encoder.Finish();
            var read = new LatentPlanes(planes.Encoding);
            new LatentCoder(read, entropy, work).Read(new RangeDecoder(code), TestContext.Current.CancellationToken);
            Assert.Equal(planes.Latents, read.Latents);
            return code;
        })];
        Assert.Equal(codes[0], codes[1]);
        Assert.Equal(codes[0], codes[2]);
    }

    [Fact]
    public void The_reading_can_be_stopped() => Assert.Throws<OperationCanceledException>(
        () => LatentFile.Read(Compose(LatentSamples.Network(20, 20, 3)), Faults, cancellationToken: new CancellationToken(canceled: true)));

    [Theory, InlineData(false), InlineData(true)]
    public void The_loading_can_be_stopped_also_in_the_start_that_a_file_names(bool hasStart)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture.mlpz");
        Mlp start = LatentSamples.Network(1, 1, 3, seed: 5);
        File.WriteAllBytes(folder.File("kind.mlpz"), Compose(start));
        File.WriteAllBytes(path, Compose(LatentSamples.Network(20, 20, 3, start: hasStart ? LatentStart.Of(start, "kind.mlpz") : null)));
        Assert.Equal(hasStart ? "kind.mlpz" : null, ((LatentEncoding)ModelFile.Load(path, cancellationToken: TestContext.Current.CancellationToken).Network.Design.Encoding).StartName);
        Assert.Throws<OperationCanceledException>(() => ModelFile.Load(path, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_changed_byte_is_found()
    {
        byte[] whole = Compose(LatentSamples.Network(20, 20, 3));
        for (int i = FileHead.VersionAt + 1; i < whole.Length; i++)
        {
            byte[] changed = (byte[])whole.Clone();
            changed[i] ^= 4;
            var thrown = Assert.Throws<ModelFileException>(() => Load(changed));
            Assert.Equal(ModelFileProblem.ChecksumMismatch, thrown.Problem);
            Assert.EndsWith(
                "its checksum is wrong: bytes of it were lost or changed. Copy or download it again, or save the model anew.", thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_ends_early_is_refused()
    {
        byte[] whole = Compose(LatentSamples.Network(20, 20, 3));
        for (int length = 0; length < whole.Length; length += 3)
            Assert.Throws<ModelFileException>(() => Load(whole[..length]));
    }

    [Theory]
    [InlineData(8000, 8000, "more than a file of")]
    [InlineData(0, 10, "its description is wrong")]
    [InlineData(100_000, 1000, "its description is wrong")]
    [InlineData(65_537, 1, "takes pictures of at most 65536 pixels a side, not of 65537 x 1. Make the picture smaller with New-PixelDataset -MaxSize 65536.")]
    [InlineData(1, 1 << 26, "takes pictures of at most 65536 pixels a side, not of 1 x 67108864.")]
    public void A_picture_too_large_for_its_file_is_refused_before_memory_is_taken(int width, int height, string what)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write7BitEncodedInt(width);
        writer.Write7BitEncodedInt(height);
        writer.Write((byte)0x53);
        writer.Write(0.1f);
        writer.Flush();
        var thrown = Assert.Throws<InvalidDataException>(
            () => LatentBitstream.Read(stream.ToArray(), TrainingDefaults.LatentDesign(3), LatentSamples.FindStart, TestContext.Current.CancellationToken));
        Assert.Contains(what, thrown.Message);
    }

    [Theory, InlineData(1), InlineData(16)]
    public void The_longest_rows_take_memory_within_bounds(int height)
    {
        const int Width = LatentEncoding.MaxSide, MostBytes = 200 << 20;
        byte[] file = Compose(new Mlp(TrainingDefaults.LatentDesign(3).With(LatentEncoding.For(Width, height, 3))));
        // On one thread the whole of it is this one's.
        long before = GC.GetAllocatedBytesForCurrentThread();
        Mlp network = Load(file);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        using var work = new LatentWork(1);
        before = GC.GetAllocatedBytesForCurrentThread();
        _ = new LatentPainter(network, work, InstructionSet.Scalar, TestContext.Current.CancellationToken);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
    }

    [Fact]
    public void Threads_without_work_take_no_rows_to_paint()
    {
        const int Width = LatentEncoding.MaxSide, Threads = 8;
        LatentEncoding encoding = LatentEncoding.For(Width, 1, 3);
        Mlp network = LatentSamples.Network(Width, 1, 3);
        var colors = new float[Width * 3];
        float[][] planes = LatentPlanes.PlanesOf<float>(encoding);
        using var work = new LatentWork(Threads);
        long before = GC.GetAllocatedBytesForCurrentThread();
        new LatentRows(
            encoding, planes, LatentSynthesis.NetworkOf(network, ThinKernel.Of(InstructionSet.Scalar)), LatentNetwork.ColorsOf(network),
            LatentEncoding.StepOf(network), work).Paint(0, 1, colors, TestContext.Current.CancellationToken);
        // A row and two on each side of it, of one thread at most.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 7L * Width * 3 * sizeof(float));
    }

    [Fact]
    public void A_name_that_is_a_path_is_refused()
    {
        byte[] stream = LatentBitstream.Write(
            LatentSamples.Network(9, 9, 1), SampleNetworks.Facts with { PictureName = "a-b-c" }, TestContext.Current.CancellationToken);
        int at = stream.AsSpan().IndexOf("a-b-c"u8);
        "../a/"u8.CopyTo(stream.AsSpan(at));
        var thrown = Assert.Throws<InvalidDataException>(
            () => LatentBitstream.Read(stream, TrainingDefaults.LatentDesign(1), LatentSamples.FindStart, TestContext.Current.CancellationToken));
        Assert.Contains("the name of its picture is no name", thrown.Message);
    }

    [Fact]
    public void Zeros_fill_up_the_file_of_a_large_empty_picture()
    {
        const int Side = 2400;
        var network = new Mlp(TrainingDefaults.LatentDesign(1).With(LatentEncoding.For(Side, Side, 1)));
        byte[] file = Compose(network);
        Assert.Equal(LatentBitstream.LeastLength(Side * Side), file.Length);
        Assert.Equal(Side, ((LatentEncoding)Load(file).Design.Encoding).Width);
    }

    [Fact]
    public void It_is_saved_and_loaded_by_name()
    {
        using var folder = new TemporaryFolder();
        Mlp network = LatentSamples.Network(30, 20, 3).WithTraining(SampleNetworks.Facts);
        string path = folder.File("picture.mlpz"), other = folder.File("picture.safetensors");
        CompressedModel saved = CompressedModelFile.SaveLatents(network, path, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((new FileInfo(path).Length, 8.0 * saved.Length / 600), (saved.Length, saved.BitsPerPixel));
        Assert.Equal(NetworkTensor.ValuesOf(network), NetworkTensor.ValuesOf(ModelFile.Load(path, cancellationToken: TestContext.Current.CancellationToken).Network));
        ModelFile.Save(network, other, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(NetworkTensor.ValuesOf(network), NetworkTensor.ValuesOf(ModelFile.Load(other, cancellationToken: TestContext.Current.CancellationToken).Network));
        Assert.Throws<ArgumentException>(() => CompressedModelFile.SaveLatents(
            network, path, new CompressionOptions { TargetPsnr = 30, Overwrite = true }, TestContext.Current.CancellationToken));
    }

    [Theory, InlineData(new[] { 64, 64, 64, 64 }, true), InlineData(new[] { 1 }, true), InlineData(new[] { 65 }, false)]
    [InlineData(new[] { 8, 8, 8, 8, 8 }, false)]
    public void A_network_that_can_be_made_can_be_loaded(int[] hiddenLayers, bool isAllowed)
    {
        MlpDesign design = TrainingDefaults.LatentDesign(3) with { HiddenLayers = hiddenLayers };
        if (!isAllowed)
        {
            var thrown = Assert.Throws<ArgumentException>(() => new Mlp(design));
            Assert.EndsWith($"not {string.Join('-', hiddenLayers)}. Choose fewer, or leave out -HiddenLayer.", thrown.Message);
            return;
        }
        var network = new Mlp(design.With(LatentEncoding.For(20, 30, 3)));
        Assert.Equal(hiddenLayers, Load(Compose(network)).HiddenLayers);
    }

    [Fact]
    public void What_is_saved_is_what_is_loaded_also_where_numbers_are_rounded()
    {
        using var folder = new TemporaryFolder();
        Mlp network = LatentSamples.Network(30, 20, 3).WithTraining(SampleNetworks.Facts);
        Assert.True(LatentBitstream.IsExact(network));
        foreach (int tensor in (int[])[0, 1, LatentEncoding.FirstEntropyTensor])
        {
            Mlp other = network.Clone();
            other.EncodingTensors[tensor].Values[5] += 0.003f;
            Assert.False(LatentBitstream.IsExact(other));
            string path = folder.File($"{tensor}.mlpz");
            CompressedModel saved = CompressedModelFile.SaveLatents(other, path, cancellationToken: TestContext.Current.CancellationToken);
            Mlp loaded = ModelFile.Load(path, cancellationToken: TestContext.Current.CancellationToken).Network;
            Assert.Equal(NetworkTensor.ValuesOf(loaded), NetworkTensor.ValuesOf(saved.Document.Network));
        }
    }

    private static byte[] Compose(Mlp network) => LatentFile.Compose(network, network.Training, TestContext.Current.CancellationToken);

    private static Mlp Load(byte[] file) => ModelFile.Read(new MemoryStream(file), Faults).Network;

    private static string Digest(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes))[..16];
}
