using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>Makes PNG files byte by byte, so that the tests need no picture library of their own.</summary>
internal static class Png
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>An 8-bit picture whose red grows to the right, green downwards, and blue falls to the right.</summary>
    public static byte[] Gradient(int width, int height)
    {
        byte[] rows = new byte[height * (1 + width * 3)];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int at = y * (1 + width * 3) + 1 + x * 3;
                rows[at] = (byte)(255 * x / Math.Max(1, width - 1));
                rows[at + 1] = (byte)(255 * y / Math.Max(1, height - 1));
                rows[at + 2] = (byte)(255 - rows[at]);
            }
        return Build(width, height, rows);
    }

    /// <summary>An 8-bit picture of one, two or four samples a pixel: grey, grey with alpha, or colour with alpha.</summary>
    public static byte[] Samples(int width, int height, int channels, Func<int, int, byte[]> pixel)
    {
        byte[] colorTypes = [0, 0, 4, 2, 6];
        using var rows = new MemoryStream();
        for (int y = 0; y < height; y++)
        {
            rows.WriteByte(0);
            for (int x = 0; x < width; x++)
                rows.Write(pixel(x, y));
        }
        return Build(width, height, rows.ToArray(), colorTypes[channels]);
    }

    /// <summary>A small file whose header claims a size that its content does not have.</summary>
    public static byte[] Claiming(int width, int height) => Build(width, height, new byte[64]);

    private static byte[] Build(int width, int height, byte[] filteredRows, byte colorType = 2)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits a sample
        header[9] = colorType; // red, green and blue where nothing else is said
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(filteredRows);
        return [.. Signature, .. Chunk("IHDR", header), .. Chunk("IDAT", compressed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. data];
        byte[] chunk = new byte[typed.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        typed.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(typed.Length + 4), Checksum(typed));
        return chunk;
    }

    /// <summary>CRC-32 as PNG wants it: reflected polynomial 0xEDB88320.</summary>
    private static uint Checksum(byte[] data)
    {
        uint remainder = uint.MaxValue;
        foreach (byte value in data)
        {
            remainder ^= value;
            for (int bit = 0; bit < 8; bit++)
                remainder = (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ 0xEDB88320;
        }
        return ~remainder;
    }
}
