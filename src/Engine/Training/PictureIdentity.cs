using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Training;

/// <summary>What distinguishes a run's picture from every other.</summary>
/// <param name="Name">Its short name; a picture may be renamed.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">Samples a pixel.</param>
/// <param name="BitDepth">Bits a sample.</param>
/// <param name="TrainingPixels">How many of the pixels are for training.</param>
/// <param name="Samples">SHA-256 of the samples, in hexadecimal digits.</param>
/// <param name="Roles">SHA-256 of which pixels are for training and which are held out; null where all are for training.</param>
internal sealed record PictureIdentity(string Name, int Width, int Height, int Channels, int BitDepth, int TrainingPixels, string Samples, string? Roles)
{
    /// <summary>The identity of a picture.</summary>
    public static PictureIdentity Of(PixelDataset picture) => new(
        picture.Name, picture.Width, picture.Height, picture.Channels, picture.BitDepth, picture.TrainingPixelCount,
        Convert.ToHexString(SHA256.HashData(picture.BitDepth == 8 ? picture.Samples8 : MemoryMarshal.AsBytes(picture.Samples16))),
        picture.Partition is PixelPartition partition ? HashOf(partition) : null);

    /// <summary>The difference of another picture, a clause for a message; null if there is none.</summary>
    public string? DifferenceOf(PictureIdentity other)
    {
        if ((Width, Height, Channels, BitDepth) != (other.Width, other.Height, other.Channels, other.BitDepth))
            return $"it is of '{Name}', {FormOf(this)}, and '{other.Name}' has {FormOf(other)}";
        if (Samples != other.Samples)
            return $"it is of '{Name}', and '{other.Name}' has other pixels";
        return Roles == other.Roles ? null : $"it is of '{Name}' with other pixels held out, masked or transparent than '{other.Name}' has";
    }

    /// <summary>All of it but the name, as one text that equal pictures share.</summary>
    public string Content => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}x{Channels}x{BitDepth} {Samples} {Roles}");

    /// <summary>The first hexadecimal digits of the SHA-256 of <see cref="Content"/>, for file names.</summary>
    /// <param name="digits">How many, 1 to 64.</param>
    public string Digest(int digits) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Content)))[..digits];

    private static string FormOf(PictureIdentity picture) =>
        $"{picture.Width} x {picture.Height} pixels of {Counted.Text(picture.Channels, "channel")} with {picture.BitDepth} bits";

    private static string HashOf(PixelPartition partition)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> count = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(count, partition.TrainingCount);
        hash.AppendData(count);
        hash.AppendData(MemoryMarshal.AsBytes<uint>(partition.Pixels));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
