using System.Buffers.Binary;

namespace MonaLisa.Engine.Storage;

/// <summary>A tensor to write.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its number type.</param>
/// <param name="Shape">Its sides, outermost first.</param>
/// <param name="Write">Writes its numbers.</param>
internal sealed record TensorToWrite(string Name, TensorType Type, long[] Shape, Action<TensorWriter> Write)
{
    /// <summary>Its bytes.</summary>
    public long Length => Shape.Aggregate((long)SafetensorsHeader.SizeOf(Type), (size, side) => size * side);
}

/// <summary>Writes safetensors files: a header, and the tensors one after the other.</summary>
internal static class SafetensorsWriter
{
    /// <summary>Writes a file.</summary>
    public static void Write(Stream stream, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<TensorToWrite> tensors)
    {
        stream.Write(Header(metadata, tensors));
        var writer = new TensorWriter(stream);
        foreach (TensorToWrite tensor in tensors)
            tensor.Write(writer);
    }

    /// <summary>Bytes of the file that <see cref="Write"/> would write.</summary>
    public static long LengthOf(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<TensorToWrite> tensors) =>
        Header(metadata, tensors).Length + tensors.Sum(tensor => tensor.Length);

    private static byte[] Header(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<TensorToWrite> tensors)
    {
        var stored = new List<StoredTensor>();
        long start = 0;
        foreach (TensorToWrite tensor in tensors)
        {
            stored.Add(new(tensor.Name, tensor.Type, tensor.Shape, start, start + tensor.Length));
            start += tensor.Length;
        }
        return SafetensorsHeader.Compose(metadata, stored);
    }
}

/// <summary>Writes numbers, little-endian.</summary>
internal sealed class TensorWriter(Stream stream)
{
    private readonly byte[] _buffer = new byte[1 << 16];

    /// <summary>Writes bytes.</summary>
    public void Write(ReadOnlySpan<byte> values) => stream.Write(values);

    /// <summary>Writes 64-bit numbers.</summary>
    public void Write(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(_buffer, value);
            stream.Write(_buffer, 0, sizeof(double));
        }
    }

    /// <summary>Writes numbers in 32 bits, or in 16 where that is their type.</summary>
    public void Write(ReadOnlySpan<float> values, TensorType type = TensorType.F32)
    {
        int size = SafetensorsHeader.SizeOf(type), atOnce = _buffer.Length / size;
        for (; !values.IsEmpty; values = values[Math.Min(atOnce, values.Length)..])
        {
            int count = Math.Min(atOnce, values.Length);
            for (int i = 0; i < count; i++)
                if (type == TensorType.F16)
                    BinaryPrimitives.WriteHalfLittleEndian(_buffer.AsSpan(i * size), (Half)values[i]);
                else
                    BinaryPrimitives.WriteSingleLittleEndian(_buffer.AsSpan(i * size), values[i]);
            stream.Write(_buffer, 0, count * size);
        }
    }
}
