using System.Buffers.Binary;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Tests;

/// <summary>A place that a file names and that it does not have is damage of the file, not a failure of the disk.</summary>
public sealed class FilePlaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 8)]
    [InlineData(long.MaxValue - 5000)]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    public void A_place_in_a_tiff_that_overflows_is_damage(long place)
    {
        AssertDamaged(BigTiff(stripOffset: place));
        AssertDamaged(BigTiff(bitsAt: place));
        AssertDamaged(BigTiff(stripBytes: place));
        AssertDamaged(BigTiff(directory: place));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 48)]
    [InlineData(long.MaxValue - 5000)]
    [InlineData(long.MinValue)]
    public void A_box_of_an_avif_that_overflows_is_damage(long size)
    {
        byte[] box = [0, 0, 0, 1, .. "free"u8, .. new byte[8]];
        BinaryPrimitives.WriteInt64BigEndian(box.AsSpan(8), size);
        byte[] whole = AvifFile.Coded;
        int start = BinaryPrimitives.ReadInt32BigEndian(whole);
        AssertDamaged([.. whole[..start], .. box, .. whole[start..]]);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 100, true)]
    [InlineData(100, 0, true)]
    [InlineData(0, 101, false)]
    [InlineData(101, 0, false)]
    [InlineData(-1, 1, false)]
    [InlineData(1, -1, false)]
    [InlineData(long.MaxValue, long.MaxValue, false)]
    [InlineData(1, long.MaxValue, false)]
    public void A_range_is_in_the_file_or_not(long position, long count, bool isHeld)
    {
        using var stream = new MemoryStream(new byte[100]);
        Assert.Equal(isHeld, stream.Holds(position, count));
    }

    [Fact]
    public void What_was_found_before_a_fault_counts()
    {
        Assert.NotEmpty(Facts(WithoutAssociations(AvifFile.AsSequence(AvifFile.Coded))).Patches);
        Assert.True(Facts(WithoutAssociations(AvifFile.Premultiplied)).IsPremultiplied);
        byte[] grey = WithShortColor(AvifFile.AsSequence(AvifFile.Monochrome));
        Assert.NotEmpty(Facts(grey).Patches);
        Assert.True(Facts(grey).IsGrey);
    }

    private static FileFacts Facts(byte[] file) =>
        FileFacts.Read(new MemoryStream(file), "AVIF", int.MaxValue, TestContext.Current.CancellationToken);

    // It claims more associations of properties than it has.
    private static byte[] WithoutAssociations(byte[] file)
    {
        byte[] other = [.. file];
        other.AsSpan(other.AsSpan().IndexOf("ipma"u8) + 8, 4).Fill(byte.MaxValue);
        return other;
    }

    // The code points become a box that ends within its kind, and one for the rest.
    private static byte[] WithShortColor(byte[] file)
    {
        byte[] other = [.. file], boxes = [0, 0, 0, 10, .. "colrnc"u8, 0, 0, 0, 9];
        boxes.CopyTo(other, other.AsSpan().IndexOf("colr"u8) - 4);
        return other;
    }

    private void AssertDamaged(byte[] file)
    {
        var error = Assert.Throws<PictureException>(() => PictureReader.Read(_folder.Write("picture", file)));
        Assert.Equal(PictureProblem.Damaged, error.Problem);
    }

    // A picture of 16 x 8 pixels in PackBits. It states the bits of more samples than it has, which its directory has no room for.
    private static byte[] BigTiff(long stripOffset = 16, long stripBytes = 6, long bitsAt = 22, long directory = 32)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write("II+\0\b\0\0\0"u8);
        writer.Write(directory);
        writer.Write((byte[])[0x81, 1, 0x81, 2, 0x81, 3]);
        writer.Write((byte[])[8, 0, 8, 0, 8, 0, 8, 0, 8, 0]);
        (ushort Tag, ushort Type, long Count, long Value)[] entries =
        [
            (256, 3, 1, 16), (257, 3, 1, 8), (258, 3, 5, bitsAt), (259, 3, 1, 32773), (262, 3, 1, 2), (273, 16, 1, stripOffset), (277, 3, 1, 3),
            (278, 3, 1, 8), (279, 16, 1, stripBytes),
        ];
        writer.Write((long)entries.Length);
        foreach ((ushort tag, ushort type, long count, long value) in entries)
        {
            writer.Write(tag);
            writer.Write(type);
            writer.Write(count);
            writer.Write(value);
        }
        writer.Write(0L);
        return bytes.ToArray();
    }
}
