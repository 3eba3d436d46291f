using System.Buffers.Binary;

namespace MonaLisa.Engine.Storage;

/// <summary>Writes tensors as little-endian numbers.</summary>
internal sealed class TensorWriter(Stream stream)
{
    private readonly byte[] _buffer = new byte[1 << 16];

    /// <summary>Writes a tensor.</summary>
    public void Write(NetworkTensor tensor)
    {
        if (tensor.Role == TensorRole.Scale)
            Write([.. Enumerable.Range(0, tensor.RowCount).Select(row => RowScale.Of(tensor.Row(row)))], TensorType.F32, scale: 0);
        else if (tensor.Stored.Type == TensorType.I8)
            for (int row = 0; row < tensor.RowCount; row++)
                Write(tensor.Row(row), TensorType.I8, RowScale.Of(tensor.Row(row)));
        else
            Write(tensor.Values, tensor.Stored.Type, scale: 0);
    }

    /// <summary>Writes 32-bit numbers.</summary>
    public void Write(ReadOnlySpan<float> values) => Write(values, TensorType.F32, scale: 0);

    /// <summary>Writes 64-bit numbers.</summary>
    public void Write(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(_buffer, value);
            stream.Write(_buffer, 0, sizeof(double));
        }
    }

    private void Write(ReadOnlySpan<float> values, TensorType type, float scale)
    {
        int size = type.Size(), atOnce = _buffer.Length / size;
        for (; !values.IsEmpty; values = values[Math.Min(atOnce, values.Length)..])
        {
            int count = Math.Min(atOnce, values.Length);
            for (int i = 0; i < count; i++)
                Encode(values[i], type, scale, _buffer.AsSpan(i * size));
            stream.Write(_buffer, 0, count * size);
        }
    }

    private static void Encode(float value, TensorType type, float scale, Span<byte> destination)
    {
        switch (type)
        {
            case TensorType.F32:
                BinaryPrimitives.WriteSingleLittleEndian(destination, value);
                break;
            case TensorType.F16:
                BinaryPrimitives.WriteHalfLittleEndian(destination, (Half)value);
                break;
            default:
                destination[0] = (byte)RowScale.Quantize(value, scale);
                break;
        }
    }
}
