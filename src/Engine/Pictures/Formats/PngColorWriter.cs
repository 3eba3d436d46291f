namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Adds a chunk sRGB to a PNG file while it is written: libvips writes none. See https://www.w3.org/TR/png-3/, section 11.3.2.5.
/// </summary>
internal sealed class PngColorWriter(Stream file)
{
    // The signature, and IHDR with its length, type and checksum.
    private const int HeaderLength = 8 + 12 + 13;

    private long _written;

    // Its length, type, rendering intent (relative colorimetric) and checksum.
    private static ReadOnlySpan<byte> Chunk => [0, 0, 0, 1, (byte)'s', (byte)'R', (byte)'G', (byte)'B', 1, 0xd9, 0xc9, 0x2c, 0x7f];

    /// <summary>Writes on; the bytes are those that the encoder made.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        int ofHeader = (int)Math.Clamp(HeaderLength - _written, 0, bytes.Length);
        file.Write(bytes[..ofHeader]);
        if (ofHeader > 0 && _written + ofHeader == HeaderLength)
            file.Write(Chunk);
        file.Write(bytes[ofHeader..]);
        _written += bytes.Length;
    }
}
