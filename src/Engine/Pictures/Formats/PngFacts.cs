using System.Buffers.Binary;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// What a PNG file's chunks before its samples state. Colour counts in the order of the specification's third edition, section 4.3:
/// cICP, iCCP, sRGB, gAMA with cHRM. See https://www.w3.org/TR/png-3/.
/// </summary>
internal static class PngFacts
{
    private const int SignatureLength = 8, MostChunks = 4096, MostPaletteBytes = 3 * 256;

    // What gAMA holds for one, and for sRGB.
    private const int Unit = 100_000, SrgbGamma = 45_455;

    /// <summary>Reads the facts.</summary>
    public static FileFacts Read(Stream stream)
    {
        stream.Position = SignatureLength;
        var chunks = new Dictionary<string, byte[]>();
        Span<byte> head = stackalloc byte[8];
        for (int i = 0; i < MostChunks; i++)
        {
            stream.ReadExactly(head);
            uint length = BinaryPrimitives.ReadUInt32BigEndian(head);
            string type = System.Text.Encoding.Latin1.GetString(head[4..]);
            if (type is "IDAT" or "IEND")
                break;
            long next = stream.Position + length + sizeof(uint);
            if (length <= MostPaletteBytes && type is "PLTE" or "gAMA" or "cHRM" or "cICP" or "sRGB")
                stream.ReadExactly(chunks[type] = new byte[length]);
            else
                chunks[type] = [];
            stream.GoTo(next);
        }
        var facts = new FileFacts { IsGrey = chunks.TryGetValue("PLTE", out byte[]? palette) && IsPalette(stream) ? IsGrey(palette) : null };
        return WithColor(facts, chunks);
    }

    /// <summary>Whether red, green and blue are the same in every entry.</summary>
    public static bool IsGrey(ReadOnlySpan<byte> palette)
    {
        for (int i = 0; i + 2 < palette.Length; i += 3)
            if (palette[i] != palette[i + 1] || palette[i] != palette[i + 2])
                return false;
        return true;
    }

    private static bool IsPalette(Stream stream)
    {
        const int ColorTypeStart = 25, Palette = 3;
        stream.Position = ColorTypeStart;
        return stream.ReadByte() == Palette;
    }

    private static FileFacts WithColor(FileFacts facts, Dictionary<string, byte[]> chunks)
    {
        if (chunks.TryGetValue("cICP", out byte[]? codes))
        {
            if (codes is not [byte primaries, byte transfer, 0, byte range])
                return WithColor(facts with { Warnings = ["its chunk cICP is not valid and is not used."] }, Without(chunks, "cICP"));
            // What television cameras deliver is shown with a power of 2.4 (BT.1886).
            ColorSignal? stated = Cicp.Find(primaries, transfer, range != 0, new TransferCurve(2.4), out string? problem);
            if (stated is not null || problem is not null)
                return facts with
                {
                    Color = stated is { IsSrgb: true } && !chunks.ContainsKey("iCCP") ? null : stated,
                    ColorSource = "the code points of its chunk cICP",
                    Unsupported = problem,
                };
        }
        if (chunks.ContainsKey("iCCP") || chunks.ContainsKey("sRGB"))
            return facts;
        Primaries space = chunks.GetValueOrDefault("cHRM") is { Length: 32 } corners ? ReadPrimaries(corners) : Primaries.Srgb;
        if (!space.AreValid)
            return facts with { Warnings = ["its chunk cHRM is not valid and is not used."] };
        TransferCurve curve = TransferCurve.Srgb;
        if (chunks.GetValueOrDefault("gAMA") is { Length: sizeof(uint) } gamma)
        {
            uint value = BinaryPrimitives.ReadUInt32BigEndian(gamma);
            if (value is 0 or > Unit * 100)
                return facts with { Warnings = ["its chunk gAMA is not valid and is not used."] };
            // Files in sRGB state this value, for programs that know no sRGB, and mean sRGB's curve.
            if (value != SrgbGamma || !space.IsNear(Primaries.Srgb))
                curve = new TransferCurve(Unit / (double)value);
        }
        var signal = new ColorSignal(space, curve);
        return facts with { Color = signal.IsSrgb ? null : signal, ColorSource = "its chunks gAMA and cHRM" };
    }

    private static Dictionary<string, byte[]> Without(Dictionary<string, byte[]> chunks, string type) =>
        new(chunks.Where(chunk => chunk.Key != type));

    // White comes first.
    private static Primaries ReadPrimaries(byte[] corners)
    {
        double[] c = [.. Enumerable.Range(0, 8).Select(i => BinaryPrimitives.ReadInt32BigEndian(corners.AsSpan(i * 4)) / (double)Unit)];
        return new Primaries(c[2], c[3], c[4], c[5], c[6], c[7], c[0], c[1]);
    }
}
