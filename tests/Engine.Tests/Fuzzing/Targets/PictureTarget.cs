using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine.Tests;

/// <summary>Pictures of a format: with alpha and without, of 8 and 16 bits, turned, with a colour profile.</summary>
/// <param name="format">The format's name.</param>
/// <param name="asMask">Whether the file is read as a mask.</param>
internal sealed class PictureTarget(string format, bool asMask = false) : FuzzTarget, IDisposable
{
    private const int Width = 24, Height = 17;

    private readonly TemporaryFolder _folder = new();
    private IReadOnlyList<byte[]>? _samples;

    /// <inheritdoc/>
    public override string Name => format.ToLowerInvariant() + (asMask ? "-mask" : "");

    /// <inheritdoc/>
    public override int UsualCount => 200;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Samples => _samples ??= MakeSamples();

    /// <inheritdoc/>
    public override byte[] Mutate(byte[] whole, Random random) =>
        format == "PNG" ? PngMutator.Mutate(whole, random) : base.Mutate(whole, random);

    /// <inheritdoc/>
    public override long Read(byte[] input)
    {
        string path = _folder.File("input");
        File.WriteAllBytes(path, input);
        PixelDataset picture = PictureReader.Read(asMask ? PictureToMask() : path, Options(path, input.Length));
        Assert.InRange(picture.TrainingPixelCount, 1, picture.PixelCount);
        return (long)picture.PixelCount * picture.Channels * picture.BitDepth / 8;
    }

    /// <inheritdoc/>
    public override bool IsRefusal(Exception exception) => exception is PictureException;

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private PictureReadOptions Options(string path, int length) => asMask
        ? new PictureReadOptions { Mask = path }
        : (length % 3) switch
        {
            0 => new PictureReadOptions(),
            1 => new PictureReadOptions { MaxSize = 11 },
            _ => new PictureReadOptions { KeepAlpha = true },
        };

    private string PictureToMask()
    {
        string path = _folder.File("picture.png");
        if (!File.Exists(path))
            SamplePictures.Write(path, Width, Height);
        return path;
    }

    // A mask that is turned has the size of no other picture.
    private byte[][] MakeSamples()
    {
        PictureLibrary.EnsureReady();
        byte[] samples = TestPictures.Create(Width, Height).Samples8.ToArray();
        using Image plain = Image.NewFromMemory(samples, Width, Height, 3, Enums.BandFormat.Uchar);
        using Image color = plain.Copy(interpretation: Enums.Interpretation.Srgb);
        using Image grey = color.Colourspace(Enums.Interpretation.Bw);
        using Image ramp = Image.Identity(@ushort: true, size: Width).Linear([10], [20]).Cast(Enums.BandFormat.Uchar).Replicate(1, Height);
        using Image alpha = color.Bandjoin(ramp);
        using Image deep = color.Colourspace(Enums.Interpretation.Rgb16);
        using Image profiled = color.IccExport(outputProfile: "srgb", depth: 8);
        using Image turned = profiled.Mutate(image => image.Set(GValue.GIntType, "orientation", asMask ? 3 : 6));
        return format switch
        {
            "PNG" =>
            [
                color.PngsaveBuffer(), alpha.PngsaveBuffer(interlace: true), grey.PngsaveBuffer(), deep.PngsaveBuffer(),
                turned.PngsaveBuffer(), color.PngsaveBuffer(palette: true),
            ],
            "JPEG" => [color.JpegsaveBuffer(), color.JpegsaveBuffer(interlace: true), grey.JpegsaveBuffer(), turned.JpegsaveBuffer()],
            "WebP" => [color.WebpsaveBuffer(), alpha.WebpsaveBuffer(), alpha.WebpsaveBuffer(lossless: true), turned.WebpsaveBuffer()],
            "TIFF" =>
            [
                color.TiffsaveBuffer(), grey.TiffsaveBuffer(bigtiff: true),
                turned.TiffsaveBuffer(tile: true, tileWidth: 16, tileHeight: 16),
                alpha.TiffsaveBuffer(
                    compression: Enums.ForeignTiffCompression.Lzw, predictor: Enums.ForeignTiffPredictor.Horizontal),
                deep.TiffsaveBuffer(compression: Enums.ForeignTiffCompression.Deflate),
                color.TiffsaveBuffer(compression: Enums.ForeignTiffCompression.Jpeg),
            ],
            "GIF" => [color.GifsaveBuffer(), alpha.GifsaveBuffer()],
            _ =>
            [
                color.HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1),
                alpha.HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1, effort: 0),
            ],
        };
    }
}
