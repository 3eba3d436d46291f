using System.Buffers;
using System.IO.Compression;

namespace MonaLisa.Engine.Storage;

/// <summary>Bytes under Brotli (RFC 7932): the smallest that its encoder makes, and decoding into no more room than is given.</summary>
internal static class BrotliBlock
{
    private const int SmallestQuality = 11;

    // The window that a decoder must keep: no larger than the bytes, in powers of two.
    private const int LeastWindow = 10, MostWindow = 24;

    /// <summary>Compresses bytes.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        int window = LeastWindow;
        while (window < MostWindow && 1L << window < bytes.Length)
            window++;
        byte[] compressed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, compressed, out int written, SmallestQuality, window)
            ? compressed[..written] : throw new InvalidOperationException($"Brotli could not compress {bytes.Length} bytes.");
    }

    /// <summary>Decompresses bytes that must be exactly as many as there is room for.</summary>
    /// <param name="compressed">The compressed bytes, and perhaps others after them.</param>
    /// <param name="bytes">Receives the bytes.</param>
    /// <param name="consumed">How many compressed bytes there were.</param>
    /// <returns>Whether they were Brotli of exactly so many bytes.</returns>
    public static bool TryDecompress(ReadOnlySpan<byte> compressed, Span<byte> bytes, out int consumed)
    {
        // Without any room the decoder does not look whether there is an end.
        Span<byte> room = bytes.IsEmpty ? stackalloc byte[1] : bytes;
        using var decoder = new BrotliDecoder();
        return decoder.Decompress(compressed, room, out consumed, out int written) == OperationStatus.Done && written == bytes.Length;
    }
}
