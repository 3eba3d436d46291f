using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine.Tests;

/// <summary>Damage in the middle of a file is an error, and a whole file is never called damaged.</summary>
public class PictureDamageTests
{
    private const int Width = 133, Height = 133;

    public PictureDamageTests() => PictureLibrary.EnsureReady();

    [Theory]
    [InlineData("baseline")]
    [InlineData("progressive")]
    [InlineData("restarts")]
    [InlineData("optimized")]
    [InlineData("whole colours")]
    [InlineData("grey")]
    public void A_jpeg_whose_second_half_is_zeros_is_damaged(string kind)
    {
        byte[] file = Jpeg(kind), ended = WithZeros(file, file.Length / 2, file.Length - 2);
        AssertDamaged(WithZeros(file, file.Length / 2, file.Length));
        AssertDamaged(ended);
        AssertDamaged(WithZeros(file, file.Length / 2, file.Length / 2 + 200));
    }

    [Theory]
    [InlineData("baseline")]
    [InlineData("progressive")]
    [InlineData("restarts")]
    [InlineData("optimized")]
    [InlineData("whole colours")]
    [InlineData("grey")]
    public void A_jpeg_without_its_last_two_bytes_has_all_its_pixels(string kind)
    {
        byte[] file = Jpeg(kind);
        Assert.Equal(Samples(file), Samples(file[..^2]));
        AssertDamaged(file[..^40]);
    }

    [Fact]
    public void A_progressive_jpeg_that_lacks_a_scan_is_damaged()
    {
        byte[] file = Jpeg("progressive");
        int lastScan = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xff, 0xda]);
        AssertDamaged(file[..lastScan]);
    }

    [Theory]
    [InlineData(Enums.ForeignTiffCompression.Lzw, false)]
    [InlineData(Enums.ForeignTiffCompression.Lzw, true)]
    [InlineData(Enums.ForeignTiffCompression.Deflate, false)]
    [InlineData(Enums.ForeignTiffCompression.Deflate, true)]
    [InlineData(Enums.ForeignTiffCompression.Packbits, false)]
    [InlineData(Enums.ForeignTiffCompression.Jpeg, false)]
    [InlineData(Enums.ForeignTiffCompression.Jpeg, true)]
    public void A_tiff_with_damaged_samples_is_damaged(Enums.ForeignTiffCompression compression, bool isTiled)
    {
        using Image image = Picture();
        byte[] file = image.TiffsaveBuffer(compression: compression, tile: isTiled, tileWidth: 64, tileHeight: 64, q: 90);
        Assert.Equal(Width * Height * 3, Samples(file).Length);
        // libvips writes the directory behind the samples.
        int samples = file.Length - 2000;
        AssertDamaged(WithZeros(file, samples / 2, samples));
        if (compression != Enums.ForeignTiffCompression.Packbits)
            AssertDamaged(WithZeros(file, samples / 2, samples / 2 + (compression == Enums.ForeignTiffCompression.Jpeg ? 200 : 24)));
    }

    [Fact]
    public void A_gif_with_damaged_samples_is_damaged()
    {
        using Image image = Picture();
        byte[] file = image.GifsaveBuffer(), samples = Samples(file);
        Assert.Equal(Width * Height * 3, samples.Length);
        AssertDamaged(WithZeros(file, file.Length / 2, file.Length));
        AssertDamaged(WithZeros(file, file.Length / 2, file.Length / 2 + 24));
    }

    [Theory]
    [InlineData(0, 0, 0, 2)]
    [InlineData(0, 0, 2, 0)]
    [InlineData(900, 0, 0, 2)]
    public void A_gif_whose_first_frame_has_no_pixels_is_damaged(int left, int top, int width, int height) =>
        AssertDamaged(GifFile.Encode(2, 2, new(left, top, width, height), [], []));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_webp_with_a_block_of_zeros_is_damaged(bool lossless)
    {
        using Image image = Image.Gaussnoise(256, 256, sigma: 40, mean: 128, seed: 1).Cast(Enums.BandFormat.Uchar);
        using Image colors = image.Bandjoin(image, image);
        using Image picture = colors.Copy(interpretation: Enums.Interpretation.Srgb);
        byte[] file = picture.WebpsaveBuffer(lossless: lossless);
        Assert.Equal(256 * 256 * 3, Samples(file).Length);
        AssertDamaged(WithZeros(file, file.Length / 2, file.Length));
        AssertDamaged(WithZeros(file, file.Length / 2, file.Length / 2 + 1024));
    }

    [Fact]
    public void Pictures_of_every_size_and_kind_are_whole()
    {
        foreach ((int width, int height) in (ReadOnlySpan<(int, int)>)[(1, 1), (7, 9), (8, 8), (17, 33), (300, 5)])
        {
            using Image image = Picture(width, height);
            using Image grey = image.Colourspace(Enums.Interpretation.Bw);
            byte[][] files =
            [
                .. from quality in (int[])[1, 50, 100]
                   from isProgressive in (bool[])[false, true]
                   from subsampling in (Enums.ForeignSubsample[])[Enums.ForeignSubsample.On, Enums.ForeignSubsample.Off]
                   from restart in (int[])[0, 1, 3]
                   select image.JpegsaveBuffer(q: quality, interlace: isProgressive, subsampleMode: subsampling, restartInterval: restart),
                grey.JpegsaveBuffer(interlace: true),
                grey.JpegsaveBuffer(restartInterval: 2),
                image.GifsaveBuffer(),
                image.GifsaveBuffer(interlace: true),
                image.WebpsaveBuffer(),
                image.WebpsaveBuffer(lossless: true),
                .. from compression in (Enums.ForeignTiffCompression[])[Enums.ForeignTiffCompression.Lzw, Enums.ForeignTiffCompression.Deflate,
                       Enums.ForeignTiffCompression.Packbits, Enums.ForeignTiffCompression.Jpeg]
                   from isTiled in (bool[])[false, true]
                   from rows in (int[])[1, 16]
                   select image.TiffsaveBuffer(compression: compression, tile: isTiled, tileWidth: 16, tileHeight: rows == 1 ? 16 : 32,
                       predictor: compression == Enums.ForeignTiffCompression.Lzw ? Enums.ForeignTiffPredictor.Horizontal : null),
            ];
            Assert.All(files, file => Assert.NotEmpty(Samples(file)));
        }
    }

    private static byte[] Jpeg(string kind)
    {
        using Image image = Picture();
        using Image grey = image.Colourspace(Enums.Interpretation.Bw);
        return kind switch
        {
            "progressive" => image.JpegsaveBuffer(interlace: true),
            "restarts" => image.JpegsaveBuffer(restartInterval: 4),
            "optimized" => image.JpegsaveBuffer(optimizeCoding: true),
            "whole colours" => image.JpegsaveBuffer(subsampleMode: Enums.ForeignSubsample.Off),
            "grey" => grey.JpegsaveBuffer(),
            _ => image.JpegsaveBuffer(),
        };
    }

    private static Image Picture(int width = Width, int height = Height)
    {
        byte[] waves = SamplePictures.Waves(width, height), noise = SamplePictures.Noise(width, height);
        byte[] samples = [.. waves.Zip(noise).Select(pair => (byte)(pair.First * 3 / 4 + pair.Second / 8))];
        using Image image = Image.NewFromMemoryCopy(samples, width, height, 3, Enums.BandFormat.Uchar);
        return image.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    private static byte[] WithZeros(byte[] file, int start, int end)
    {
        byte[] other = [.. file];
        other.AsSpan(start..end).Clear();
        return other;
    }

    private static byte[] Samples(byte[] file)
    {
        using var folder = new TemporaryFolder();
        return PictureReader.Read(folder.Write("picture", file)).Samples8.ToArray();
    }

    private static void AssertDamaged(byte[] file)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("damaged", file);
        var error = Assert.Throws<PictureException>(() => PictureReader.Read(path));
        Assert.Equal(PictureProblem.Damaged, error.Problem);
        Assert.StartsWith($"'{path}' is cut short or damaged: ", error.Message, StringComparison.Ordinal);
    }
}
