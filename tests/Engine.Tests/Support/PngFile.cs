using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text;

namespace MonaLisa.Engine.Tests;

/// <summary>
/// Makes PNG files of every colour type, independently of the library that reads them. The cmdlets' tests compile this file too, and
/// so does the Pester suite, without implicit usings.
/// </summary>
public static class PngFile
{
    public const byte Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4, RgbAlpha = 6;

    /// <summary>A file of one image, not interlaced.</summary>
    /// <param name="rows">The packed samples, without filter bytes.</param>
    /// <param name="extra">Chunks before the image data.</param>
    public static byte[] Encode(int width, int height, byte bitDepth, byte colorType, byte[] rows,
        params (string Type, byte[] Data)[] extra)
    {
        int rowBytes = rows.Length / height;
        using var filtered = new MemoryStream();
        for (int y = 0; y < height; y++)
        {
            filtered.WriteByte(0);
            filtered.Write(rows, y * rowBytes, rowBytes);
        }
        return WithData(width, height, bitDepth, colorType, Compress(filtered.ToArray()), extra);
    }

    /// <summary>An 8-bit picture whose red grows to the right and green downwards; its blue is constant, or falls to the right.</summary>
    public static byte[] Gradient(int width, int height, byte? blue = null)
    {
        byte[] rows = new byte[height * width * 3];
        for (int i = 0; i < height * width; i++)
        {
            byte red = (byte)(255 * (i % width) / Math.Max(1, width - 1));
            rows[3 * i] = red;
            rows[3 * i + 1] = (byte)(255 * (i / width) / Math.Max(1, height - 1));
            rows[3 * i + 2] = blue ?? (byte)(255 - red);
        }
        return Encode(width, height, 8, Rgb, rows);
    }

    /// <summary>A small file whose header announces a size that its content does not have.</summary>
    public static byte[] Announcing(int width, int height) => WithData(width, height, 8, Rgb, Compress(new byte[64]));

    /// <summary>An 8-bit picture of the samples that a function gives for a column and a row.</summary>
    public static byte[] Encode(int width, int height, byte colorType, Func<int, int, byte[]> pixel)
    {
        var rows = new List<byte>();
        for (int i = 0; i < width * height; i++)
            rows.AddRange(pixel(i % width, i / width));
        return Encode(width, height, 8, colorType, rows.ToArray());
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

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(bytes);
        return compressed.ToArray();
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
