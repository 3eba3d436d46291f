using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// What a TIFF file states about its picture: which page it is, what its samples are and how they are compressed. See TIFF 6.0 and
/// https://libtiff.gitlab.io/libtiff/ for later codes.
/// </summary>
internal static class TiffFacts
{
    private const int MinIsWhite = 0, MinIsBlack = 1, Rgb = 2, Palette = 3, Separated = 5, YCbCr = 6, CieLab = 8, IccLab = 9, ItuLab = 10,
        ColorFilterArray = 32803, LinearRaw = 34892;

    private const int OldJpeg = 6, Jpeg = 7;
    private const int RawMarkerStart = 8;

    // As many are compared, and named in an error.
    private const int MostSamples = 16;

    private static readonly Dictionary<long, string> UnreadCompressions = new()
    {
        [OldJpeg] = "old-style JPEG",
        [9] = "JBIG",
        [10] = "JBIG",
        [32895] = "IT8",
        [32896] = "IT8",
        [32897] = "IT8",
        [32898] = "IT8",
        [32908] = "Pixar film",
        [32909] = "PixarLog",
        [33003] = "JPEG 2000",
        [33004] = "JPEG 2000",
        [33005] = "JPEG 2000",
        [34661] = "JBIG",
        [34676] = "SGI LogLuv",
        [34677] = "SGI LogLuv",
        [34712] = "JPEG 2000",
        [34718] = "Microsoft Document Imaging",
        [34887] = "LERC",
        [34892] = "lossy JPEG of raw samples",
        [34925] = "LZMA",
        [50000] = "Zstandard",
        [50002] = "JPEG XL",
        [52546] = "JPEG XL",
    };

    private static readonly long[] ReadCompressions = [1, 2, 3, 4, 5, Jpeg, 8, 32766, 32771, 32773, 32809, 32946, 50001];

    /// <summary>Reads the facts.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="maxPixels">The most pixels of a picture whose samples are checked: one of more is refused by its size.</param>
    /// <param name="cancellation">Ends the check with an <see cref="OperationCanceledException"/>.</param>
    public static FileFacts Read(Stream stream, int maxPixels, CancellationToken cancellation)
    {
        IReadOnlyList<TiffDirectory> pages = TiffDirectory.ReadPages(stream);
        if (pages.Count == 0)
            return FileFacts.None;
        if (IsCanonRaw(stream))
            return CameraRaw;
        int index = pages.ToList().FindIndex(page => !IsThumbnail(page));
        bool isRaw = pages[0].Has(TiffTag.DngVersion);
        if (index < 0 && (isRaw || pages.Any(page => page.Has(TiffTag.SubIfds))))
            return CameraRaw;
        var facts = new FileFacts { Page = Math.Max(0, index) };
        if (index < 0)
            facts = facts with { Warnings = ["it states that its picture is a small version of another, which is not in the file."] };
        TiffDirectory directory = pages[facts.Page];
        facts = facts.With(found => found with { Unsupported = Unsupported(directory) });
        if (facts.Unsupported is not null || HasMore(directory, maxPixels))
            return facts;
        return facts.With(found => WithSamples(found, directory))
            .With(found => found with { Damage = TiffStripCheck.Check(stream, directory, cancellation) });
    }

    private static FileFacts CameraRaw { get; } = new()
    {
        Unsupported = "it holds the raw samples of a camera, and beside them at most a thumbnail",
    };

    private static bool HasMore(TiffDirectory directory, int maxPixels)
    {
        // Numbers of 64 bits, of which a product might not be one.
        UInt128 width = (ulong)directory.Value(TiffTag.ImageWidth), height = (ulong)directory.Value(TiffTag.ImageLength);
        return width * height > (UInt128)maxPixels;
    }

    private static bool IsThumbnail(TiffDirectory page) => (page.Value(TiffTag.NewSubfileType) & 1) != 0;

    private static bool IsCanonRaw(Stream stream)
    {
        stream.Position = RawMarkerStart;
        return stream.ReadByte() == 'C' && stream.ReadByte() == 'R';
    }

    private static string? Unsupported(TiffDirectory directory)
    {
        long photometric = directory.Value(TiffTag.Photometric, MinIsBlack), compression = directory.Value(TiffTag.Compression, 1);
        bool isTiled = directory.Has(TiffTag.TileOffsets) || directory.Has(TiffTag.TileWidth);
        if (photometric is ColorFilterArray or LinearRaw)
            return CameraRaw.Unsupported;
        if (!ReadCompressions.Contains(compression))
            return UnreadCompressions.TryGetValue(compression, out string? name)
                ? $"its samples are compressed with {name}" : $"its samples are compressed in a way of no known name (code {compression})";
        if (photometric is not (MinIsWhite or MinIsBlack or Rgb or Palette or Separated or YCbCr or CieLab or IccLab))
            return photometric == ItuLab ? "its colours are in ITU L*a*b*" : $"its colours are in a space of no known name (code {photometric})";
        long[] bits = directory.Values(TiffTag.BitsPerSample, MostSamples) is { Length: > 0 } stated ? stated : [1];
        long samples = directory.Value(TiffTag.SamplesPerPixel, 1);
        string? kind = directory.Value(TiffTag.SampleFormat, 1) switch
        {
            1 or 4 => null,
            2 => photometric is CieLab ? null : "signed",
            3 => photometric is CieLab && bits[0] == 32 ? null : "floating-point",
            _ => "complex",
        };
        if (bits.Distinct().Count() > 1)
            return $"its samples have {string.Join(", ", bits)} bits";
        if (kind is not null)
            return $"it has {kind} samples of {Counted.Text(bits[0], "bit")}";
        bool isPossible = photometric == CieLab ? bits[0] is 8 or 16 or 32 : samples == 1 ? bits[0] is 1 or 2 or 4 or 8 or 16 : bits[0] is 8 or 16;
        if (!isPossible)
            return $"it has {Counted.Text(bits[0], "bit")} a sample";
        return isTiled && samples > 1 && directory.Value(TiffTag.PlanarConfiguration, 1) == 2
            ? "each of its colours is in tiles of its own (separate planes)" : null;
    }

    private static FileFacts WithSamples(FileFacts facts, TiffDirectory directory)
    {
        long bits = directory.Value(TiffTag.BitsPerSample, 1);
        bool isWhole = directory.Values(TiffTag.YCbCrSubsampling, most: 2) is [1, 1];
        switch (directory.Value(TiffTag.Photometric, MinIsBlack))
        {
            case Palette:
                return facts with { IsGrey = IsGrey(directory.Values(TiffTag.ColorMap)) };
            // Shown as RGB, the samples come as they are.
            case CieLab when bits == 8:
                return facts with { Meaning = SampleMeaning.SignedLab, Patches = [directory.Patch(TiffTag.Photometric, Rgb)] };
            case IccLab when bits == 8:
                return facts with { Meaning = SampleMeaning.IccLab, Patches = [directory.Patch(TiffTag.Photometric, Rgb)] };
            case IccLab:
                return facts with { Unsupported = "its colours are in ICC L*a*b* of 16 bits" };
            case YCbCr when directory.Value(TiffTag.Compression, 1) != Jpeg:
                return isWhole ? facts with { Meaning = SampleMeaning.YCbCr } : facts with { HasNoAlpha = true };
            default:
                return facts;
        }
    }

    // All reds, all greens, all blues.
    private static bool IsGrey(long[] map)
    {
        int count = map.Length / 3;
        return Enumerable.Range(0, count).All(i => map[i] == map[count + i] && map[i] == map[2 * count + i]);
    }
}
