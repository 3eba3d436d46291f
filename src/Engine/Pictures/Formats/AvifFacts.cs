using System.Buffers.Binary;
using System.Text;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// What the boxes of an AVIF file state about its main picture. See ISO/IEC 23008-12 (HEIF) and https://aomediacodec.github.io/av1-avif/.
/// </summary>
internal static class AvifFacts
{
    private const int MostBytes = 1 << 20, MostBoxes = 4096, BrandStart = 8;

    /// <summary>Reads the facts.</summary>
    public static FileFacts Read(Stream stream)
    {
        byte[] start = new byte[16];
        stream.ReadExactly(start);
        // libvips knows a sequence by no other sign, and its file has the first frame as a picture too.
        FilePatch[] patches = start.AsSpan(BrandStart, 4).SequenceEqual("avis"u8) ? [new(BrandStart, "avif"u8.ToArray())] : [];
        return new FileFacts { Patches = patches, HasShiftedSamples = true }
            .With(facts => FindMeta(stream) is byte[] meta ? ReadMeta(meta, facts) : facts);
    }

    private static byte[]? FindMeta(Stream stream)
    {
        stream.Position = 0;
        byte[] head = new byte[16];
        for (int i = 0; i < MostBoxes; i++)
        {
            stream.ReadExactly(head, 0, 8);
            long size = BinaryPrimitives.ReadUInt32BigEndian(head), headLength = 8;
            if (size == 1)
            {
                stream.ReadExactly(head, 8, 8);
                (size, headLength) = (BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(8)), 16);
            }
            if (size < headLength)
                return null;
            if (head.AsSpan(4, 4).SequenceEqual("meta"u8))
            {
                if (size > MostBytes)
                    return null;
                byte[] meta = new byte[size - headLength];
                stream.ReadExactly(meta);
                return meta;
            }
            stream.Skip(size - headLength);
        }
        return null;
    }

    private static FileFacts ReadMeta(byte[] meta, FileFacts facts)
    {
        List<Box> boxes = Boxes(meta, 4);
        Box? primary = Find(boxes, "pitm"), properties = Find(boxes, "iprp");
        if (primary is null || properties is null)
            return facts;
        return facts
            .With(found => found with
            {
                IsPremultiplied = Find(boxes, "iref") is Box references && Boxes(references.Content, 4).Any(box => box.Type == "prem"),
            })
            .With(found => ReadProperties(primary, properties, found));
    }

    private static FileFacts ReadProperties(Box primary, Box properties, FileFacts facts)
    {
        int item = primary.Version == 0 ? primary.Short(4) : (int)primary.Long(4);
        List<Box> inProperties = Boxes(properties.Content, 0);
        List<Box> all = Find(inProperties, "ipco") is Box container ? Boxes(container.Content, 0) : [];
        var own = inProperties.Where(box => box.Type == "ipma").SelectMany(box => PropertiesOf(box, item))
            .Where(index => index >= 1 && index <= all.Count).Select(index => all[index - 1]).ToList();
        return facts
            .With(found => found with
            {
                // A grid's tiles have the codec's settings, and the grid has none.
                IsGrey = own.Any(IsMonochrome) || (!own.Any(box => box.Type == "av1C") && all.Any(IsMonochrome)
                    && all.Where(box => box.Type == "av1C").All(IsMonochrome)) ? true : null,
            })
            .With(found => WithColor(found, own));
    }

    private static FileFacts WithColor(FileFacts facts, List<Box> own)
    {
        List<Box> colors = [.. own.Where(box => box.Type == "colr")];
        if (colors.Any(box => box.Name(0) is "prof" or "rICC") || colors.Find(box => box.Name(0) == "nclx") is not Box codes)
            return facts;
        // The decoder has applied the range with the matrix.
        ColorSignal? stated = Cicp.Find(codes.Short(4), codes.Short(6), isFullRange: true, TransferCurve.Srgb, out string? problem);
        return facts with
        {
            Color = stated is { IsSrgb: false } ? stated : null,
            ColorSource = "the code points of its property nclx",
            Unsupported = problem,
        };
    }

    private static bool IsMonochrome(Box box) => box.Type == "av1C" && (box.Content[2] & 0x10) != 0;

    private static IEnumerable<int> PropertiesOf(Box associations, int item)
    {
        bool hasLongItems = associations.Version >= 1, hasLongIndexes = (associations.Flags & 1) != 0;
        int at = 8;
        for (uint count = associations.Long(4); count > 0; count--)
        {
            int id = hasLongItems ? (int)associations.Long(at) : associations.Short(at);
            at += hasLongItems ? 4 : 2;
            for (int left = associations.Content[at++]; left > 0; left--)
            {
                // The highest bit says that the property is essential.
                int index = hasLongIndexes ? associations.Short(at) & 0x7fff : associations.Content[at] & 0x7f;
                at += hasLongIndexes ? 2 : 1;
                if (id == item)
                    yield return index;
            }
        }
    }

    private static Box? Find(List<Box> boxes, string type) => boxes.Find(box => box.Type == type);

    private static List<Box> Boxes(byte[] content, int start)
    {
        var boxes = new List<Box>();
        while (start + 8 <= content.Length && boxes.Count < MostBoxes)
        {
            long size = BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(start));
            if (size == 0)
                size = content.Length - start;
            if (size < 8 || start + size > content.Length)
                break;
            boxes.Add(new Box(Encoding.Latin1.GetString(content, start + 4, 4), content[(start + 8)..(int)(start + size)]));
            start += (int)size;
        }
        return boxes;
    }

    private sealed record Box(string Type, byte[] Content)
    {
        public int Version => Content.AsSpan(0, 1)[0];

        public int Flags => (int)Long(0) & 0xffffff;

        public int Short(int at) => BinaryPrimitives.ReadUInt16BigEndian(Content.AsSpan(at));

        public uint Long(int at) => BinaryPrimitives.ReadUInt32BigEndian(Content.AsSpan(at));

        public string Name(int at) => Encoding.Latin1.GetString(Content.AsSpan(at, 4));
    }
}
