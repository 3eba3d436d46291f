using System.Buffers.Binary;
using System.Text.Json;

namespace MonaLisa.Engine.Tests;

/// <summary>The bytes of a model file, which other programs read by docs/model-format.md.</summary>
public class ModelLayoutTests
{
    [Fact]
    public void A_small_network_is_these_bytes()
    {
        Mlp network = new(new MlpDesign { HiddenLayers = [1], Activation = Activation.ReLU, Omega = 1.5f, Sigma = 2.5f, Colors = ColorRange.Unit, Seed = -3 });
        float[] values = [0.5f, -2, 0.25f, 1, 2, 3, -1, -0.5f, 8];
        values[..2].CopyTo(network.Layers[0].Weights, 0);
        values[2..3].CopyTo(network.Layers[0].Biases, 0);
        values[3..6].CopyTo(network.Layers[1].Weights, 0);
        values[6..].CopyTo(network.Layers[1].Biases, 0);
        string version = typeof(ModelFile).Assembly.GetName().Version!.ToString(3);
        string header = """
            {"__metadata__":{"monalisa.version":"1","monalisa.model":"{\"writer\":\"MonaLisa.PS VERSION\",
            \"network\":{\"hiddenLayers\":[1],\"outputs\":3,\"activation\":\"ReLU\",\"omega\":1.5,\"sigma\":2.5,\"initialization\":\"Auto\",
            \"coordinates\":\"SymmetricPixelCenter\",\"encoding\":{\"kind\":\"None\"},\"colors\":\"Unit\",\"seed\":-3}}"},
            "layers.0.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},
            "layers.0.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},
            "layers.1.weight":{"dtype":"F32","shape":[3,1],"data_offsets":[12,24]},
            "layers.1.bias":{"dtype":"F32","shape":[3],"data_offsets":[24,36]}}
            """.ReplaceLineEndings("").Replace("VERSION", version, StringComparison.Ordinal);
        header = header.PadRight((header.Length + 7) / 8 * 8);
        byte[] data = new byte[values.Length * 4];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(i * 4), values[i]);

        Assert.Equal(SafetensorsBytes.Compose(header, data), SampleNetworks.File(network));
    }

    [Theory]
    [InlineData(ModelPrecision.Single, "F32", "F32")]
    [InlineData(ModelPrecision.Half, "F16", "F16")]
    [InlineData(ModelPrecision.Int8, "F16", "I8")]
    public void The_header_tells_where_every_number_is(ModelPrecision precision, string firstType, string otherType)
    {
        Mlp network = SampleNetworks.Small(7, 5);
        byte[] file = SampleNetworks.File(network, precision), data = SafetensorsBytes.Data(file);
        using JsonDocument header = JsonDocument.Parse(SafetensorsBytes.Header(file));

        float[] Numbers(string name, string type, params int[] shape)
        {
            JsonElement tensor = header.RootElement.GetProperty(name);
            Assert.Equal(type, tensor.GetProperty("dtype").GetString());
            Assert.Equal(shape, tensor.GetProperty("shape").EnumerateArray().Select(side => side.GetInt32()));
            int start = tensor.GetProperty("data_offsets")[0].GetInt32(), end = tensor.GetProperty("data_offsets")[1].GetInt32();
            int size = type switch { "F32" => 4, "F16" => 2, _ => 1 };
            Assert.Equal(shape.Aggregate(size, (product, side) => product * side), end - start);
            Assert.Equal(0, (file.Length - data.Length + start) % size);
            return [.. Enumerable.Range(0, (end - start) / size).Select(i => type switch
            {
                "F32" => BitConverter.ToSingle(data, start + i * size),
                "F16" => (float)BitConverter.ToHalf(data, start + i * size),
                _ => (sbyte)data[start + i],
            })];
        }

        int[] widths = [2, 7, 5, 3];
        for (int i = 0; i < 3; i++)
        {
            string type = i == 0 ? firstType : otherType;
            DenseLayer layer = network.Layers[i];
            float[] weights = Numbers($"layers.{i}.weight", type, widths[i + 1], widths[i]);
            float[] scales = type == "I8" ? Numbers($"layers.{i}.weight.scale", "F32", widths[i + 1]) : [];
            for (int j = 0; j < weights.Length; j++)
            {
                float scale = type == "I8" ? scales[j / widths[i]] : 1;
                float tolerance = type switch { "F32" => 0, "F16" => Math.Abs(layer.Weights[j]) / 2048, _ => scale * 0.5001f };
                Assert.InRange(weights[j] * scale - layer.Weights[j], -tolerance, tolerance);
            }
            Assert.Equal(layer.Biases, Numbers($"layers.{i}.bias", "F32", widths[i + 1]));
        }
        Assert.Equal(data.Length, header.RootElement.EnumerateObject().Where(tensor => tensor.Name != "__metadata__")
            .Max(tensor => tensor.Value.GetProperty("data_offsets")[1].GetInt32()));
        Assert.Equal(0, (file.Length - data.Length) % 8);
    }

    [Fact]
    public void The_description_is_JSON_in_a_metadata_text()
    {
        byte[] file = SampleNetworks.File(SampleNetworks.Small().WithTraining(SampleNetworks.Facts));
        using JsonDocument header = JsonDocument.Parse(SafetensorsBytes.Header(file));

        JsonElement metadata = header.RootElement.GetProperty("__metadata__");
        Assert.Equal("1", metadata.GetProperty("monalisa.version").GetString());
        using JsonDocument description = JsonDocument.Parse(metadata.GetProperty("monalisa.model").GetString()!);

        JsonElement training = description.RootElement.GetProperty("training");
        Assert.Equal(SampleNetworks.Facts.PictureName, training.GetProperty("pictureName").GetString());
        Assert.Equal(954, training.GetProperty("pictureHeight").GetInt32());
        Assert.Equal("Sgd", training.GetProperty("optimizer").GetString());
        Assert.Equal(34.5678901234, training.GetProperty("psnr").GetDouble());
    }
}
