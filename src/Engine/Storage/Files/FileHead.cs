using System.Buffers.Binary;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// The head of a file in one of this program's own layouts: four bytes that name the kind, the version, and lengths of 32 bits,
/// little-endian. The description follows it.
/// </summary>
/// <param name="kind">The kind of file, to begin a message with.</param>
/// <param name="magic">The bytes that name it.</param>
/// <param name="lengthCount">How many lengths there are.</param>
internal sealed class FileHead(string kind, byte[] magic, int lengthCount)
{
    /// <summary>The version that is written and read here, of every kind.</summary>
    public const byte Version = 1;

    /// <summary>Where the version is.</summary>
    public const int VersionAt = 4;

    /// <summary>Where the lengths are.</summary>
    public const int LengthsAt = VersionAt + 1;

    /// <summary>Bytes of the head.</summary>
    public int Size => LengthsAt + lengthCount * sizeof(uint);

    /// <summary>Whether a file begins as one of this kind does.</summary>
    public bool Fits(ReadOnlySpan<byte> start) => start.StartsWith(magic);

    /// <summary>Writes the head.</summary>
    public void Write(Span<byte> file, params ReadOnlySpan<int> lengths)
    {
        magic.CopyTo(file);
        file[VersionAt] = Version;
        for (int i = 0; i < lengths.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(file[(LengthsAt + i * sizeof(uint))..], lengths[i]);
    }

    /// <summary>Reads the lengths; the last is that of the description, which is no more than may be read.</summary>
    /// <param name="start">The beginning of a file that <see cref="Fits"/>.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <exception cref="ModelFileException">The version is another, the head is not whole or the description is too long.</exception>
    public uint[] Read(ReadOnlySpan<byte> start, ModelFaults faults)
    {
        if (start.Length > VersionAt && start[VersionAt] != Version)
            throw faults.Of(ModelFileProblem.UnknownVersion,
                $"it is {kind} of version {start[VersionAt]}, and only version {Version} is known");
        if (start.Length < Size)
            throw faults.Of(ModelFileProblem.Truncated, $"it is {kind} that ends after {start.Length} bytes");
        uint[] lengths = new uint[lengthCount];
        for (int i = 0; i < lengths.Length; i++)
            lengths[i] = BinaryPrimitives.ReadUInt32LittleEndian(start[(LengthsAt + i * sizeof(uint))..]);
        return lengths[^1] <= ModelLimits.MaxHeaderLength ? lengths : throw faults.Of(ModelFileProblem.TooLarge,
            $"its description claims {lengths[^1]} bytes, and the most that is read is {ModelLimits.MaxHeaderLength}");
    }
}
