using System.Buffers.Binary;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// Compressed model files of version 2, which hold networks with latents: name, version, checksum, and what <see cref="LatentBitstream"/>
/// writes. Zeros at the end are left out, and added where a file would be too short for its picture.
/// </summary>
internal static class LatentFile
{
    /// <summary>The version.</summary>
    public const byte Version = 2;

    private const int ChecksumAt = FileHead.VersionAt + 1;

    /// <summary>Whether a file is of this version.</summary>
    public static bool Fits(ReadOnlySpan<byte> file) => file.Length > FileHead.VersionAt && file[FileHead.VersionAt] == Version;

    /// <summary>The bytes of a file.</summary>
    /// <param name="network">The network.</param>
    /// <param name="training">The training behind it, or null.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static byte[] Compose(Mlp network, TrainingFacts? training, CancellationToken cancellationToken = default)
    {
        var encoding = (LatentEncoding)network.Design.Encoding;
        byte[] stream = LatentBitstream.Write(network, training, cancellationToken);
        byte[] file = new byte[LatentBitstream.FileLength(stream, (long)encoding.Width * encoding.Height)];
        CompressedFormat.Magic.CopyTo(file);
        file[FileHead.VersionAt] = Version;
        stream.CopyTo(file, LatentBitstream.FrameBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(ChecksumAt), Crc32C.Of(file.AsSpan(LatentBitstream.FrameBytes)));
        return file;
    }

    /// <summary>Reads a file that <see cref="Fits"/>.</summary>
    /// <param name="file">The file.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <param name="findStart">Finds the start that the file names; null where there is none to be found.</param>
    /// <param name="cancellationToken">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ModelFileException">It is no network that can be loaded.</exception>
    public static Mlp Read(
        ReadOnlyMemory<byte> file, ModelFaults faults, LatentStartFinder? findStart = null, CancellationToken cancellationToken = default)
    {
        if (file.Length < LatentBitstream.FrameBytes)
            throw faults.Of(ModelFileProblem.Truncated, $"it is a compressed model file that ends after {file.Length} bytes");
        ReadOnlyMemory<byte> stream = file[LatentBitstream.FrameBytes..];
        if (BinaryPrimitives.ReadUInt32LittleEndian(file.Span[ChecksumAt..]) != Crc32C.Of(stream.Span))
            throw faults.Of(ModelFileProblem.ChecksumMismatch, "its checksum is wrong: bytes of it were lost or changed");
        try
        {
            return LatentBitstream.Read(
                stream, TrainingDefaults.LatentDesign(MlpDesign.DefaultOutputCount),
                findStart ?? LatentStartFiles.For(folder: null, given: null, faults, cancellationToken), cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw faults.Of(ModelFileProblem.InvalidDescription, exception.Message);
        }
    }
}
