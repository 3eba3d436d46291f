using System.Buffers.Binary;

namespace MonaLisa.Engine.Models;

/// <summary>Writes tensors as little-endian numbers.</summary>
internal sealed class TensorWriter(Stream stream)
{
    private readonly byte[] _buffer = new byte[1 << 16];

    /// <summary>Writes a tensor.</summary>
    public void Write(LayerTensor tensor)
    {
        DenseLayer layer = tensor.Layer;
        switch (tensor.Role)
        {
            case TensorRole.Bias:
                Write(layer.Biases, tensor.Stored.Type, scale: 0);
                break;
            case TensorRole.Scale:
                Write([.. Enumerable.Range(0, layer.OutputCount).Select(row => RowScale.Of(Row(layer, row)))], TensorType.F32, scale: 0);
                break;
            case TensorRole.Weight when tensor.Stored.Type == TensorType.I8:
                for (int row = 0; row < layer.OutputCount; row++)
                    Write(Row(layer, row), TensorType.I8, RowScale.Of(Row(layer, row)));
                break;
            default:
                Write(layer.Weights, tensor.Stored.Type, scale: 0);
                break;
        }
    }

    private static ReadOnlySpan<float> Row(DenseLayer layer, int row) =>
        layer.Weights.AsSpan(row * layer.InputCount, layer.InputCount);

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
