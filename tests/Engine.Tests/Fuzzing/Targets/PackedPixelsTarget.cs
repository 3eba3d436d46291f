using System.Buffers.Binary;
using System.IO.Compression;

namespace MonaLisa.Engine.Tests;

/// <summary>Packed pictures, as they come from another session; before the bytes their width, height, channels and bits.</summary>
internal sealed class PackedPixelsTarget : FuzzTarget
{
    private const int HeaderLength = 4 * sizeof(int);

    /// <inheritdoc/>
    public override string Name => "packed-pixels";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Samples { get; } =
    [
        Sample(TestPictures.Create(9, 7)),
        Sample(TestPictures.Create16(5, 4, 4).WithHoldOut(new HoldOut { Fraction = 0.3 })),
        Sample(TestPictures.Create(16, 3, 1).WithRoles((x, y) => x == y ? PixelRole.Ignored : PixelRole.Training)),
    ];

    /// <inheritdoc/>
    public override byte[] Mutate(byte[] whole, Random random)
    {
        if (random.Next(3) > 0)
            return ByteMutator.Mutate(whole, random);
        // Damage that the checksum of the compressed bytes does not show.
        using var plain = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(whole[HeaderLength..]), CompressionMode.Decompress))
            zlib.CopyTo(plain);
        return [.. whole[..HeaderLength], .. Compressed(ByteMutator.MutateOnce(plain.ToArray(), random))];
    }

    /// <inheritdoc/>
    public override long Read(byte[] input)
    {
        if (input.Length < HeaderLength)
            throw new PictureException(PictureProblem.Empty, null, "There is no header to try.");
        int Header(int place) => BinaryPrimitives.ReadInt32LittleEndian(input.AsSpan(place * sizeof(int)));
        PixelDataset picture = PixelDataset.FromPackedBytes("picture", Header(0), Header(1), Header(2), Header(3), input[HeaderLength..]);
        Assert.Equal((Header(0), Header(1), Header(2), Header(3)), (picture.Width, picture.Height, picture.Channels, picture.BitDepth));
        Assert.InRange(picture.TrainingPixelCount, 1, picture.PixelCount);
        return (long)picture.PixelCount * picture.Channels * picture.BitDepth / 8;
    }

    /// <inheritdoc/>
    public override bool IsRefusal(Exception exception) => exception is PictureException;

    private static byte[] Sample(PixelDataset picture)
    {
        byte[] header = new byte[HeaderLength];
        int[] values = [picture.Width, picture.Height, picture.Channels, picture.BitDepth];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(i * sizeof(int)), values[i]);
        return [.. header, .. picture.ToPackedBytes()];
    }

    private static byte[] Compressed(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(plain);
        return packed.ToArray();
    }
}
