using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MonaLisa.Engine.Tests;

/// <summary>Makes PNG files of every colour type, independently of the library that reads them.</summary>
internal static class PngFile
{
    public const byte Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4, RgbAlpha = 6;

    /// <summary>A file of one image, not interlaced.</summary>
    /// <param name="rows">The packed samples, without filter bytes.</param>
    /// <param name="extra">Chunks before the image data.</param>
    public static byte[] Encode(int width, int height, byte bitDepth, byte colorType, byte[] rows,
        params (string Type, byte[] Data)[] extra)
    {
        int rowBytes = rows.Length / height;
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (int y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(rows, y * rowBytes, rowBytes);
            }
        return WithData(width, height, bitDepth, colorType, packed.ToArray(), extra);
    }

    /// <summary>A file with a valid header and any data.</summary>
    public static byte[] WithData(int width, int height, byte bitDepth, byte colorType, byte[] data,
        params (string Type, byte[] Data)[] extra)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = bitDepth;
        header[9] = colorType;
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        WriteChunk(file, "IHDR", header);
        foreach ((string type, byte[] chunk) in extra)
            WriteChunk(file, type, chunk);
        WriteChunk(file, "IDAT", data);
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>A file of chunks, each its type and its data, checksums made for them.</summary>
    public static byte[] Join(IEnumerable<byte[]> chunks)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        foreach (byte[] chunk in chunks)
            WriteChunk(file, chunk);
        return file.ToArray();
    }

    private static void WriteChunk(Stream file, string type, byte[] data) => WriteChunk(file, [.. Encoding.ASCII.GetBytes(type), .. data]);

    private static void WriteChunk(Stream file, byte[] checkedPart)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, checkedPart.Length - 4);
        file.Write(number);
        file.Write(checkedPart);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(checkedPart));
        file.Write(number);
    }

    private static uint Crc32(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1));
        }
        return ~crc;
    }
}
