using System.Buffers.Binary;
using System.Numerics;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// The layout of a file of snapshots, which docs/snapshots.md has: magic, version, the description's length and the description, the
/// network's numbers that are not trained, a checksum; then frames of one length, one after the other. All numbers are little-endian.
/// </summary>
internal sealed class SnapshotLayout
{
    /// <summary>The version that is written and read here.</summary>
    public const byte Version = 1;

    /// <summary>Where the version is.</summary>
    public const int VersionAt = 4;

    /// <summary>Where the length of the description is, 32 bits.</summary>
    public const int DescriptionLengthAt = VersionAt + 1;

    /// <summary>Bytes before the description.</summary>
    public const int HeadSize = DescriptionLengthAt + sizeof(uint);

    /// <summary>Bytes of a checksum: CRC-32C of what comes before it, in its frame or in the file's head.</summary>
    public const int ChecksumSize = sizeof(uint);

    /// <summary>Bytes of a frame before its numbers: step, time in 100 ns, PSNR in dB or NaN, epoch.</summary>
    public const int FrameHeadSize = sizeof(long) + sizeof(long) + sizeof(double) + sizeof(int);

    private const uint ChecksumStart = uint.MaxValue;

    /// <summary>The layout of a network's snapshots.</summary>
    /// <param name="design">The network's design, of modest size.</param>
    /// <param name="descriptionLength">Bytes of the description.</param>
    public SnapshotLayout(MlpDesign design, int descriptionLength)
    {
        ValueCount = ParameterBudget.CountParameters(design);
        FixedCount = design.Encoding.IsTrained ? 0 : design.Encoding.TensorShapes.Sum(shape => shape.Length);
        FixedAt = HeadSize + descriptionLength;
    }

    /// <summary>The first bytes.</summary>
    public static ReadOnlySpan<byte> Magic => "MLPS"u8;

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

    /// <summary>Whether a file begins as one of snapshots does.</summary>
    public static bool IsSnapshots(ReadOnlySpan<byte> start) => start.StartsWith(Magic);

    /// <summary>Writes what a frame has before its numbers.</summary>
    public static void WriteHead(Span<byte> frame, TrainingSnapshot snapshot)
    {
        BinaryPrimitives.WriteInt64LittleEndian(frame, snapshot.Step);
        BinaryPrimitives.WriteInt64LittleEndian(frame[8..], snapshot.Elapsed.Ticks);
        BinaryPrimitives.WriteDoubleLittleEndian(frame[16..], snapshot.Psnr ?? double.NaN);
        BinaryPrimitives.WriteInt32LittleEndian(frame[24..], snapshot.Epoch);
    }

    /// <summary>Reads what <see cref="WriteHead"/> wrote; null where it cannot be.</summary>
    public static TrainingSnapshot? ReadHead(ReadOnlySpan<byte> frame)
    {
        long step = BinaryPrimitives.ReadInt64LittleEndian(frame), ticks = BinaryPrimitives.ReadInt64LittleEndian(frame[8..]);
        double psnr = BinaryPrimitives.ReadDoubleLittleEndian(frame[16..]);
        int epoch = BinaryPrimitives.ReadInt32LittleEndian(frame[24..]);
        return step < 0 || ticks < 0 || epoch < 0 || double.IsInfinity(psnr)
            ? null : new TrainingSnapshot(epoch, step, TimeSpan.FromTicks(ticks), double.IsNaN(psnr) ? null : psnr);
    }

    /// <summary>The checksum of bytes.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint checksum = ChecksumStart;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte one in bytes)
            checksum = BitOperations.Crc32C(checksum, one);
        return ~checksum;
    }

    /// <summary>Writes the checksum of all that comes before it into the last bytes.</summary>
    public static void Seal(Span<byte> bytes) =>
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[^ChecksumSize..], Checksum(bytes[..^ChecksumSize]));

    /// <summary>Whether the last bytes are the checksum of all that comes before them.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[^ChecksumSize..]) == Checksum(bytes[..^ChecksumSize]);
}
