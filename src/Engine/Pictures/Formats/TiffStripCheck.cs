using System.IO.Compression;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Checks the compressed strips or tiles of a TIFF picture: libtiff looks neither at Deflate's checksum nor at what is left of a strip when
/// its samples are complete.
/// </summary>
internal static class TiffStripCheck
{
    private const int Lzw = 5, Jpeg = 7, Deflate = 8, OldDeflate = 32946, PackBits = 32773, YCbCr = 6;

    /// <summary>What is damaged, as the second half of a sentence; null where nothing is found.</summary>
    public static string? Check(Stream stream, TiffDirectory directory, CancellationToken cancellation)
    {
        long compression = directory.Value(TiffTag.Compression, 1);
        bool isSubsampled = directory.Value(TiffTag.Photometric, 1) == YCbCr && directory.Values(TiffTag.YCbCrSubsampling, most: 2) is not [1, 1];
        if (compression is not (Lzw or Jpeg or Deflate or OldDeflate or PackBits) || directory.Value(TiffTag.FillOrder, 1) != 1
            || (isSubsampled && compression != Jpeg))
            return null;
        bool isTiled = directory.Has(TiffTag.TileOffsets);
        long[] offsets = directory.Values(isTiled ? TiffTag.TileOffsets : TiffTag.StripOffsets);
        long[] counts = directory.Values(isTiled ? TiffTag.TileByteCounts : TiffTag.StripByteCounts);
        TiffParts parts = TiffParts.Of(directory, isTiled);
        var blocks = new JpegBudget(stream.Length, cancellation);
        HuffmanCode?[] tables = compression == Jpeg ? JpegFacts.ReadTables(directory.Bytes(TiffTag.JpegTables), blocks) : [];
        string part = isTiled ? "tile" : "strip";
        // Strips may share bytes, but a file of ordinary ones is read once.
        long budget = 2 * stream.Length;
        // The decoder reads no more than the picture needs.
        for (int i = 0; i < Math.Min(Math.Min(offsets.Length, counts.Length), parts.Count); i++)
        {
            cancellation.ThrowIfCancellationRequested();
            // An empty strip is one that was never written: black by agreement.
            if (counts[i] is <= 0 or > int.MaxValue || !stream.Holds(offsets[i], counts[i]))
                continue;
            if ((budget -= counts[i]) < 0)
                return null;
            (long due, bool mayBeLonger) = parts.SizeOf(i);
            byte[] data = new byte[counts[i]];
            stream.Position = offsets[i];
            stream.ReadExactly(data);
            bool isWhole = compression switch
            {
                Lzw => IsWholeLzw(data, due, mayBeLonger),
                PackBits => IsWholePackBits(data, due, mayBeLonger),
                Jpeg => JpegFacts.IsWhole(data, tables, blocks),
                _ => IsWholeDeflate(data, due),
            };
            if (!isWhole)
                return $"the samples of its {part} {i + 1} of {offsets.Length} are not whole";
        }
        return null;
    }

    private static bool IsWholeLzw(byte[] data, long due, bool mayBeLonger)
    {
        // Codes from before TIFF 6.0 start at the lowest bit.
        if (data is [0, byte second, ..] && (second & 1) != 0)
            return true;
        LzwEnd end = LzwCheck.Check(data, 8, isTiff: true, due);
        return end == LzwEnd.Whole || (end == LzwEnd.Long && mayBeLonger);
    }

    private static bool IsWholePackBits(ReadOnlySpan<byte> data, long due, bool mayBeLonger)
    {
        long made = 0;
        int at = 0;
        while (made < due && at < data.Length)
        {
            int head = (sbyte)data[at++];
            if (head == -128)
                continue;
            made += head >= 0 ? head + 1 : 1 - head;
            at += head >= 0 ? head + 1 : 1;
        }
        return made >= due && at <= data.Length && (mayBeLonger || (made == due && data.Length - at <= 1));
    }

    private static bool IsWholeDeflate(byte[] data, long due)
    {
        try
        {
            using var decoder = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
            byte[] buffer = new byte[1 << 16];
            long made = 0;
            // Its checksum is looked at when the last sample is read on from.
            while (made <= due && decoder.Read(buffer) is int count and > 0)
                made += count;
            return made >= due;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
