using System.Buffers.Binary;
using System.Text;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// A picture file's first bytes. They name the format, so that an error can name it too, and tell whether the file can hold the picture that
/// it announces: decoders take memory, and time, for a picture before they have seen it.
/// </summary>
internal sealed class PictureHeader
{
    // Deflate makes at most this many bytes of one (zlib's technical details).
    private const long DeflateRatio = 1032;

    // The strings of LZW, in 12 bits each: 4096 bytes at most (TIFF 6.0, section 13).
    private const long LzwRatio = 4096 * 8 / 12;

    // The decoder keeps some hundred rows: a longer one counts against the file's length from the first pixel.
    private const long LongestTrustedRow = 128 << 10;

    private const int Length = 32, PngSizeStart = 16, PngDepthStart = 24, PngColorTypeStart = 25;

    // Latin-1 spells the bytes; a dot stands for any.
    private static readonly (string Start, string Format, bool IsRead)[] Signatures =
    [
        ("\u00ff\u00d8\u00ff", "JPEG", true),
        ("\u0089PNG", "PNG", true),
        ("GIF8", "GIF", true),
        ("RIFF....WEBP", "WebP", true),
        ("II*\0", "TIFF", true),
        ("MM\0*", "TIFF", true),
        ("II+\0", "TIFF", true),
        ("MM\0+", "TIFF", true),
        ("BM", "BMP", false),
        ("8BPS", "Photoshop", false),
        ("%PDF", "PDF", false),
        ("<svg", "SVG", false),
        ("\u00ff\n", "JPEG XL", false),
        ("\0\0\0\fJXL ", "JPEG XL", false),
        ("\0\0\0\fjP  ", "JPEG 2000", false),
        ("#?", "Radiance HDR", false),
        ("v/1\u0001", "OpenEXR", false),
        ("II\u00bc", "JPEG XR", false),
        ("P1", "PBM", false),
        ("P2", "PGM", false),
        ("P3", "PPM", false),
        ("P4", "PBM", false),
        ("P5", "PGM", false),
        ("P6", "PPM", false),
        ("P7", "PAM", false),
        ("PF", "PFM", false),
        ("Pf", "PFM", false),
        ("\0\0\u0001\0", "ICO", false),
        ("\n.\u0001", "PCX", false),
        ("DDS ", "DDS", false),
        ("\u0001\u00da", "SGI", false),
        ("qoif", "QOI", false),
        ("%!PS", "PostScript", false),
        ("gimp xcf", "XCF", false),
        ("icns", "ICNS", false),
        ("farbfeld", "Farbfeld", false),
        ("BPG\u00fb", "BPG", false),
        ("SIMPLE  =", "FITS", false),
        ("/* XPM", "XPM", false),
        ("Y\u00a6j\u0095", "Sun raster", false),
    ];

    private readonly byte[] _start;

    /// <summary>Reads the first bytes of a file and what it states, and goes back to its beginning.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="options">How it is read.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public PictureHeader(FileStream stream, PictureReadOptions options)
    {
        byte[] start = new byte[Length];
        _start = start[..stream.ReadAtLeast(start, Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        (Format, IsRead) = Find(_start);
        Facts = IsRead ? FileFacts.Read(stream, Format, options.MaxPixels, options.Cancellation) : FileFacts.None;
    }

    /// <summary>The format, or null where it is not known.</summary>
    public string? Format { get; }

    /// <summary>Whether the format is known and read here.</summary>
    public bool IsRead { get; }

    /// <summary>What the file states beyond that.</summary>
    public FileFacts Facts { get; }

    /// <summary>A format's name with its article, such as "an SVG".</summary>
    public static string WithArticle(string format)
    {
        // Letters that are spoken one by one may begin with a vowel: S as "ess", X as "ex".
        bool isSpelled = format.Length > 1 && char.IsUpper(format[1]);
        return $"{((isSpelled ? "AEIOSX" : "AEIO").Contains(format[0]) ? "an" : "a")} {format}";
    }

    /// <summary>Whether the file can hold the picture that it announces, or the picture is small.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="pixelSize">Bytes of a decoded pixel.</param>
    /// <param name="length">The file's length in bytes.</param>
    public bool CanHold(int width, int height, int pixelSize, long length)
    {
        long rowSize = (long)width * pixelSize;
        if (Format == "TIFF" && rowSize > LongestTrustedRow)
            return rowSize * height <= length * LzwRatio;
        if (Format == "PNG" && _start.Length > PngColorTypeStart)
            return PngSize(_start) <= length * DeflateRatio;
        (long freePixels, long pixelsPerByte) = Format switch
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
        int channels = start[PngColorTypeStart] switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        uint width = BinaryPrimitives.ReadUInt32BigEndian(start[PngSizeStart..]);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(start[(PngSizeStart + sizeof(uint))..]);
        // Two such numbers, and 32 bytes a pixel, might not fit 64 bits.
        double rowSize = Math.Ceiling((double)width * channels * start[PngDepthStart] / 8);
        return (long)Math.Min(rowSize * height, long.MaxValue / 2);
    }

    private static (string? Format, bool IsRead) Find(byte[] bytes)
    {
        string start = Encoding.Latin1.GetString(bytes);
        foreach ((string signature, string format, bool isRead) in Signatures)
            if (Matches(start, signature))
                return (format, isRead);
        if (IsTarga(bytes))
            return ("TGA", false);
        // A family of formats: the codec is one of the brands that follow.
        bool Has(string brand) => Matches(start, "....ftyp") && start.Contains(brand, StringComparison.Ordinal);
        return Has("avi") ? ("AVIF", true) : Has("hei") || Has("hev") ? ("HEIC", false) : (null, false);
    }

    // It has no signature: a kind of pixels, a size and bits a pixel that go together.
    private static bool IsTarga(ReadOnlySpan<byte> start) => start.Length > 17 && start[1] <= 1 && start[2] is 1 or 2 or 3 or 9 or 10 or 11
        && start[12] + start[13] > 0 && start[14] + start[15] > 0 && start[16] is 8 or 15 or 16 or 24 or 32;

    private static bool Matches(string text, string signature) => text.Length >= signature.Length
        && signature.Zip(text).All(pair => pair.First == '.' || pair.First == pair.Second);
}
