using System.Buffers.Binary;

namespace MonaLisa.Engine.Pictures;

/// <summary>What a GIF file states about its first frame. See its specification, version 89a.</summary>
internal static class GifFacts
{
    private const int ScreenStart = 6, MostBlocks = 65_536;
    private const byte Extension = 0x21, Frame = 0x2c, TableFlag = 0x80, SizeMask = 7;

    /// <summary>Reads the facts.</summary>
    public static FileFacts Read(Stream stream)
    {
        stream.Position = ScreenStart;
        Span<byte> screen = stackalloc byte[7], frame = stackalloc byte[9];
        stream.ReadExactly(screen);
        (int width, int height) = (Number(screen, 0), Number(screen, 2));
        byte[] palette = ReadTable(stream, screen[4]);
        for (int i = 0; i < MostBlocks; i++)
        {
            int kind = stream.ReadByte();
            if (kind == Extension)
            {
                stream.ReadByte();
                SkipBlocks(stream);
                continue;
            }
            if (kind != Frame)
                return FileFacts.None;
            stream.ReadExactly(frame);
            if ((frame[8] & TableFlag) != 0)
                palette = ReadTable(stream, frame[8]);
            var area = new FrameArea(Number(frame, 0), Number(frame, 2), Number(frame, 4), Number(frame, 6));
            return new FileFacts
            {
                IsGrey = PngFacts.IsGrey(palette),
                Frame = Covered(area, width, height),
                Damage = Check(stream, area),
            };
        }
        return FileFacts.None;
    }

    // Browsers and libvips make the screen larger where the first frame leaves it.
    private static FrameArea? Covered(FrameArea area, int width, int height)
    {
        bool isLarge = area.Left == 0 && area.Top == 0 && area.Width >= width && area.Height >= height;
        return isLarge ? null : area;
    }

    private static string? Check(Stream stream, FrameArea area)
    {
        // libvips would make the screen as large as the place of the frame, and leave it blank.
        if (area.Width == 0 || area.Height == 0)
            return "its first frame has no pixels";
        int literalBits = stream.ReadByte();
        if (literalBits is < 1 or > 8)
            return null;
        using var data = new MemoryStream();
        while (stream.ReadByte() is int length and > 0)
        {
            byte[] block = new byte[length];
            int count = stream.ReadAtLeast(block, length, throwOnEndOfStream: false);
            data.Write(block.AsSpan(0, count));
        }
        return LzwCheck.Check(data.GetBuffer().AsSpan(0, (int)data.Length), literalBits, isTiff: false, (long)area.Width * area.Height) switch
        {
            LzwEnd.Whole => null,
            LzwEnd.Short => "its first frame has fewer pixels than it states",
            LzwEnd.Long => "its first frame has more pixels than it states",
            _ => "the samples of its first frame are not valid",
        };
    }

    private static byte[] ReadTable(Stream stream, byte flags)
    {
        if ((flags & TableFlag) == 0)
            return [];
        byte[] table = new byte[3 << ((flags & SizeMask) + 1)];
        stream.ReadExactly(table);
        return table;
    }

    private static void SkipBlocks(Stream stream)
    {
        while (stream.ReadByte() is int length and > 0)
            stream.Position += length;
    }

    private static int Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}
