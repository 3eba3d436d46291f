using System.Buffers.Binary;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

/// <summary>Files that are no compressed models, one lie each.</summary>
public class CompressedHostileTests
{
    private static readonly byte[] Whole = SampleNetworks.CompressedFile(SampleNetworks.LearnedGrid());

    [Fact]
    public void The_whole_file_loads() => Assert.Equal("2-4-6-3", Read(Whole).Network.Shape);

    [Fact]
    public void Every_shorter_file_is_refused()
    {
        for (int length = 0; length < Whole.Length; length++)
        {
            ModelFileProblem problem = Problem(Whole[..length]);
            Assert.True(problem is ModelFileProblem.Truncated or ModelFileProblem.InvalidTensor ||
                length < 4 && problem == ModelFileProblem.NotSafetensors, $"{length}: {problem}");
        }
    }

    [Fact]
    public void A_longer_file_is_refused() => Assert.Equal(ModelFileProblem.InvalidLayout, Problem([.. Whole, 0]));

    [Theory]
    [InlineData(4, 0u, ModelFileProblem.UnknownVersion)]
    [InlineData(5, uint.MaxValue, ModelFileProblem.Truncated)]
    [InlineData(5, 1u << 31, ModelFileProblem.Truncated)]
    [InlineData(5, 0u, ModelFileProblem.InvalidHeader)]
    [InlineData(9, uint.MaxValue, ModelFileProblem.TooLarge)]
    [InlineData(9, (1u << 20) + 1, ModelFileProblem.TooLarge)]
    [InlineData(9, 1u << 20, ModelFileProblem.InvalidHeader)]
    [InlineData(9, 0u, ModelFileProblem.InvalidHeader)]
    public void The_head_is_not_believed(int at, uint number, ModelFileProblem problem)
    {
        byte[] file = [.. Whole];
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), number);

        Assert.Equal(problem, Problem(file));
    }

    [Theory]
    [InlineData("\"hiddenLayers\":[6]", "\"hiddenLayers\":[7]", ModelFileProblem.InvalidTensor)]
    [InlineData("\"hiddenLayers\":[6]", "\"hiddenLayers\":[60000,60000]", ModelFileProblem.TooLarge)]
    [InlineData("\"hiddenLayers\":[6]", "\"hiddenLayers\":[15000,15000]", ModelFileProblem.TooLarge)]
    [InlineData("\"entries\":[12,20]", "\"entries\":[12,66000000]", ModelFileProblem.InvalidDescription)]
    [InlineData("\"rows\":[4,7]", "\"rows\":[4]", ModelFileProblem.InvalidDescription)]
    [InlineData("\"kind\":\"Grid\"", "\"kind\":\"Tree\"", ModelFileProblem.InvalidDescription)]
    public void The_description_is_not_believed(string old, string replacement, ModelFileProblem problem)
    {
        CompressedBytes parts = CompressedBytes.Of(Whole);
        Assert.Contains(old, parts.Description);
        byte[] file = (parts with { Description = parts.Description.Replace(old, replacement) }).ToFile();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(problem, Problem(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 22);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 0x8000)]
    [InlineData(0, 0xbf80)]
    [InlineData(0, 0x7f80)]
    [InlineData(0, 0x7fc0)]
    public void A_step_is_a_number_above_zero(int tensor, int stored) =>
        AssertTableRefused(tensor, stored, null, ModelFileProblem.InvalidTensor);

    [Theory]
    [InlineData(0, 8)]
    [InlineData(0, 255)]
    [InlineData(2, 5)]
    public void The_form_of_a_tensor_is_one_that_is_known(int tensor, byte flags) =>
        AssertTableRefused(tensor, null, flags, ModelFileProblem.InvalidTensor);

    [Fact]
    public void A_number_that_is_infinite_is_refused()
    {
        // The largest step: twice that is infinite.
        CompressedBytes parts = CompressedBytes.Of(Whole);
        byte[] rest = [.. parts.Rest];
        for (int tensor = 0; tensor < NetworkTensor.Of(SampleNetworks.LearnedGrid().Design).Count; tensor++)
            BinaryPrimitives.WriteUInt16LittleEndian(rest.AsSpan(3 * tensor), 0x7f7f);

        Assert.Equal(ModelFileProblem.NotFinite, Problem((parts with { Rest = rest }).ToFile()));
    }

    [Fact]
    public void A_tiny_file_of_a_large_network_is_refused_before_anything_is_made_of_it()
    {
        // 16 million weights, all zero: a few bytes of Brotli.
        var design = new MlpDesign { HiddenLayers = [4000, 4000] };
        Mlp network = Mlp.Zeros(design);
        byte[] honest = CompressedFormat.Compose(QuantizedNetwork.Of(network, [.. NetworkTensor.Of(design).Select(_ => 1f)]), training: null);
        byte[] tiny = honest.AsSpan().TrimEnd((byte)0).ToArray();

        Assert.Equal("2-4000-4000-3", Read(honest).Network.Shape);
        Assert.InRange(honest.Length, tiny.Length + 100_000, 250_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(ModelFileProblem.TooLarge, Problem(tiny));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        honest[^1] = 1;
        Assert.Equal(ModelFileProblem.InvalidLayout, Problem(honest));
    }

    private static void AssertTableRefused(int tensor, int? stored, byte? flags, ModelFileProblem problem)
    {
        CompressedBytes parts = CompressedBytes.Of(Whole);
        byte[] rest = [.. parts.Rest];
        if (stored is int step)
            BinaryPrimitives.WriteUInt16LittleEndian(rest.AsSpan(3 * tensor), (ushort)step);
        rest[3 * tensor + 2] = flags ?? rest[3 * tensor + 2];

        Assert.Equal(problem, Problem((parts with { Rest = rest }).ToFile()));
    }

    private static ModelDocument Read(byte[] file) => ModelFile.Read(new MemoryStream(file), new ModelFaults("file"));

    private static ModelFileProblem Problem(byte[] file)
    {
        var error = Assert.Throws<ModelFileException>(() => Read(file));
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.EndsWith(".", error.Message);
        return error.Problem;
    }
}
