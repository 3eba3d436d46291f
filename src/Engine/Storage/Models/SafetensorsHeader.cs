using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// The header of a safetensors file (github.com/huggingface/safetensors): eight bytes of length, little-endian, and JSON that
/// names each tensor with its type, shape and place, and under <c>__metadata__</c> a map of texts.
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>Bytes of the length before the JSON.</summary>
    public const int LengthSize = sizeof(ulong);

    /// <summary>The name of the map of texts.</summary>
    public const string MetadataName = "__metadata__";

    // Tensors are at multiples of this from the start of the file, as safetensors' own writer has it.
    private const int Alignment = 8;

    /// <summary>The header's bytes, its length included.</summary>
    public static byte[] Compose(IReadOnlyDictionary<string, string> metadata, IEnumerable<StoredTensor> tensors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        BinaryPrimitives.WriteUInt64LittleEndian(buffer.GetSpan(LengthSize), 0);
        buffer.Advance(LengthSize);
        ComposedJson.Write(buffer, json =>
        {
            json.WriteStartObject(MetadataName);
            foreach ((string name, string value) in metadata)
                json.WriteString(name, value);
            json.WriteEndObject();
            foreach (StoredTensor tensor in tensors)
                Write(json, tensor);
        });
        int padding = -buffer.WrittenCount & (Alignment - 1);
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        byte[] header = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(header.Length - LengthSize));
        return header;
    }

    /// <summary>Reads the header at the start of a file, and leaves the stream at the tensors.</summary>
    /// <param name="stream">The file, at its start.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <param name="maxTensors">The most tensors that are read.</param>
    /// <exception cref="ModelFileException">The file has no such header.</exception>
    public static SafetensorsContent Read(Stream stream, ModelFaults faults, int maxTensors = ModelLimits.MaxTensors)
    {
        Span<byte> prefix = stackalloc byte[LengthSize + 1];
        if (stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length || prefix[LengthSize] != '{')
            throw faults.Of(ModelFileProblem.NotSafetensors, "it is no safetensors file and no compressed model");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > ModelLimits.MaxHeaderLength)
            throw faults.Of(ModelFileProblem.TooLarge,
                $"its header claims {length} bytes, and the most that is read is {ModelLimits.MaxHeaderLength}");
        if ((long)length > stream.Length - LengthSize)
            throw faults.Of(ModelFileProblem.Truncated, $"its header claims {length} bytes, and the file has {stream.Length}");
        byte[] json = new byte[length];
        stream.Position = LengthSize;
        stream.ReadExactly(json);
        return Parse(json, stream.Length - LengthSize - (long)length, faults, maxTensors);
    }

    private static SafetensorsContent Parse(ReadOnlySpan<byte> json, long dataLength, ModelFaults faults, int maxTensors)
    {
        var content = new SafetensorsContent { DataLength = dataLength };
        var reader = new JsonText(json, faults, ModelFileProblem.InvalidHeader, "its header");
        reader.StartObject();
        while (reader.NextProperty() is string name)
        {
            if (name == MetadataName)
                ReadMetadata(ref reader, content);
            else if (content.Tensors.Count == maxTensors)
                throw faults.Of(ModelFileProblem.TooLarge, $"it has more than {maxTensors} tensors");
            else if (!content.Tensors.TryAdd(name, ReadTensor(ref reader, name, faults)))
                throw reader.Invalid($"names {ModelFaults.Quoted(name)} twice");
        }
        reader.End();
        return content;
    }

    private static void ReadMetadata(ref JsonText reader, SafetensorsContent content)
    {
        if (content.HasMetadata)
            throw reader.Invalid($"names '{MetadataName}' twice");
        content.HasMetadata = true;
        reader.StartObject();
        while (reader.NextProperty() is string name)
            if (!content.Metadata.TryAdd(name, reader.Text()))
                throw reader.Invalid($"names {ModelFaults.Quoted(name)} twice");
    }

    private static StoredTensor ReadTensor(ref JsonText reader, string name, ModelFaults faults)
    {
        string? type = null;
        long[]? shape = null, place = null;
        reader.StartObject();
        while (reader.NextProperty() is string property)
            switch (property)
            {
                case "dtype" when type is null:
                    type = reader.Text();
                    break;
                case "shape" when shape is null:
                    shape = reader.WholeNumbers(maxCount: 2);
                    break;
                case "data_offsets" when place is null:
                    place = reader.WholeNumbers(maxCount: 2);
                    break;
                default:
                    throw reader.Invalid($"has {ModelFaults.Quoted(property)} where it is not expected, at {ModelFaults.Quoted(name)}");
            }
        if (type is null || shape is null || place is not { Length: 2 })
            throw reader.Invalid($"does not tell the dtype, shape and data_offsets of {ModelFaults.Quoted(name)}");
        if (!JsonText.TryParseName(type, out TensorType tensorType))
            throw faults.Of(ModelFileProblem.InvalidTensor,
                $"tensor {ModelFaults.Quoted(name)} has numbers of type {ModelFaults.Quoted(type)}, which is not read");
        return new StoredTensor(name, tensorType, shape, place[0], place[1]);
    }

    private static void Write(Utf8JsonWriter json, StoredTensor tensor)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type.ToString());
        json.WriteStartArray("shape");
        foreach (long side in tensor.Shape)
            json.WriteNumberValue(side);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(tensor.Start);
        json.WriteNumberValue(tensor.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
