using System.Buffers.Binary;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Whether a file can hold the picture that its header claims: decoders take memory, and time, for a picture before they have seen it.
/// </summary>
internal static class PictureClaims
{
    // Deflate makes at most this many bytes of one (zlib's technical details).
    private const long DeflateRatio = 1032;

    // The strings of LZW, in 12 bits each: 4096 bytes at most (TIFF 6.0, section 13).
    private const long LzwRatio = 4096 * 8 / 12;

    // The decoder keeps some hundred rows: a longer one counts against the file's length from the first pixel.
    private const long LongestRowOnTrust = 128 << 10;

    private const int HeaderStart = 16, DepthStart = 24, ColorTypeStart = 25;

    /// <summary>Whether the claim is possible, or modest.</summary>
    /// <param name="start">The file's first bytes, <see cref="PictureSignature.Length"/> of them unless it is shorter.</param>
    /// <param name="format">The file's format, or null.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="pixelSize">Bytes of a decoded pixel.</param>
    /// <param name="length">The file's length in bytes.</param>
    public static bool CanHold(ReadOnlySpan<byte> start, string? format, int width, int height, int pixelSize, long length)
    {
        long rowSize = (long)width * pixelSize;
        if (format == "TIFF" && rowSize > LongestRowOnTrust)
            return rowSize * height <= length * LzwRatio;
        if (format == "PNG" && start.Length > ColorTypeStart)
            return PngSize(start) <= length * DeflateRatio;
        (long freePixels, long pixelsPerByte) = format switch
        {
            // A bit for a block of 64 pixels, twice over.
            "JPEG" => (1 << 20, 1024),
            // A code of 12 bits for 4096 pixels at most.
            "GIF" => (1 << 20, 4096),
            // A blank screen of 3840 x 2160 can be a hundred bytes.
            _ => (1 << 23, 8192L),
        };
        return (long)width * height <= freePixels + length * pixelsPerByte;
    }

    // PNG's rows of whole bytes, uncompressed; the third edition of its specification, section 11.2.1.
    private static long PngSize(ReadOnlySpan<byte> start)
    {
        int channels = start[ColorTypeStart] switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        uint width = BinaryPrimitives.ReadUInt32BigEndian(start[HeaderStart..]);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(start[(HeaderStart + sizeof(uint))..]);
        // Two such numbers, and 32 bytes a pixel, might not fit 64 bits.
        double rowSize = Math.Ceiling((double)width * channels * start[DepthStart] / 8);
        return (long)Math.Min(rowSize * height, long.MaxValue / 2);
    }
}
