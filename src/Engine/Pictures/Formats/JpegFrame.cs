using System.Buffers.Binary;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Pictures;

/// <summary>The frame header of a JPEG file, and how much of its coefficients the scans have given.</summary>
internal sealed class JpegFrame
{
    /// <summary>Coefficients of a block, and its pixels a side.</summary>
    public const int BlockSize = 64, BlockSide = 8;

    private const int Baseline = 0xc0, Extended = 0xc1, Progressive = 0xc2, ExtendedArithmetic = 0xc9, ProgressiveArithmetic = 0xca;

    private JpegFrame(byte marker, byte precision, int width, int height, Component[] components)
    {
        IsProgressive = marker == Progressive;
        Components = components;
        IsChecked = marker is Baseline or Extended or Progressive && height > 0 && width > 0 && components.Length > 0
            && components.All(part => part.Horizontal is >= 1 and <= 4 && part.Vertical is >= 1 and <= 4);
        Unsupported = marker is not (Baseline or Extended or Progressive or ExtendedArithmetic or ProgressiveArithmetic)
            ? "it is lossless or hierarchical JPEG" : precision != 8 ? $"it has {Counted.Text(precision, "bit")} a sample" : null;
        if (!IsChecked)
            return;
        PixelCount = (long)width * height;
        int acrossMost = components.Max(part => part.Horizontal), downMost = components.Max(part => part.Vertical);
        McusAcross = Blocks(width, acrossMost);
        McusDown = Blocks(height, downMost);
        foreach (Component part in components)
        {
            part.BlocksAcross = Blocks((width * part.Horizontal + acrossMost - 1) / acrossMost, 1);
            part.BlocksDown = Blocks((height * part.Vertical + downMost - 1) / downMost, 1);
            BlockCount += (long)McusAcross * part.Horizontal * McusDown * part.Vertical;
        }
    }

    /// <summary>Whether the coefficients come in several scans, more exact from one to the next.</summary>
    public bool IsProgressive { get; }

    /// <summary>Why the picture is not read, as the second half of a sentence; or null.</summary>
    public string? Unsupported { get; }

    /// <summary>Whether its scans are checked: they are in Huffman codes, and the header has a size.</summary>
    public bool IsChecked { get; }

    /// <summary>All pixels; 0 where nothing is checked.</summary>
    public long PixelCount { get; }

    /// <summary>The colours.</summary>
    public IReadOnlyList<Component> Components { get; }

    /// <summary>Groups of blocks in a row.</summary>
    public int McusAcross { get; }

    /// <summary>Rows of groups of blocks.</summary>
    public int McusDown { get; }

    /// <summary>All blocks of all colours.</summary>
    public long BlockCount { get; }

    /// <summary>Whether scans gave every coefficient to its last bit.</summary>
    public bool IsComplete => IsChecked && Components.All(part => part.LowestBits.All(bit => bit == 0));

    /// <summary>Reads a header's segment.</summary>
    public static JpegFrame Read(byte marker, ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 6 || segment.Length < 6 + 3 * segment[5])
            throw new EndOfStreamException();
        var components = new Component[segment[5]];
        for (int i = 0; i < components.Length; i++)
        {
            ReadOnlySpan<byte> part = segment[(6 + 3 * i)..];
            components[i] = new Component(part[0], part[1] >> 4, part[1] & 15);
        }
        return new JpegFrame(marker, segment[0], BinaryPrimitives.ReadUInt16BigEndian(segment[3..]),
            BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), components);
    }

    private static int Blocks(int pixels, int factor) => (pixels + BlockSide * factor - 1) / (BlockSide * factor);

    /// <summary>A colour.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="horizontal">Its blocks across in a group.</param>
    /// <param name="vertical">Its blocks down in a group.</param>
    public sealed class Component(byte id, int horizontal, int vertical)
    {
        public byte Id => id;

        public int Horizontal => horizontal;

        public int Vertical => vertical;

        /// <summary>Blocks in a row, and rows, where the colour has a scan for itself.</summary>
        public int BlocksAcross { get; set; }

        public int BlocksDown { get; set; }

        /// <summary>For each of these blocks which of its coefficients are not zero; null before a scan that gives any.</summary>
        public ulong[]? History { get; set; }

        /// <summary>For each coefficient the lowest bit that a scan gave; -1 where none did.</summary>
        public int[] LowestBits { get; } = [.. Enumerable.Repeat(-1, BlockSize)];
    }
}
