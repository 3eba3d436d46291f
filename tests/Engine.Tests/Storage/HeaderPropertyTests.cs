using System.Text;
using CsCheck;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

/// <summary>Whatever JSON a header is, it is read or refused.</summary>
public class HeaderPropertyTests
{
    private static readonly Gen<string> Names = Gen.OneOf(
        OneOf(
            "__metadata__", "dtype", "shape", "data_offsets", "layers.0.weight", "layers.0.bias", "monalisa.version", "", "\\u0000", "\\ud800"),
        Gen.String[Gen.Char.AlphaNumeric, 0, 8]);

    private static readonly Gen<string> Leaves = Gen.OneOf(
        OneOf("null", "true", "1e999", "-1", "0.5", "NaN", "\"F32\"", "\"I8\"", "9223372036854775808", "[", "}"),
        Gen.Long.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Names.Select(name => $"\"{name}\""));

    // Tensors as they should be among values of any shape.
    private static readonly Gen<string> Tensors =
        from type in OneOf("F32", "F16", "I8", "F64", "")
        from shape in Gen.Long[-1, 1L << 40].Array[0, 3]
        from place in Gen.Long[-1, 1L << 40].Array[0, 3]
        select $$"""{"dtype":"{{type}}","shape":[{{string.Join(',', shape)}}],"data_offsets":[{{string.Join(',', place)}}]}""";

    private static readonly Gen<string> Headers = Objects(Values(depth: 4), most: 4);

    [Fact]
    public void Every_header_is_read_or_refused() => Headers.Sample(header =>
    {
        byte[] file = SafetensorsBytes.Compose(Encoding.UTF8.GetBytes(header), new byte[24]);
        try
        {
            var content = new SafetensorsReader(new MemoryStream(file), new ModelFaults("file"));
            Assert.Equal(24, content.DataLength);
            Assert.All(content.Tensors, tensor => Assert.Equal(tensor.Key, tensor.Value.Name));
        }
        catch (ModelFileException exception)
        {
            Assert.DoesNotContain(exception.Message, char.IsControl);
        }
    }, iter: 5000);

    [Fact]
    public void A_header_of_tensors_alone_is_read_with_every_number() =>
        Gen.Select(Gen.Long[0, long.MaxValue].Array[0, 2], Gen.Long[0, long.MaxValue].Array[2]).Sample((shape, place) =>
        {
            string header = "{\"a\":{\"shape\":[" + string.Join(',', shape) + "],\"dtype\":\"F16\",\"data_offsets\":[" + string.Join(',', place) + "]}}";
            byte[] file = SafetensorsBytes.Compose(Encoding.UTF8.GetBytes(header), []);

            StoredTensor tensor = new SafetensorsReader(new MemoryStream(file), new ModelFaults("file")).Tensors["a"];

            Assert.Equal(shape, tensor.Shape);
            Assert.Equal((place[0], place[1], TensorType.F16), (tensor.Start, tensor.End, tensor.Type));
        }, iter: 500);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(choice => texts[choice]);

    private static Gen<string> Values(int depth) => depth == 0 ? Leaves : Gen.OneOf(
        Leaves, Tensors,
        Values(depth - 1).Array[0, 3].Select(values => "[" + string.Join(',', values) + "]"),
        Objects(Values(depth - 1), most: 3));

    private static Gen<string> Objects(Gen<string> values, int most) =>
        Gen.Select(Names, values).Array[0, most].Select(
            properties => "{" + string.Join(',', properties.Select(property => $"\"{property.Item1}\":{property.Item2}")) + "}");
}
