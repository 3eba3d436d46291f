using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Tests;

/// <summary>The work for what a TIFF file states is in proportion to the file's length, whatever it states.</summary>
public class TiffFactsTests
{
    private const int Width = 256, Height = 257, BitsPerSample = 258, Compression = 259, StripOffsets = 273, RowsPerStrip = 278, StripByteCounts = 279;

    [Fact]
    public void Tags_of_many_values_are_not_read_for_each_strip()
    {
        // The strips are the same eight bytes, at place 8, and a number of every tag is 8: eight rows of a byte, as PackBits has them.
        const int Strips = 20_000;
        byte[] strip = [0x80, 0x80, 2, 1, 2, 3, 0xfc, 4];
        var shared = new Tag(0, 3, Strips, 16);
        byte[] file = Tiff([.. strip, .. Numbers(Strips, 8)], shared with { Number = TiffFile.NewSubfileType }, shared with { Number = Width },
            new(Height, 4, 1, 8 * Strips), new(BitsPerSample, 3, 1, 1), new(Compression, 3, 1, 32773), shared with { Number = StripOffsets },
            shared with { Number = RowsPerStrip }, shared with { Number = StripByteCounts });

        (FileFacts facts, long read) = Read(file);

        Assert.Null(facts.Damage);
        Assert.InRange(read, file.Length, 6 * file.Length);
        // The check is one that finds damage.
        file[8 + 2] = 100;
        Assert.NotNull(Read(file).Facts.Damage);
    }

    [Fact]
    public void Kinds_of_pages_with_many_values_are_read_once()
    {
        const int Pages = 500, Values = 30_000;
        using var file = new MemoryStream();
        file.Write(Tiff(Numbers(Values, 1), new Tag(TiffFile.NewSubfileType, 3, Values, 8)));
        for (int page = 1; page < Pages; page++)
        {
            // The last four bytes are the link to the next page.
            WriteNumber(file, file.Length - 4, (int)file.Length);
            file.Write(Directory(new Tag(TiffFile.NewSubfileType, 3, Values, 8)));
        }
        (FileFacts facts, long read) = Read(file.ToArray());
        Assert.Single(facts.Warnings);
        Assert.InRange(read, 1, 2 * file.Length);
    }

    [Fact]
    public void Pages_that_share_their_bytes_are_not_more_than_the_file()
    {
        const int Pages = 1000, Entries = 4000, First = 8, Links = First + 2 + 12 * Entries;
        byte[] file = new byte[Links + 4 * Pages];
        "II*\0"u8.CopyTo(file);
        Numbers((Links - First) / 2, Entries).CopyTo(file, First);
        for (int page = 0; page < Pages; page++)
            BitConverter.TryWriteBytes(file.AsSpan(Links + 4 * page), First + 4 * (page + 1));
        file[4] = First;

        var stream = new CountingStream(file);

        Assert.InRange(TiffDirectory.ReadPages(stream).Count, 1, 2);
        Assert.InRange(stream.BytesRead, 1, 2 * file.Length);
    }

    [Fact]
    public void Samples_of_a_picture_that_is_too_large_are_not_read()
    {
        byte[] file = new TiffFile(2000, 1000, 1, 8, 1, new byte[100_000]).Set(TiffFile.Compression, 32773).Encode();
        Assert.NotNull(Read(file).Facts.Damage);
        var stream = new CountingStream(file);
        Assert.Null(TiffFacts.Read(stream, maxPixels: 1_999_999, TestContext.Current.CancellationToken).Damage);
        Assert.InRange(stream.BytesRead, 1, 1000);
    }

    private static (FileFacts Facts, long BytesRead) Read(byte[] file)
    {
        var stream = new CountingStream(file);
        FileFacts facts = FileFacts.Read(stream, "TIFF", int.MaxValue, TestContext.Current.CancellationToken);
        return (facts, stream.BytesRead);
    }

    private static byte[] Numbers(int count, ushort value) =>
        [.. Enumerable.Repeat(value, count).SelectMany(number => BitConverter.GetBytes(number))];

    // The content is at place 8, and the directory behind it.
    private static byte[] Tiff(byte[] content, params Tag[] tags) =>
        [.. "II*\0"u8, .. BitConverter.GetBytes(8 + content.Length), .. content, .. Directory(tags)];

    private static byte[] Directory(params Tag[] tags)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write((ushort)tags.Length);
        foreach ((int number, int type, int count, int value) in tags)
        {
            writer.Write((ushort)number);
            writer.Write((ushort)type);
            writer.Write(count);
            writer.Write(value);
        }
        writer.Write(0);
        return bytes.ToArray();
    }

    private static void WriteNumber(MemoryStream file, long at, int value)
    {
        file.Position = at;
        file.Write(BitConverter.GetBytes(value));
        file.Position = file.Length;
    }

    /// <param name="Number">Which tag.</param>
    /// <param name="Type">The type of its values: 3 for 16 bits, 4 for 32.</param>
    /// <param name="Count">How many values.</param>
    /// <param name="Value">The only one, or the place of them all.</param>
    private sealed record Tag(int Number, int Type, int Count, int Value);
}
