using System.Buffers.Binary;
using System.Text;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

/// <summary>Files that are no models, one lie each.</summary>
public class ModelHostileTests
{
    // Layers 2-5-4-3: tensors at 0, 40, 60, 140, 156 and 204; 216 bytes in all.
    private static readonly byte[] Whole = SampleNetworks.File(SampleNetworks.Small().WithTraining(SampleNetworks.Facts));
    private static readonly byte[] Whole8Bit = SampleNetworks.File(SampleNetworks.Small(), ModelPrecision.Int8);

    [Fact]
    public void The_whole_file_loads() => Assert.NotNull(Read(Whole).Training);

    [Fact]
    public void Every_shorter_file_is_refused()
    {
        for (int length = 0; length < Whole.Length; length++)
        {
            ModelFileProblem problem = Problem(Whole[..length]);
            Assert.Equal(length < 9 ? ModelFileProblem.NotSafetensors : ModelFileProblem.Truncated, problem);
        }
    }

    [Fact]
    public void A_longer_file_is_refused() => AssertProblem(ModelFileProblem.InvalidLayout, [.. Whole, 0]);

    [Theory]
    [InlineData(ulong.MaxValue, ModelFileProblem.Truncated)]
    [InlineData(1ul << 63, ModelFileProblem.Truncated)]
    [InlineData((1ul << 20) + 1, ModelFileProblem.Truncated)]
    [InlineData(1ul << 20, ModelFileProblem.Truncated)]
    [InlineData(0ul, ModelFileProblem.InvalidHeader)]
    [InlineData(1ul, ModelFileProblem.InvalidHeader)]
    [InlineData(100ul, ModelFileProblem.InvalidHeader)]
    public void The_length_of_the_header_is_not_believed(ulong length, ModelFileProblem problem)
    {
        byte[] file = [.. Whole];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);

        AssertProblem(problem, file);
    }

    [Fact]
    public void A_header_that_is_too_long_is_not_read()
    {
        byte[] file = new byte[(1 << 20) + 9];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (1 << 20) + 1);
        file[8] = (byte)'{';
        AssertProblem(ModelFileProblem.InvalidHeader, file);
    }

    [Theory]
    [InlineData("\u0089PNG\r\n\u001a\n picture")]
    [InlineData("PK\u0003\u0004 an archive, such as PyTorch's own files")]
    [InlineData("12345678[1, 2, 3]")]
    [InlineData("short")]
    public void Other_files_are_told_apart(string content) =>
        AssertProblem(ModelFileProblem.NotSafetensors, Encoding.Latin1.GetBytes(content));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"__metadata__":{}}""")]
    [InlineData("""{"__metadata__":{"format":"pt"},"weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    public void A_safetensors_file_of_something_else_is_told_apart(string header) =>
        AssertProblem(ModelFileProblem.NotAModel, SafetensorsBytes.Compose(header, new byte[4]));

    [Theory]
    [InlineData("2")]
    [InlineData("1.0")]
    [InlineData("")]
    [InlineData("a version that is so long that no message should repeat all of it, and with a \\u001b[2J in it")]
    public void An_unknown_version_is_told(string version)
    {
        ModelFileException error = AssertProblem(ModelFileProblem.UnknownVersion,
            Edited("\"monalisa.version\":\"1\"", $"\"monalisa.version\":\"{version}\""));

        Assert.InRange(error.Message.Length, 1, 300);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Theory]
    [InlineData("{\"__metadata__\"", "{\"__metadata__\":{},\"__metadata__\"")]
    [InlineData("{\"__metadata__\":{", "{\"__metadata__\":{\"a\":1,")]
    [InlineData("{\"__metadata__\":{", "{\"__metadata__\":{\"a\":{},")]
    [InlineData("{\"__metadata__\":{", "{\"__metadata__\":{\"a\":null,")]
    [InlineData("{\"__metadata__\":{", "{\"__metadata__\":{\"a\":\"\",\"a\":\"\",")]
    [InlineData("{\"__metadata__\":{", "{\"__metadata__\":{\"a\":\"\\ud800\",")]
    [InlineData("{\"__metadata__\":{", "{\"__metadata__\":{\"\\udc00\":\"\",")]
    [InlineData("\"layers.0.bias\"", "\"layers.0.weight\"")]
    [InlineData("\"dtype\":\"F32\",", "")]
    [InlineData("\"dtype\":\"F32\",", "\"dtype\":\"F32\",\"dtype\":\"F32\",")]
    [InlineData("\"dtype\":\"F32\",", "\"dtype\":\"F32\",\"path\":\"/etc/passwd\",")]
    [InlineData("\"dtype\":\"F32\"", "\"dtype\":0")]
    [InlineData("\"shape\":[5]", "\"shape\":[5,1,1]")]
    [InlineData("\"shape\":[5]", "\"shape\":[-5]")]
    [InlineData("\"shape\":[5]", "\"shape\":[5.0]")]
    [InlineData("\"shape\":[5]", "\"shape\":[\"5\"]")]
    [InlineData("\"shape\":[5]", "\"shape\":[[5]]")]
    [InlineData("\"shape\":[5]", "\"shape\":5")]
    [InlineData("\"shape\":[5]", "\"shape\":[99999999999999999999]")]
    [InlineData("[0,40]", "[0]")]
    [InlineData("[0,40]", "[0,40,40]")]
    [InlineData("[0,40]", "[-1,39]")]
    [InlineData("[0,40]", "[0,40],")]
    [InlineData("[0,40]}", "[0,40]")]
    [InlineData("[0,40]", "[0,40/*here*/]")]
    [InlineData("[204,216]}}", "[204,216]}}{}")]
    [InlineData("[204,216]}}", "[204,216]}},")]
    [InlineData("[204,216]}}", "[204,216]}}\0")]
    public void A_header_that_is_not_as_it_should_be_is_refused(string old, string replacement) =>
        AssertProblem(ModelFileProblem.InvalidHeader, Edited(old, replacement));

    [Fact]
    public void Deep_JSON_is_refused() => AssertProblem(ModelFileProblem.InvalidHeader,
        SafetensorsBytes.Compose("{\"a\":" + new string('[', 900_000) + new string(']', 100_000) + "}", []));

    [Fact]
    public void A_header_that_is_not_UTF_8_is_refused()
    {
        byte[] header = Encoding.UTF8.GetBytes(SafetensorsBytes.Header(Whole));
        header[2] = 0xFF;

        AssertProblem(ModelFileProblem.InvalidHeader, SafetensorsBytes.Compose(header, SafetensorsBytes.Data(Whole)));
    }

    [Fact]
    public void Names_without_end_are_refused()
    {
        string tensors = string.Join(',', Enumerable.Range(0, 10_000)
            .Select(i => $$"""
                "layers.{{i}}.weight":{"dtype":"F32","shape":[],"data_offsets":[0,0]}
                """));

        AssertProblem(ModelFileProblem.TooLarge, SafetensorsBytes.Compose("{" + tensors + "}", []));
    }

    [Theory]
    [InlineData("\"network\":{", "\"path\":\"/etc/passwd\",\"network\":{")]
    [InlineData("\"network\":{", "\"$type\":\"System.Diagnostics.Process\",\"network\":{")]
    [InlineData("\"network\":{", "\"network\":{\"seed\":1,")]
    [InlineData("\"network\":{", "\"network\":null,\"other\":{")]
    [InlineData("\"encoding\":{\"kind\":\"None\"},", "")]
    [InlineData("{\"kind\":\"None\"}", "{}")]
    [InlineData("{\"kind\":\"None\"}", "null")]
    [InlineData("{\"kind\":\"None\"}", "{\"kind\":\"Hash\"}")]
    [InlineData("{\"kind\":\"None\"}", "{\"kind\":\"None\",\"octaves\":3}")]
    [InlineData("{\"kind\":\"None\"}", "{\"octaves\":3,\"kind\":\"Frequency\"}")]
    [InlineData("{\"kind\":\"None\"}", "{\"kind\":\"Frequency\",\"octaves\":0}")]
    [InlineData("{\"kind\":\"None\"}", "{\"kind\":\"Frequency\",\"octaves\":17}")]
    [InlineData("{\"kind\":\"None\"}", "{\"kind\":\"Fourier\",\"count\":4000,\"sigma\":1}")]
    [InlineData("{\"kind\":\"None\"}", "{\"kind\":\"Fourier\",\"count\":4,\"sigma\":-1}")]
    [InlineData("{\"kind\":\"None\"}", "{\"kind\":\"Grid\",\"columns\":[],\"rows\":[],\"entries\":[],\"featuresPerLevel\":2}")]
    [InlineData("{\"kind\":\"None\"}", "{\"kind\":\"Grid\",\"columns\":[2],\"rows\":[2,2],\"entries\":[4],\"featuresPerLevel\":2}")]
    [InlineData("{\"kind\":\"None\"}", "{\"kind\":\"Grid\",\"columns\":[2],\"rows\":[2],\"entries\":[5],\"featuresPerLevel\":2}")]
    [InlineData("{\"kind\":\"None\"}", "{\"kind\":\"Grid\",\"columns\":[2],\"rows\":[2],\"entries\":[4],\"featuresPerLevel\":3}")]
    [InlineData("{\"kind\":\"None\"}", "{\"kind\":\"Grid\",\"columns\":[9999999999],\"rows\":[2],\"entries\":[4],\"featuresPerLevel\":2}")]
    [InlineData("\"hiddenLayers\":[5,4],", "")]
    [InlineData("\"outputs\":3,", "")]
    [InlineData("\"outputs\":3", "\"outputs\":2")]
    [InlineData("\"outputs\":3", "\"outputs\":0")]
    [InlineData("\"outputs\":3", "\"outputs\":null")]
    [InlineData("\"outputs\":3", "\"outputs\":3,\"outputs\":3")]
    [InlineData("\"outputs\":3", "\"outputs\":4294967299")]
    [InlineData("\"heldOutPsnr\":23.25", "\"heldOutPsnr\":\"23.25\"")]
    [InlineData("\"heldOutPsnr\":23.25", "\"heldOutPsnr\":1e400")]
    [InlineData("\"heldOutPsnr\":23.25", "\"heldOutPsnr\":1,\"heldOutPsnr\":1")]
    [InlineData("[5,4]", "[]")]
    [InlineData("[5,4]", "[0,4]")]
    [InlineData("[5,4]", "[-5,4]")]
    [InlineData("[5,4]", "[5,65537]")]
    [InlineData("[5,4]", "[5,9223372036854775807]")]
    [InlineData("[5,4]", "[5,1e3]")]
    [InlineData("[5,4]", "[[5],4]")]
    [InlineData("\"Sine\"", "\"Identity\"")]
    [InlineData("\"Sine\"", "\"sine\"")]
    [InlineData("\"Sine\"", "\"5\"")]
    [InlineData("\"Sine\"", "\"ReLU, Tanh\"")]
    [InlineData("\"Sine\"", "5")]
    [InlineData("\"Auto\"", "\" Auto\"")]
    [InlineData("\"omega\":12", "\"omega\":0")]
    [InlineData("\"omega\":12", "\"omega\":-60")]
    [InlineData("\"omega\":12", "\"omega\":1e39")]
    [InlineData("\"omega\":12", "\"omega\":1e999")]
    [InlineData("\"omega\":12", "\"omega\":NaN")]
    [InlineData("\"omega\":12", "\"omega\":\"30\"")]
    [InlineData("\"omega\":12", "\"omega\":null")]
    [InlineData("\"sigma\":10", "\"sigma\":0")]
    [InlineData("\"sigma\":10", "\"sigma\":-1")]
    [InlineData("\"sigma\":10", "\"sigma\":1e39")]
    [InlineData("\"sigma\":10", "\"sigma\":NaN")]
    [InlineData("\"sigma\":10", "\"sigma\":null")]
    [InlineData("\"seed\":2012", "\"seed\":2147483648")]
    [InlineData("\"seed\":2012", "\"seed\":1.5")]
    [InlineData("\"pictureWidth\":640", "\"pictureWidth\":0")]
    [InlineData("\"pictureWidth\":640", "\"pictureWidth\":2147483647")]
    [InlineData("\"epochs\":77", "\"epochs\":-1")]
    [InlineData("\"psnr\":34.5678901234", "\"psnr\":1e400")]
    [InlineData("\"psnr\":34.5678901234", "\"psnr\":null,\"psnr\":null")]
    [InlineData("\"optimizer\":\"Sgd\",", "")]
    [InlineData("Mona Lisa, 1503", "../Mona Lisa")]
    [InlineData("Mona Lisa, 1503", "Mona\\u001b[2JLisa")]
    [InlineData("Mona Lisa, 1503", "Mona\\ud800Lisa")]
    [InlineData("{\"writer\"", "[{\"writer\"")]
    [InlineData("\"provider\":\"Managed (AVX-512)\"}}", "\"provider\":\"Managed (AVX-512)\"}}{}")]
    [InlineData("monalisa.model", "monalisa.other")]
    public void A_description_that_is_not_as_it_should_be_is_refused(string old, string replacement) =>
        AssertProblem(ModelFileProblem.InvalidDescription, Edited(InText(old), InText(replacement)));

    [Fact]
    public void A_long_name_is_refused() =>
        AssertProblem(ModelFileProblem.InvalidDescription, Edited("Mona Lisa, 1503", new string('x', 261)));

    [Fact]
    public void More_layers_than_a_network_has_are_refused() =>
        AssertProblem(ModelFileProblem.InvalidDescription, Edited("[5,4]", $"[{string.Join(',', Enumerable.Repeat(1, 257))}]"));

    [Theory]
    [InlineData("\"dtype\":\"F32\"", "\"dtype\":\"F64\"")]
    [InlineData("\"dtype\":\"F32\"", "\"dtype\":\"BF16\"")]
    [InlineData("\"dtype\":\"F32\"", "\"dtype\":\"f32\"")]
    [InlineData("\"dtype\":\"F32\"", "\"dtype\":\"0\"")]
    [InlineData("\"dtype\":\"F32\"", "\"dtype\":\"F16\"")]
    [InlineData("\"shape\":[5]", "\"shape\":[6]")]
    [InlineData("\"shape\":[5]", "\"shape\":[]")]
    [InlineData("\"shape\":[5]", "\"shape\":[5,1]")]
    [InlineData("\"shape\":[5]", "\"shape\":[0]")]
    [InlineData("\"shape\":[5]", "\"shape\":[9223372036854775807]")]
    [InlineData("\"shape\":[5,2]", "\"shape\":[2,5]")]
    [InlineData("\"shape\":[5,2]", "\"shape\":[4294967296,4294967296]")]
    [InlineData("[0,40]", "[0,36]")]
    [InlineData("[0,40]", "[40,0]")]
    [InlineData("[0,40]", "[0,9223372036854775807]")]
    [InlineData("[5,4]", "[4,5]")]
    public void A_tensor_that_does_not_fit_is_refused(string old, string replacement) =>
        AssertProblem(ModelFileProblem.InvalidTensor, Edited(old, replacement));

    [Theory]
    [InlineData("layers.1.weight")]
    [InlineData("layers.2.bias")]
    public void A_missing_tensor_is_named(string name) =>
        Assert.Contains(name, AssertProblem(ModelFileProblem.MissingTensor, Edited(name, "layers.9.weight")).Message);

    [Fact]
    public void A_layer_that_has_no_tensors_is_noticed() => AssertProblem(ModelFileProblem.InvalidTensor, Edited("[5,4]", "[5,4,4]"));

    [Theory]
    [InlineData("layers.3.weight")]
    [InlineData("layers.00.weight")]
    [InlineData("../../etc/passwd")]
    [InlineData("\\u001b[2J")]
    [InlineData("")]
    public void A_tensor_too_many_is_named(string name)
    {
        ModelFileException error = AssertProblem(ModelFileProblem.UnknownTensor,
            Edited("\"layers.0.weight\"", $$"""
                "{{name}}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"layers.0.weight"
                """));

        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Fact]
    public void Scales_belong_to_8_bit_weights_alone() => AssertProblem(ModelFileProblem.UnknownTensor,
        Edited("\"layers.0.weight\"", """
            "layers.0.weight.scale":{"dtype":"F32","shape":[5],"data_offsets":[0,20]},"layers.0.weight"
            """));

    [Fact]
    public void Eight_bit_weights_need_scales() =>
        AssertProblem(ModelFileProblem.MissingTensor, SafetensorsBytes.Replace(Whole8Bit, "layers.1.weight.scale", "layers.9.weight.scale"));

    [Theory]
    [InlineData("[40,60]", "[20,40]")]
    [InlineData("[40,60]", "[0,20]")]
    [InlineData("[40,60]", "[41,61]")]
    [InlineData("[0,40]", "[20,60]")]
    public void Tensors_that_overlap_or_leave_gaps_are_refused(string old, string replacement) =>
        AssertProblem(ModelFileProblem.InvalidLayout, Edited(old, replacement));

    [Theory]
    [InlineData("[204,216]", "[9223372036854775795,9223372036854775807]")]
    [InlineData("[204,216]", "[205,217]")]
    public void Tensors_beyond_the_end_are_refused(string old, string replacement) =>
        AssertProblem(ModelFileProblem.Truncated, Edited(old, replacement));

    [Fact]
    public void Tensors_may_come_in_any_order_and_other_programs_may_add_their_metadata()
    {
        byte[] file = SafetensorsBytes.Replace(Whole, "layers.1.bias", "layers.x.bias");
        file = SafetensorsBytes.Replace(file, "layers.2.bias", "layers.1.bias");
        file = SafetensorsBytes.Replace(file, "layers.x.bias", "layers.2.bias");
        file = SafetensorsBytes.Replace(file, "\"shape\":[4],\"data_offsets\":[140,156]", "\"shape\":[3],\"data_offsets\":[140,152]");
        file = SafetensorsBytes.Replace(file, "\"data_offsets\":[156,204]", "\"data_offsets\":[152,200]");
        file = SafetensorsBytes.Replace(file, "\"shape\":[3],\"data_offsets\":[204,216]", "\"shape\":[4],\"data_offsets\":[200,216]");
        file = SafetensorsBytes.Replace(file, "{\"__metadata__\":{", "{\"__metadata__\":{\"format\":\"pt\",");

        Assert.Equal("2-5-4-3", Read(file).Network.Shape);
    }

    [Theory]
    [InlineData(0x7FC00000u)]
    [InlineData(0x7F800001u)]
    [InlineData(0x7F800000u)]
    [InlineData(0xFF800000u)]
    public void Weights_and_biases_that_are_no_numbers_are_refused(uint bits)
    {
        int data = Whole.Length - 216;
        foreach (int place in new[] { 0, 40, 216 - 4 })
        {
            byte[] file = [.. Whole];
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(data + place), bits);

            AssertProblem(ModelFileProblem.NotFinite, file);
        }
    }

    [Fact]
    public void Scales_that_make_infinite_weights_are_refused()
    {
        byte[] file = [.. Whole8Bit];
        // The wide tensors come first: biases of 5, scales of 4.
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(file.Length - SafetensorsBytes.Data(file).Length + 20), float.MaxValue);

        AssertProblem(ModelFileProblem.NotFinite, file);
    }

    [Fact]
    public void An_enormous_network_is_refused_before_it_is_allocated()
    {
        byte[] file = Edited("[5,4]", $"[{string.Join(',', Enumerable.Repeat(65_536, 256))}]");
        long before = GC.GetAllocatedBytesForCurrentThread();

        AssertProblem(ModelFileProblem.TooLarge, file);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_header_of_the_largest_size_costs_little()
    {
        byte[] header = new byte[1 << 20];
        header.AsSpan().Fill((byte)' ');
        Encoding.UTF8.GetBytes("{\"__metadata__\":{\"a\":\"").CopyTo(header, 0);
        header.AsSpan(30, header.Length - 40).Fill((byte)'x');
        Encoding.UTF8.GetBytes("\"}}").CopyTo(header, header.Length - 10);
        byte[] file = SafetensorsBytes.Compose(header, []);
        long before = GC.GetAllocatedBytesForCurrentThread();

        AssertProblem(ModelFileProblem.NotAModel, file);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * file.Length);
    }

    [Fact]
    public void A_stream_that_ends_or_fails_midway_is_told_apart()
    {
        Assert.Equal(ModelFileProblem.Truncated, Assert.Throws<ModelFileException>(() =>
            ModelFile.Read(
                new FailingStream(Whole, readable: Whole.Length - 100, fails: false), new ModelFaults("file"), cancellationToken: TestContext.Current.CancellationToken)).Problem);
        Assert.Equal(ModelFileProblem.ReadFailed, Assert.Throws<ModelFileException>(() =>
            ModelFile.Read(
                new FailingStream(Whole, readable: Whole.Length - 100, fails: true), new ModelFaults("file"), cancellationToken: TestContext.Current.CancellationToken)).Problem);
    }

    [Fact]
    public void Files_that_are_not_there_or_not_files()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("empty"), []);

        Assert.Equal(ModelFileProblem.NotFound, LoadProblem(folder.File("nothing")));
        Assert.Equal(ModelFileProblem.NotFound, LoadProblem(Path.Combine(folder.Path, "nowhere", "model")));
        Assert.Equal(ModelFileProblem.IsFolder, LoadProblem(folder.Path));
        Assert.Equal(ModelFileProblem.Empty, LoadProblem(folder.File("empty")));
    }

    private static byte[] Edited(string old, string replacement) => SafetensorsBytes.Replace(Whole, old, replacement);

    // The description is JSON in a text of the header's JSON.
    private static string InText(string json) =>
        json.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static ModelDocument Read(byte[] file) => ModelFile.Read(new MemoryStream(file), new ModelFaults("/some/model.safetensors"));

    private static ModelFileProblem Problem(byte[] file) => Assert.Throws<ModelFileException>(() => Read(file)).Problem;

    private static ModelFileProblem LoadProblem(string path)
    {
        var error = Assert.Throws<ModelFileException>(() => ModelFile.Load(path));
        Assert.Contains(path, error.Message);
        return error.Problem;
    }

    private static ModelFileException AssertProblem(ModelFileProblem problem, byte[] file)
    {
        var error = Assert.Throws<ModelFileException>(() => Read(file));

        Assert.True(problem == error.Problem, $"{problem} was expected, not {error.Problem}: {error.Message}");
        Assert.Contains("/some/model.safetensors", error.Message);
        Assert.EndsWith(".", error.Message);
        return error;
    }

    /// <summary>A file that turns out to be shorter than its length, or on a disk that is gone.</summary>
    private sealed class FailingStream(byte[] content, int readable, bool fails) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            int left = (int)Math.Max(0, readable - Position);
            if (left == 0 && fails)
                throw new IOException("The disk is gone.");
            return base.Read(buffer, offset, Math.Min(left, count));
        }
    }
}
