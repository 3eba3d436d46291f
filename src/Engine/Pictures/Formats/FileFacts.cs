namespace MonaLisa.Engine.Pictures;

/// <summary>How the samples of a TIFF file mean colours that libvips does not convert.</summary>
internal enum SampleMeaning
{
    /// <summary>What libvips says they are.</summary>
    Plain,

    /// <summary>CIE L*a*b* in 8 bits, a* and b* signed.</summary>
    SignedLab,

    /// <summary>CIE L*a*b* in 8 bits as ICC profiles have it, a* and b* from 0 and grey at 128.</summary>
    IccLab,

    /// <summary>Luminance and two colour differences of BT.601, in 8 bits.</summary>
    YCbCr,
}

/// <summary>A rectangle of a picture.</summary>
internal readonly record struct FrameArea(int Left, int Top, int Width, int Height);

/// <summary>
/// What a picture file states about itself that libvips does not report, understands differently or does not check. A file with a broken
/// structure has no facts: decoding it gives the error.
/// </summary>
internal sealed record FileFacts
{
    /// <summary>Nothing beyond what libvips reports.</summary>
    public static FileFacts None { get; } = new();

    /// <summary>Why the file is whole and cannot be read, as the second half of a sentence, such as "it has 12 bits a sample"; or null.</summary>
    public string? Unsupported { get; init; }

    /// <summary>What is damaged, as the second half of a sentence; or null where nothing is found.</summary>
    public string? Damage { get; init; }

    /// <summary>What the user should know although the picture is read, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The colour space where the file states one that counts more than its ICC profile, or has no profile.</summary>
    public ColorSignal? Color { get; init; }

    /// <summary>Where the file states that colour space, such as "its chunks gAMA and cHRM".</summary>
    public string? ColorSource { get; init; }

    /// <summary>Whether the file's own colours are all grey; null where libvips knows.</summary>
    public bool? IsGrey { get; init; }

    /// <summary>Whether colours are stored multiplied by alpha.</summary>
    public bool IsPremultiplied { get; init; }

    /// <summary>How the samples mean colours.</summary>
    public SampleMeaning Meaning { get; init; }

    /// <summary>Whether samples of fewer than 16 bits are decoded as the upper bits of 16.</summary>
    public bool HasShiftedSamples { get; init; }

    /// <summary>Whether what libvips gives as alpha is not in the file.</summary>
    public bool HasNoAlpha { get; init; }

    /// <summary>The page to read, from 0: the first that is not a thumbnail.</summary>
    public int Page { get; init; }

    /// <summary>The part of the picture that the first frame covers; null where it covers all.</summary>
    public FrameArea? Frame { get; init; }

    /// <summary>Bytes to read instead of those in the file.</summary>
    public IReadOnlyList<FilePatch> Patches { get; init; } = [];

    /// <summary>Bytes to read behind the end of the file.</summary>
    public byte[] Tail { get; init; } = [];

    /// <summary>Reads the facts, and leaves the stream at its beginning.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="format">The format by its first bytes, or null.</param>
    /// <param name="maxPixels">The most pixels of a picture whose samples are checked: one of more is refused by its size.</param>
    /// <param name="cancellation">Ends the check of the samples with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public static FileFacts Read(Stream stream, string? format, int maxPixels, CancellationToken cancellation)
    {
        stream.Position = 0;
        try
        {
            return None.With(_ => format switch
            {
                "PNG" => PngFacts.Read(stream),
                "JPEG" => JpegFacts.Read(stream, maxPixels, new JpegBudget(stream.Length, cancellation)),
                "TIFF" => TiffFacts.Read(stream, maxPixels, cancellation),
                "GIF" => GifFacts.Read(stream),
                "AVIF" => AvifFacts.Read(stream),
                "WebP" => WebpFacts.Read(stream),
                _ => None,
            });
        }
        finally
        {
            stream.Position = 0;
        }
    }

    /// <summary>Adds what a part of the file states; a part with a wrong offset or length adds nothing.</summary>
    public FileFacts With(Func<FileFacts, FileFacts> read)
    {
        try
        {
            return read(this);
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            return this;
        }
    }

    /// <summary>Whether an offset or a length in the file is wrong.</summary>
    public static bool IsBroken(Exception exception) =>
        exception is EndOfStreamException or ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException;
}
