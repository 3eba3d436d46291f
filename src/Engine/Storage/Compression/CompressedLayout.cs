using System.Buffers.Binary;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// The numbers of a compressed model file's layout, which docs/model-format.md has: magic, version, two lengths, the description
/// under Brotli, a table of the matrices' forms, their bytes under Brotli, zeros.
/// </summary>
internal static class CompressedLayout
{
    /// <summary>The version that is written and read here.</summary>
    public const byte Version = 1;

    /// <summary>Bytes before the description.</summary>
    public const int HeadSize = DescriptionLengthAt + sizeof(uint);

    /// <summary>Where the version is.</summary>
    public const int VersionAt = 4;

    /// <summary>Where the length of the compressed description is, 32 bits, little-endian.</summary>
    public const int CompressedLengthAt = VersionAt + 1;

    /// <summary>Where the length of the description itself is.</summary>
    public const int DescriptionLengthAt = CompressedLengthAt + sizeof(uint);

    /// <summary>A network up to this size in memory may be in a file of any length.</summary>
    private const long FreeBytes = 16 << 20;

    /// <summary>Beyond that, the most bytes of memory for each byte of the file.</summary>
    private const long MostExpansion = 256;

    /// <summary>The first bytes. As the length of a safetensors header they would be far more than any has.</summary>
    public static ReadOnlySpan<byte> Magic => "MLPZ"u8;

    /// <summary>
    /// The fewest bytes of a file with so large a network: a tiny file must not make a reader take a gigabyte. A writer whose file
    /// would be shorter fills it up with zeros.
    /// </summary>
    public static long LeastLength(long parameterCount) =>
        Math.Max(0, (parameterCount * sizeof(float) - FreeBytes + MostExpansion - 1) / MostExpansion);

    /// <summary>Whether a file begins as a compressed one does.</summary>
    public static bool IsCompressed(ReadOnlySpan<byte> start) => start.StartsWith(Magic);

    /// <summary>Reads one of the lengths.</summary>
    public static uint Length(ReadOnlySpan<byte> head, int at) => BinaryPrimitives.ReadUInt32LittleEndian(head[at..]);
}
