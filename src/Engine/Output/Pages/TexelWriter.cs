using System.Buffers.Binary;

namespace MonaLisa.Engine.Output;

/// <summary>Writes texels of four 32-bit numbers, little-endian.</summary>
internal sealed class TexelWriter(Stream stream, CancellationToken cancellationToken)
{
    private readonly byte[] _buffer = new byte[1 << 14];

    /// <summary>Writes a texel; numbers that count something must be below 2^24, so that they are exact.</summary>
    public void Write(float first, float second, float third, float fourth) => Write([first, second, third, fourth]);

    /// <summary>Writes numbers, and zeros until the texel is full.</summary>
    public void Write(ReadOnlySpan<float> values)
    {
        int atOnce = _buffer.Length / sizeof(float);
        for (; values.Length > 0; values = values[Math.Min(values.Length, atOnce)..])
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(values.Length, atOnce), padded = Quads.PadToQuads(count);
            Span<byte> bytes = _buffer.AsSpan(0, padded * sizeof(float));
            bytes.Clear();
            for (int i = 0; i < count; i++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes[(i * sizeof(float))..], values[i]);
            stream.Write(bytes);
        }
    }
}
