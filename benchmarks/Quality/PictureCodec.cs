using MonaLisa.Engine;
using MonaLisa.Engine.Numerics;
using NetVips;

namespace MonaLisa.Quality;

/// <summary>A lossy picture format, as good as its encoder makes it.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Encoders">Its encodings of a picture at a quality from 1 to 100, of which the best counts.</param>
internal sealed record PictureCodec(string Name, IReadOnlyList<Func<Image, int, byte[]>> Encoders)
{
    private const int LeastQuality = 1, MostQuality = 100;
    private static readonly int[] CurveQualities = [2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95];

    /// <summary>JPEG with everything that mozjpeg has to make it smaller, with halved colours and without.</summary>
    public static PictureCodec Jpeg { get; } = new("JPEG",
    [
        (image, quality) => EncodeJpeg(image, quality, Enums.ForeignSubsample.On),
        (image, quality) => EncodeJpeg(image, quality, Enums.ForeignSubsample.Off),
    ]);

    /// <summary>WebP at its greatest effort; its colours are always halved.</summary>
    public static PictureCodec WebP { get; } = new("WebP",
        [(image, quality) => image.WebpsaveBuffer(q: quality, effort: 6, smartSubsample: true, keep: Enums.ForeignKeep.None)]);

    /// <summary>AVIF at libvips' usual effort, with halved colours and without.</summary>
    public static PictureCodec Avif { get; } = new("AVIF",
    [
        (image, quality) => EncodeAvif(image, quality, Enums.ForeignSubsample.On),
        (image, quality) => EncodeAvif(image, quality, Enums.ForeignSubsample.Off),
    ]);

    /// <summary>What the format takes and reaches at several qualities, of each of its encodings.</summary>
    public IReadOnlyList<CodecPoint[]> CurvesOf(PixelDataset picture)
    {
        using Image image = ImageOf(picture);
        return [.. Encoders.Select(encode => CurveQualities.Select(quality => Point(picture, image, encode, quality)).ToArray())];
    }

    /// <summary>
    /// The PSNR at some bits a pixel: between the two points around it, on a straight line of PSNR and logarithm of bits; of the encodings the
    /// best. Null where no two points are around it.
    /// </summary>
    public static double? PsnrAt(IReadOnlyList<CodecPoint[]> curves, double bitsPerPixel) => curves.Max(curve => PsnrAt(curve, bitsPerPixel));

    /// <summary>
    /// The bits a pixel that the format needs for a PSNR: between the two qualities around it, on a straight line of PSNR and logarithm of
    /// bits. Null where no quality reaches it.
    /// </summary>
    public CodecRate? RateFor(PixelDataset picture, double psnr)
    {
        using Image image = ImageOf(picture);
        return Encoders.Select(encode => RateFor(picture, image, encode, psnr)).OfType<CodecRate>().OrderBy(rate => rate.BitsPerPixel)
            .Select(rate => (CodecRate?)rate).FirstOrDefault();
    }

    private static Image ImageOf(PixelDataset picture)
    {
        using Image samples = Image.NewFromMemory(
            picture.Samples8.ToArray(), picture.Width, picture.Height, picture.Channels, Enums.BandFormat.Uchar);
        return samples.Copy(interpretation: picture.Channels == 1 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);
    }

    private static double? PsnrAt(CodecPoint[] curve, double bitsPerPixel)
    {
        CodecPoint? below = null;
        foreach (CodecPoint point in curve.OrderBy(point => point.Bits))
        {
            if (point.Bits >= bitsPerPixel)
                return below is not CodecPoint fewer ? null : double.Lerp(
                    fewer.Psnr, point.Psnr, Math.Log(bitsPerPixel / fewer.Bits) / Math.Log(point.Bits / fewer.Bits));
            below = point;
        }
        return null;
    }

    private static byte[] EncodeAvif(Image image, int quality, Enums.ForeignSubsample colors) => image.HeifsaveBuffer(
        q: quality, compression: Enums.ForeignHeifCompression.Av1, subsampleMode: colors, keep: Enums.ForeignKeep.None);

    private static byte[] EncodeJpeg(Image image, int quality, Enums.ForeignSubsample colors) => image.JpegsaveBuffer(
        q: quality, optimizeCoding: true, interlace: true, trellisQuant: true, overshootDeringing: true, optimizeScans: true,
        subsampleMode: colors, keep: Enums.ForeignKeep.None);

    private static CodecRate? RateFor(PixelDataset picture, Image image, Func<Image, int, byte[]> encode, double psnr)
    {
        int low = LeastQuality, high = MostQuality;
        if (Point(picture, image, encode, high).Psnr < psnr)
            return null;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Point(picture, image, encode, middle).Psnr >= psnr ? (low, middle) : (middle + 1, high);
        }
        (double bits, double reached) = Point(picture, image, encode, low);
        if (low == LeastQuality)
            return new CodecRate(bits, IsLeast: true);
        (double fewerBits, double missed) = Point(picture, image, encode, low - 1);
        double share = Math.Clamp((psnr - missed) / (reached - missed), 0, 1);
        return new CodecRate(Math.Exp(double.Lerp(Math.Log(fewerBits), Math.Log(bits), share)), IsLeast: false);
    }

    private static CodecPoint Point(PixelDataset picture, Image image, Func<Image, int, byte[]> encode, int quality)
    {
        byte[] encoded = encode(image, quality);
        using Image decoded = Image.NewFromBuffer(encoded);
        byte[] samples = decoded.WriteToMemory<byte>();
        if (decoded.Bands != picture.Channels)
            throw new ArgumentException($"'{picture.Name}' has {picture.Channels} channels, and its copy {decoded.Bands}.");
        long squares = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            int error = samples[i] - picture.Samples8[i];
            squares += error * error;
        }
        double meanSquare = (double)squares / samples.Length / (byte.MaxValue * byte.MaxValue);
        return new CodecPoint(8.0 * encoded.Length / picture.PixelCount, -10 * Math.Log10(meanSquare));
    }
}

/// <summary>What a format takes and reaches at a quality.</summary>
/// <param name="Bits">8 times the bytes by the pixels.</param>
/// <param name="Psnr">PSNR in dB.</param>
internal readonly record struct CodecPoint(double Bits, double Psnr);
