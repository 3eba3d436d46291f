using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// The layout of a file of snapshots, which docs/snapshots.md has: magic, version, the description's length and the description, the
/// network's numbers that are not trained, a checksum; then frames of one length, one after the other. All numbers are little-endian.
/// </summary>
internal sealed class SnapshotLayout
{
    /// <summary>The head, with the length of the description.</summary>
    public static readonly FileHead Head = new("a file of snapshots", [.. "MLPS"u8], lengthCount: 1);

    /// <summary>Bytes of a checksum: CRC-32C of what comes before it, in its frame or in the file's head.</summary>
    public const int ChecksumSize = sizeof(uint);

    /// <summary>
    /// Bytes of a frame before its numbers: step, time in 100 ns, PSNR in dB or NaN, and the epoch, whose highest bit says that the frame is
    /// not one of the schedule's.
    /// </summary>
    public const int FrameHeadSize = sizeof(long) + sizeof(long) + sizeof(double) + sizeof(int);

    private const int Unscheduled = int.MinValue;

    /// <summary>The layout of a network's snapshots.</summary>
    /// <param name="design">The network's design, of modest size.</param>
    /// <param name="descriptionLength">Bytes of the description.</param>
    public SnapshotLayout(MlpDesign design, int descriptionLength)
    {
        ILookup<bool, long> lengths = NetworkTensor.Of(design).ToLookup(tensor => IsTrained(tensor, design), tensor => tensor.Length);
        (ValueCount, FixedCount) = (lengths[true].Sum(), lengths[false].Sum());
        FixedAt = Head.Size + descriptionLength;
    }

    /// <summary>The network's trained numbers: a frame has each as a half.</summary>
    public long ValueCount { get; }

    /// <summary>The network's other numbers, kept once, 32 bits each.</summary>
    public long FixedCount { get; }

    /// <summary>Where those begin.</summary>
    public long FixedAt { get; }

    /// <summary>Where the frames begin.</summary>
    public long FramesAt => FixedAt + FixedCount * sizeof(float) + ChecksumSize;

    /// <summary>Bytes of a frame.</summary>
    public long FrameSize => FrameHeadSize + ValueCount * sizeof(ushort) + ChecksumSize;

    /// <summary>Where a frame begins.</summary>
    public long FrameAt(long frame) => FramesAt + frame * FrameSize;

    /// <summary>Writes what a frame has before its numbers.</summary>
    public static void WriteHead(Span<byte> frame, TrainingSnapshot snapshot)
    {
        BinaryPrimitives.WriteInt64LittleEndian(frame, snapshot.Step);
        BinaryPrimitives.WriteInt64LittleEndian(frame[8..], snapshot.Elapsed.Ticks);
        BinaryPrimitives.WriteDoubleLittleEndian(frame[16..], snapshot.Psnr ?? double.NaN);
        BinaryPrimitives.WriteInt32LittleEndian(frame[24..], snapshot.Epoch | (snapshot.IsScheduled ? 0 : Unscheduled));
    }

    /// <summary>Reads what <see cref="WriteHead"/> wrote; null where it cannot be.</summary>
    public static TrainingSnapshot? ReadHead(ReadOnlySpan<byte> frame)
    {
        long step = BinaryPrimitives.ReadInt64LittleEndian(frame), ticks = BinaryPrimitives.ReadInt64LittleEndian(frame[8..]);
        double psnr = BinaryPrimitives.ReadDoubleLittleEndian(frame[16..]);
        int epoch = BinaryPrimitives.ReadInt32LittleEndian(frame[24..]);
        return step < 0 || ticks < 0 || ticks > TrainingOptions.LongestElapsed.Ticks || double.IsInfinity(psnr) ? null
            : new TrainingSnapshot(
                epoch & ~Unscheduled, step, TimeSpan.FromTicks(ticks), double.IsNaN(psnr) ? null : psnr, (epoch & Unscheduled) == 0);
    }

    /// <summary>Writes the checksum of all that comes before it into the last bytes.</summary>
    public static void Seal(Span<byte> bytes) =>
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[^ChecksumSize..], Crc32C.Of(bytes[..^ChecksumSize]));

    /// <summary>Whether the last bytes are the checksum of all that comes before them.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[^ChecksumSize..]) == Crc32C.Of(bytes[..^ChecksumSize]);

    /// <summary>Composes a frame, all but its checksum.</summary>
    /// <param name="network">The network.</param>
    /// <param name="snapshot">The state that it is of.</param>
    /// <param name="frame">Receives the frame.</param>
    public static void WriteFrame(Mlp network, TrainingSnapshot snapshot, Span<byte> frame)
    {
        WriteHead(frame, snapshot);
        Write(network, frame[FrameHeadSize..^ChecksumSize]);
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

    /// <summary>A network's numbers that are not trained, one array each tensor.</summary>
    public static IEnumerable<float[]> Fixed(Mlp network) => Values(network, areTrained: false);

    // An encoding's trained tables, then each layer's weights and biases.
    private static IEnumerable<float[]> Trained(Mlp network) => Values(network, areTrained: true);

    private static IEnumerable<float[]> Values(Mlp network, bool areTrained) =>
        NetworkTensor.Of(network.Design).Zip(NetworkTensor.ValuesOf(network))
            .Where(tensor => IsTrained(tensor.First, network.Design) == areTrained).Select(tensor => tensor.Second);

    private static bool IsTrained(NetworkTensor tensor, MlpDesign design) => tensor.Role != TensorRole.Encoding || design.Encoding.IsLearned;

    private static void Reverse(Span<byte> destination)
    {
        Span<short> numbers = MemoryMarshal.Cast<byte, short>(destination);
        BinaryPrimitives.ReverseEndianness(numbers, numbers);
    }
}
