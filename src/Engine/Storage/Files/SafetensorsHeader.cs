using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MonaLisa.Engine.Storage;

/// <summary>The number types of safetensors that are read, under safetensors' names.</summary>
internal enum TensorType
{
    /// <summary>32-bit floating point.</summary>
    F32,

    /// <summary>16-bit floating point.</summary>
    F16,

    /// <summary>8-bit whole numbers with a sign.</summary>
    I8,

    /// <summary>64-bit floating point, only in checkpoints.</summary>
    F64,

    /// <summary>Bytes, only in checkpoints.</summary>
    U8,
}

/// <summary>A tensor as a safetensors header describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its number type.</param>
/// <param name="Shape">Its sides, outermost first.</param>
/// <param name="Start">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
internal sealed record StoredTensor(string Name, TensorType Type, IReadOnlyList<long> Shape, long Start, long End);

/// <summary>
/// The header of a safetensors file (github.com/huggingface/safetensors): eight bytes of length, little-endian, and JSON that
/// names each tensor with its type, shape and place, and under <c>__metadata__</c> a map of texts.
/// </summary>
internal sealed record SafetensorsHeader
{
    /// <summary>Bytes of the length before the JSON.</summary>
    public const int LengthSize = sizeof(ulong);

    private const string MetadataName = "__metadata__";

    // Tensors are at multiples of this from the start of the file, as in safetensors' own writer.
    private const int Alignment = 8;

    /// <summary>The map of texts.</summary>
    [JsonPropertyName(MetadataName)]
    public Dictionary<string, string> Metadata { get; init; } = [];

    /// <summary>The tensors by their names.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Entries { get; init; } = [];

    /// <summary>Bytes of a number.</summary>
    public static int SizeOf(TensorType type) => type switch
    {
        TensorType.F64 => sizeof(double),
        TensorType.F32 => sizeof(float),
        TensorType.F16 => sizeof(ushort),
        _ => sizeof(sbyte),
    };

    /// <summary>The header's bytes, its length included.</summary>
    public static byte[] Compose(IReadOnlyDictionary<string, string> metadata, IEnumerable<StoredTensor> tensors)
    {
        var entries = new OrderedDictionary<string, object> { [MetadataName] = metadata };
        foreach (StoredTensor tensor in tensors)
            entries[tensor.Name] = new Entry(tensor.Type.ToString(), [.. tensor.Shape], [tensor.Start, tensor.End]);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(entries, StrictJson.Header);
        byte[] header = new byte[(LengthSize + json.Length + Alignment - 1) / Alignment * Alignment];
        header.AsSpan().Fill((byte)' ');
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(header.Length - LengthSize));
        json.CopyTo(header, LengthSize);
        return header;
    }

    /// <summary>Reads the header at the start of a file.</summary>
    /// <param name="stream">The file, at its start; left at the tensors.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <param name="maxTensors">The most tensors that are read.</param>
    /// <param name="tensors">Receives the tensors by their names.</param>
    /// <returns>The map of texts.</returns>
    /// <exception cref="ModelFileException">The file has no such header.</exception>
    public static IReadOnlyDictionary<string, string> Read(
        Stream stream, ModelFaults faults, int maxTensors, out Dictionary<string, StoredTensor> tensors)
    {
        Span<byte> prefix = stackalloc byte[LengthSize + 1];
        if (stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length || prefix[LengthSize] != '{')
            throw faults.Of(ModelFileProblem.NotSafetensors, "it is no safetensors file and no compressed model");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > (ulong)(stream.Length - LengthSize))
            throw faults.Of(ModelFileProblem.Truncated, $"its header claims {length} bytes, and the file has {stream.Length}");
        // No machine reads a longer one.
        if (length > ModelLimits.MaxHeaderLength)
            throw faults.Of(ModelFileProblem.InvalidHeader,
                $"its header claims {length} bytes, and the most that is read is {ModelLimits.MaxHeaderLength}");
        byte[] json = new byte[length];
        stream.Position = LengthSize;
        stream.ReadExactly(json);
        var reader = new StrictJson(faults, ModelFileProblem.InvalidHeader, "its header", StrictJson.Header);
        SafetensorsHeader header = reader.Read<SafetensorsHeader>(json);
        if (header.Entries.Count > maxTensors)
            throw faults.Of(ModelFileProblem.TooLarge, $"it has more than {maxTensors} tensors");
        tensors = header.Entries.ToDictionary(entry => entry.Key, entry => ToTensor(entry.Key, entry.Value, reader, faults));
        return header.Metadata;
    }

    private static StoredTensor ToTensor(string name, JsonElement json, StrictJson reader, ModelFaults faults)
    {
        Entry entry = reader.Read<Entry>(json, name);
        if (entry.Shape.Length > 2)
            throw reader.Invalid("has more than 2 numbers where at most that many are expected");
        if (entry.Place.Length != 2)
            throw reader.Invalid($"does not tell the dtype, shape and data_offsets of {ModelFaults.Quoted(name)}");
        if (entry.Shape.Concat(entry.Place).Any(number => number < 0))
            throw reader.Invalid("has a number where a whole number of 0 or more is expected");
        return ExactNames.TryParse(entry.Type, out TensorType type)
            ? new StoredTensor(name, type, entry.Shape, entry.Place[0], entry.Place[1])
            : throw faults.Of(ModelFileProblem.InvalidTensor,
                $"tensor {ModelFaults.Quoted(name)} has numbers of type {ModelFaults.Quoted(entry.Type)}, which is not read");
    }

    private sealed record Entry(
        [property: JsonPropertyName("dtype")] string Type, long[] Shape, [property: JsonPropertyName("data_offsets")] long[] Place);
}
