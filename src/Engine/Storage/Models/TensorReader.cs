using System.Buffers.Binary;

namespace MonaLisa.Engine.Storage;

/// <summary>Reads tensors of little-endian numbers out of a file whose header has been checked.</summary>
/// <param name="stream">The file.</param>
/// <param name="dataStart">Where the header ends.</param>
/// <param name="faults">Makes the errors.</param>
internal sealed class TensorReader(Stream stream, long dataStart, ModelFaults faults)
{
    private readonly byte[] _buffer = new byte[1 << 16];

    /// <summary>Reads a tensor; 8-bit numbers are not scaled.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="values">Receives its numbers, as many as its shape says.</param>
    /// <exception cref="ModelFileException">A number is infinite or not a number.</exception>
    public void Read(StoredTensor tensor, Span<float> values)
    {
        ReadAny(tensor, values);
        RequireFinite(values, tensor.Name);
    }

    /// <summary>Reads a tensor whose numbers may be anything; 8-bit numbers are not scaled.</summary>
    public void ReadAny(StoredTensor tensor, Span<float> values)
    {
        stream.Position = dataStart + tensor.Start;
        int size = tensor.Type.Size(), atOnce = _buffer.Length / size;
        for (int first = 0; first < values.Length; first += atOnce)
        {
            Span<float> part = values.Slice(first, Math.Min(atOnce, values.Length - first));
            stream.ReadExactly(_buffer, 0, part.Length * size);
            for (int i = 0; i < part.Length; i++)
                part[i] = Decode(_buffer.AsSpan(i * size), tensor.Type);
        }
    }

    /// <summary>Reads a tensor of 64-bit numbers.</summary>
    public void Read(StoredTensor tensor, Span<double> values)
    {
        stream.Position = dataStart + tensor.Start;
        foreach (ref double value in values)
        {
            stream.ReadExactly(_buffer, 0, sizeof(double));
            value = BinaryPrimitives.ReadDoubleLittleEndian(_buffer);
        }
    }

    /// <summary>Reads a tensor of bytes.</summary>
    public void Read(StoredTensor tensor, Span<byte> values)
    {
        stream.Position = dataStart + tensor.Start;
        stream.ReadExactly(values);
    }

    /// <summary>Throws unless all numbers are finite.</summary>
    public void RequireFinite(ReadOnlySpan<float> values, string name)
    {
        foreach (float value in values)
            if (!float.IsFinite(value))
                throw faults.Of(ModelFileProblem.NotFinite, $"tensor '{name}' has a number that is infinite or not a number");
    }

    private static float Decode(ReadOnlySpan<byte> source, TensorType type) => type switch
    {
        TensorType.F32 => BinaryPrimitives.ReadSingleLittleEndian(source),
        TensorType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(source),
        _ => (sbyte)source[0],
    };
}
