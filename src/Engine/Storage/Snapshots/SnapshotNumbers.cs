using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Storage;

/// <summary>A network's numbers in the order of a frame: an encoding's trained tables, then each layer's weights and biases.</summary>
internal static class SnapshotNumbers
{
    /// <summary>Composes a frame, all but its checksum.</summary>
    /// <param name="network">The network.</param>
    /// <param name="snapshot">Its moment.</param>
    /// <param name="frame">Receives the frame.</param>
    public static void WriteFrame(Mlp network, TrainingSnapshot snapshot, Span<byte> frame)
    {
        SnapshotLayout.WriteHead(frame, snapshot);
        Write(network, frame[SnapshotLayout.FrameHeadSize..^SnapshotLayout.ChecksumSize]);
    }

    /// <summary>Rounds the trained numbers of a network to halves.</summary>
    /// <param name="network">The network.</param>
    /// <param name="destination">Receives two bytes each.</param>
    private static void Write(Mlp network, Span<byte> destination)
    {
        Span<ushort> halves = MemoryMarshal.Cast<byte, ushort>(destination);
        foreach (float[] values in Trained(network))
        {
            HalfConversion.Round(values, halves);
            halves = halves[values.Length..];
        }
        if (!BitConverter.IsLittleEndian)
            Reverse(destination);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <returns>Whether every number is finite.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, Mlp network)
    {
        foreach (float[] values in Trained(network))
            foreach (ref float value in values.AsSpan())
            {
                value = (float)BinaryPrimitives.ReadHalfLittleEndian(source);
                if (!float.IsFinite(value))
                    return false;
                source = source[sizeof(ushort)..];
            }
        return true;
    }

    /// <summary>The arrays of a network's numbers that are not trained.</summary>
    public static IEnumerable<float[]> Fixed(Mlp network) =>
        network.Design.Encoding.IsTrained ? [] : network.EncodingTensors.Select(tensor => tensor.Values);

    private static IEnumerable<float[]> Trained(Mlp network)
    {
        if (network.Design.Encoding.IsTrained)
            foreach (EncodingTensor tensor in network.EncodingTensors)
                yield return tensor.Values;
        foreach (DenseLayer layer in network.Layers)
        {
            yield return layer.Weights;
            yield return layer.Biases;
        }
    }

    private static void Reverse(Span<byte> destination)
    {
        Span<short> numbers = MemoryMarshal.Cast<byte, short>(destination);
        BinaryPrimitives.ReverseEndianness(numbers, numbers);
    }
}
