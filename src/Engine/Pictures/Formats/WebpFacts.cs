using System.Buffers.Binary;
using System.Text;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Whether a WebP file's compressed samples have blocks of zeros, as a broken copy leaves: the format has no checksum and its decoder
/// takes them for a picture. Compressed data has no such runs. See https://developers.google.com/speed/webp/docs/riff_container.
/// </summary>
internal static class WebpFacts
{
    private const int RiffHeader = 12, MostChunks = 4096, LongestRun = 512;

    /// <summary>Reads the facts.</summary>
    public static FileFacts Read(Stream stream)
    {
        stream.Position = RiffHeader;
        Span<byte> head = stackalloc byte[8];
        for (int i = 0; i < MostChunks; i++)
        {
            stream.ReadExactly(head);
            long length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            string type = Encoding.Latin1.GetString(head[..4]);
            if (type == "ANMF")
            {
                // A frame's own chunks follow its 16 bytes.
                stream.Skip(16);
                continue;
            }
            if (type is "VP8 " or "VP8L")
                return HasZeroRun(stream, length) ? new FileFacts { Damage = "a block of its samples is overwritten with zeros" } : FileFacts.None;
            stream.Skip(length + (length & 1));
        }
        return FileFacts.None;
    }

    private static bool HasZeroRun(Stream stream, long length)
    {
        byte[] buffer = new byte[1 << 16];
        int run = 0;
        while (length > 0)
        {
            int count = stream.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, length)));
            if (count == 0)
                return false;
            foreach (byte value in buffer.AsSpan(0, count))
                if ((run = value == 0 ? run + 1 : 0) >= LongestRun)
                    return true;
            length -= count;
        }
        return false;
    }
}
