using System.Text;

namespace MonaLisa.Engine.Pictures;

/// <summary>Tells a picture's format by its first bytes, so that an error can name it.</summary>
internal static class PictureSignature
{
    /// <summary>How many bytes are looked at.</summary>
    public const int Length = 32;

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
    ];

    /// <summary>The format that a file's first bytes name and whether it is read here, or null.</summary>
    public static (string Format, bool IsRead)? Find(ReadOnlySpan<byte> start)
    {
        string text = Encoding.Latin1.GetString(start);
        foreach ((string signature, string format, bool isRead) in Signatures)
            if (Matches(text, signature))
                return (format, isRead);
        if (!Matches(text, "....ftyp"))
            return null;
        // A family of formats: the codec is one of the brands that follow.
        if (text.Contains("avi", StringComparison.Ordinal))
            return ("AVIF", true);
        return text.Contains("hei", StringComparison.Ordinal) || text.Contains("hev", StringComparison.Ordinal) ? ("HEIC", false) : null;
    }

    private static bool Matches(string text, string signature)
    {
        if (text.Length < signature.Length)
            return false;
        for (int i = 0; i < signature.Length; i++)
            if (signature[i] != '.' && signature[i] != text[i])
                return false;
        return true;
    }
}
