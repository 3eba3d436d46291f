using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Tests;

/// <summary>Makes GIF files of one frame, independently of the library that reads them.</summary>
internal static class GifFile
{
    private const int LiteralBits = 8, CodeBits = 9, Clear = 256, End = 257;

    /// <summary>A file with a palette of 256 colours, of which the first are given.</summary>
    public static byte[] Encode(int width, int height, FrameArea frame, byte[] palette, byte[] indexes)
    {
        using var file = new MemoryStream();
        file.Write("GIF89a"u8);
        WriteNumbers(file, width, height);
        file.Write([0xf7, 0, 0]);
        file.Write(palette);
        file.Write(new byte[3 * 256 - palette.Length]);
        file.WriteByte(0x2c);
        WriteNumbers(file, frame.Left, frame.Top, frame.Width, frame.Height);
        file.Write([0, LiteralBits]);
        foreach (byte[] block in Codes(indexes).Chunk(byte.MaxValue))
        {
            file.WriteByte((byte)block.Length);
            file.Write(block);
        }
        file.Write([0, (byte)';']);
        return file.ToArray();
    }

    // The table is cleared before its codes become longer.
    private static byte[] Codes(byte[] indexes)
    {
        var bytes = new List<byte>();
        int window = 0, bits = 0;
        void Add(int code)
        {
            window |= code << bits;
            for (bits += CodeBits; bits >= 8; bits -= 8, window >>= 8)
                bytes.Add((byte)window);
        }

        for (int i = 0; i < indexes.Length; i++)
        {
            if (i % 100 == 0)
                Add(Clear);
            Add(indexes[i]);
        }
        Add(End);
        if (bits > 0)
            bytes.Add((byte)window);
        return [.. bytes];
    }

    private static void WriteNumbers(Stream file, params int[] numbers)
    {
        foreach (int number in numbers)
            file.Write([(byte)number, (byte)(number >> 8)]);
    }
}
