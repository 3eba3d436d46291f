using System.IO.Compression;
using System.Numerics;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// A picture's samples and roles as compressed bytes, for another process: a zlib stream (RFC 1950) of the samples, row by row,
/// little-endian, each minus that of the same channel in the pixel to its left; then, where not all are training pixels, a byte a pixel
/// with its <see cref="PixelRole"/>.
/// </summary>
internal static class PackedPixels
{
    private const int ChunkSize = 1 << 16;

    /// <summary>Packs a picture.</summary>
    public static byte[] Pack(PixelDataset picture)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            int rowLength = picture.Width * picture.Channels;
            if (picture.BitDepth == 8)
                WriteSamples(zlib, picture.Samples8, rowLength, picture.Channels);
            else
                WriteSamples(zlib, picture.Samples16, rowLength, picture.Channels);
            if (picture.Partition is PixelPartition partition)
                WriteRoles(zlib, partition, picture.PixelCount);
        }
        return packed.ToArray();
    }

    /// <summary>
    /// Unpacks bytes that need not be trusted: they are unpacked once to count them, and again only if the count is the picture's.
    /// </summary>
    /// <exception cref="PictureException">The bytes are damaged, or not those of such a picture.</exception>
    public static PixelDataset Unpack(string name, int width, int height, int channels, int bitDepth, byte[] packed)
    {
        if (width < 1 || height < 1 || channels is not (1 or 3 or 4) || bitDepth is not (8 or 16))
            throw Invalid($"there is none of {width} x {height} pixels, {Counted.Text(channels, "channel")} and {bitDepth} bits");
        long pixels = (long)width * height, samples = pixels * channels, bytes = samples * (bitDepth / 8);
        if (pixels > PixelDataset.MaxPixelCount)
            throw TooLarge(FormattableString.Invariant(
                $"claims {width} x {height} pixels, {pixels:N0} in all; at most {PixelDataset.MaxPixelCount:N0} are read"));
        if (samples > Array.MaxLength)
            throw TooLarge(FormattableString.Invariant(
                $"claims {width} x {height} pixels of {Counted.Text(channels, "channel")}, {samples:N0} samples in all; at most {Array.MaxLength:N0} are read"));
        try
        {
            long length = CountBytes(packed, most: bytes + pixels);
            if (length != bytes && length != bytes + pixels)
                throw Invalid(
                    $"{width} x {height} pixels of {Counted.Text(channels, "channel")} and {bitDepth} bits are {bytes} bytes, and {length} are there");
            using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            PixelDataset picture = bitDepth == 8
                ? new(name, width, height, ReadSamples<byte>(zlib, (int)samples, width * channels, channels), channels: channels)
                : new(name, width, height, ReadSamples<ushort>(zlib, (int)samples, width * channels, channels), channels: channels);
            return length == bytes ? picture : picture.WithRoles(ReadRoles(zlib, picture.PixelCount));
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or ArgumentException)
        {
            throw Invalid("they cannot be unpacked to the end, or leave nothing to learn from", exception);
        }
        catch (OutOfMemoryException exception)
        {
            throw new PictureException(PictureProblem.TooLarge, null,
                $"There is not enough memory for the packed picture of {width} x {height} pixels. Send a smaller picture.", exception);
        }
    }

    private static void WriteSamples<T>(Stream stream, ReadOnlySpan<T> samples, int rowLength, int channels)
        where T : IBinaryInteger<T>
    {
        int size = T.Zero.GetByteCount(), most = ChunkSize / size;
        byte[] chunk = new byte[ChunkSize];
        for (int start = 0; start < samples.Length; start += rowLength)
            for (int first = 0; first < rowLength; first += most)
            {
                int count = Math.Min(most, rowLength - first);
                for (int i = 0; i < count; i++)
                    (samples[start + first + i] - Left(samples, start, first + i, channels)).WriteLittleEndian(chunk, i * size);
                stream.Write(chunk, 0, count * size);
            }
    }

    private static T[] ReadSamples<T>(Stream stream, int sampleCount, int rowLength, int channels)
        where T : IBinaryInteger<T>
    {
        var samples = new T[sampleCount];
        int size = T.Zero.GetByteCount(), most = ChunkSize / size;
        byte[] chunk = new byte[ChunkSize];
        for (int start = 0; start < sampleCount; start += rowLength)
            for (int first = 0; first < rowLength; first += most)
            {
                int count = Math.Min(most, rowLength - first);
                stream.ReadExactly(chunk, 0, count * size);
                for (int i = 0; i < count; i++)
                    samples[start + first + i] = T.ReadLittleEndian(chunk.AsSpan(i * size, size), isUnsigned: true)
                        + Left<T>(samples, start, first + i, channels);
            }
        return samples;
    }

    /// <summary>The sample of the same channel in the pixel to the left; zero at a row's start.</summary>
    /// <param name="samples">The picture.</param>
    /// <param name="start">Where the row starts.</param>
    /// <param name="at">The sample's place in the row.</param>
    /// <param name="channels">Samples a pixel.</param>
    private static T Left<T>(ReadOnlySpan<T> samples, int start, int at, int channels) where T : IBinaryInteger<T> =>
        at < channels ? T.Zero : samples[start + at - channels];

    private static void WriteRoles(Stream stream, PixelPartition partition, int pixelCount)
    {
        var cursor = new PixelRoleCursor(partition);
        byte[] roles = new byte[ChunkSize];
        for (int start = 0; start < pixelCount; start += ChunkSize)
        {
            int count = Math.Min(ChunkSize, pixelCount - start);
            for (int i = 0; i < count; i++)
                roles[i] = (byte)cursor.RoleOf(start + i);
            stream.Write(roles, 0, count);
        }
    }

    private static PixelRoleMap ReadRoles(Stream stream, int pixelCount)
    {
        var map = new PixelRoleMap(pixelCount);
        byte[] roles = new byte[ChunkSize];
        for (int start = 0; start < pixelCount; start += ChunkSize)
        {
            int count = Math.Min(ChunkSize, pixelCount - start);
            stream.ReadExactly(roles, 0, count);
            for (int i = 0; i < count; i++)
                map[start + i] = roles[i] <= (byte)PixelRole.Ignored
                    ? (PixelRole)roles[i] : throw Invalid($"pixel {start + i} has the role {roles[i]}, which is none");
        }
        return map;
    }

    private static long CountBytes(byte[] packed, long most)
    {
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        byte[] chunk = new byte[ChunkSize];
        long length = 0;
        while (length <= most && zlib.Read(chunk) is > 0 and int count)
            length += count;
        return length;
    }

    private static PictureException TooLarge(string what) =>
        new(PictureProblem.TooLarge, null, $"The packed picture {what}. Send a smaller picture.");

    private static PictureException Invalid(string what, Exception? cause = null) => new(PictureProblem.Damaged, null,
        $"The bytes of a packed picture are damaged: {what}. Send the picture again.", cause);
}
