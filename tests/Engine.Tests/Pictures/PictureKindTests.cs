namespace MonaLisa.Engine.Tests;

/// <summary>Kinds of files that need more than their decoder, and kinds that are refused with the reason.</summary>
public class PictureKindTests
{
    private const int Width = 16, Height = 8, Pixels = Width * Height, Grey = 1, Rgb = 2, YCbCr = 6, Lab = 8, IccLab = 9;

    [Theory]
    [InlineData(50000, "Zstandard")]
    [InlineData(34925, "LZMA")]
    [InlineData(34887, "LERC")]
    [InlineData(6, "old-style JPEG")]
    [InlineData(34712, "JPEG 2000")]
    [InlineData(65000, "code 65000")]
    public void A_tiff_in_a_codec_that_is_missing_names_it(int compression, string name) =>
        AssertRefused(Tiff(3, 8, Rgb, 200, 100, 50).Set(TiffFile.Compression, compression).Encode(), name);

    [Theory]
    [InlineData(1, 12, 1, "12 bits a sample")]
    [InlineData(3, 4, 1, "4 bits a sample")]
    [InlineData(1, 32, 1, "32 bits a sample")]
    [InlineData(1, 64, 3, "floating-point samples of 64 bits")]
    [InlineData(1, 32, 3, "floating-point samples of 32 bits")]
    [InlineData(1, 16, 2, "signed samples of 16 bits")]
    public void Samples_of_another_kind_are_named(int samples, int bits, int format, string name)
    {
        TiffFile file = new TiffFile(Width, Height, samples, bits, samples == 1 ? Grey : Rgb, new byte[Pixels * samples * bits / 8])
            .Set(TiffFile.SampleFormat, [.. Enumerable.Repeat((long)format, samples)]);
        AssertRefused(file.Encode(), name);
    }

    [Fact]
    public void Tiles_of_separate_colours_are_refused_and_strips_are_read()
    {
        byte[][] planes = [TiffFile.Flat(256, 200), TiffFile.Flat(256, 100), TiffFile.Flat(256, 50)];
        TiffFile Separate() => new TiffFile(16, 16, 3, 8, Rgb, planes).Set(TiffFile.PlanarConfiguration, 2);
        AssertRefused(Separate().Set(TiffFile.TileWidth, 16).Set(TiffFile.TileLength, 16).Encode(), "separate planes");
        Assert.Equal([200, 100, 50], First(Separate().Encode()));
    }

    [Fact]
    public void A_jpeg_of_12_bits_is_refused_by_its_bits()
    {
        byte[] file = [0xff, 0xd8, 0xff, 0xc1, 0, 11, 12, 0, 8, 0, 8, 1, 1, 0x11, 0, 0xff, 0xd9];
        AssertRefused(file, "12 bits a sample");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lab_of_8_bits_is_read(bool isBigEndian)
    {
        // L* 50.2, a* 20, b* -20: with a* and b* signed, or from 0.
        double[] expected = [35325 / 65535.0, 27976 / 65535.0, 39476 / 65535.0];
        foreach (byte[] file in (byte[][])[Tiff(3, 8, Lab, 128, 20, 236).Encode(isBigEndian), Tiff(3, 8, IccLab, 128, 148, 108).Encode(isBigEndian)])
        {
            PixelDataset read = Read(file);
            Assert.Equal(16, read.BitDepth);
            for (int channel = 0; channel < 3; channel++)
                Assert.Equal(expected[channel], read.Samples16[channel] / 65535.0, 0.001);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public void Luminance_and_colour_differences_become_red_green_and_blue(int across, int down)
    {
        byte[] block = [.. Enumerable.Repeat((byte)120, across * down), 100, 150];
        byte[] file = new TiffFile(Width, Height, 3, 8, YCbCr, TiffFile.Flat(Pixels / (across * down), block))
            .Set(TiffFile.Subsampling, across, down).Encode();
        Assert.Equal([151, 114, 70], First(file));
        Assert.Equal(3, Read(file, keepAlpha: true).Channels);
    }

    [Theory]
    [InlineData(1, 120, 60, 30)]
    [InlineData(2, 200, 100, 50)]
    public void Associated_alpha_is_undone(int kind, byte red, byte green, byte blue)
    {
        byte[] file = Tiff(4, 8, Rgb, red, green, blue, 153).Set(TiffFile.ExtraSamples, kind).Encode();
        Assert.Equal([200, 100, 50, 153], First(file, keepAlpha: true));
    }

    [Fact]
    public void A_thumbnail_is_never_learned_in_silence()
    {
        TiffFile Thumbnail() => Tiff(3, 8, Rgb, 1, 2, 3).Set(TiffFile.NewSubfileType, 1);
        Assert.Equal([200, 100, 50], First(Thumbnail().Encode(more: Tiff(3, 8, Rgb, 200, 100, 50))));
        AssertRefused(Thumbnail().Set(TiffFile.DngVersion, 1).Set(TiffFile.SubIfds, 8).Encode(), "raw samples of a camera");
        AssertRefused(new TiffFile(Width, Height, 1, 16, 32803, new byte[Pixels * 2]).Encode(), "raw samples of a camera");
    }

    [Theory]
    [InlineData(10, 8, 10, 8)]
    [InlineData(5, 5, 6, 6)]
    public void A_frame_smaller_than_its_screen_or_beyond_it_lies_on_transparency(int screenWidth, int screenHeight, int width, int height)
    {
        PixelDataset read = Read(
            GifFile.Encode(screenWidth, screenHeight, new(2, 3, 4, 3), [0, 0, 0, 200, 100, 50], [.. Enumerable.Repeat((byte)1, 12)]), keepAlpha: true);
        Assert.Equal((width, height), (read.Width, read.Height));
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                bool isInFrame = x is >= 2 and < 6 && y is >= 3 and < 6;
                Assert.Equal(isInFrame ? [200, 100, 50, 255] : [0, 0, 0, 0], read.GetPixel(x, y));
            }
    }

    [Fact]
    public void Palettes_of_greys_are_grey_and_others_are_not()
    {
        Assert.Equal([200], First(GifFile.Encode(2, 2, new(0, 0, 2, 2), [0, 0, 0, 200, 200, 200], [1, 1, 1, 1])));
        Assert.Equal([200, 200, 200], First(GifFile.Encode(2, 2, new(0, 0, 2, 2), [1, 0, 0, 200, 200, 200], [1, 1, 1, 1])));
        byte[] Png(params byte[] palette) => PngFile.Encode(2, 1, 8, PngFile.Palette, [1, 1], ("PLTE", palette));
        Assert.Equal([200], First(Png(0, 0, 0, 200, 200, 200)));
        Assert.Equal([200, 200, 200], First(Png(0, 1, 0, 200, 200, 200)));
        byte[] Tiff(long blue) => new TiffFile(Width, Height, 1, 8, 3, TiffFile.Flat(Pixels, 9))
            .Set(320, [.. Enumerable.Repeat(200L * 257, 512), .. Enumerable.Repeat(blue * 257, 256)]).Encode();
        Assert.Equal([200], First(Tiff(200)));
        Assert.Equal([200, 200, 50], First(Tiff(50)));
    }

    [Fact]
    public void An_avif_without_colour_planes_is_grey()
    {
        Assert.Equal([100], First(AvifFile.Monochrome));
        Assert.Equal([200, 100, 50], First(AvifFile.WithCodes(1, 13)));
    }

    [Fact]
    public void Of_an_avif_sequence_the_first_picture_is_read() => Assert.Equal([200, 100, 50], First(AvifFile.AsSequence(AvifFile.WithCodes(1, 13))));

    [Fact]
    public void Premultiplied_avif_has_its_own_colours() => Assert.Equal([200, 100, 50, 153], First(AvifFile.Premultiplied, keepAlpha: true));

    [Theory]
    [InlineData(10, 1023)]
    [InlineData(12, 4095)]
    public void White_is_white_in_every_depth(int bitDepth, int most)
    {
        PixelDataset white = Read(AvifFile.Encode(bitDepth, ushort.MaxValue, ushort.MaxValue, ushort.MaxValue));
        Assert.All(white.Samples16.ToArray(), sample => Assert.Equal(ushort.MaxValue, sample));
        ushort middle = (ushort)(most / 2 << (16 - bitDepth));
        PixelDataset grey = Read(AvifFile.Encode(bitDepth, middle, middle, middle));
        Assert.Equal(Math.Round(most / 2 * 65535.0 / most), grey.Samples16[0]);
    }

    [Theory]
    [InlineData("P6 2 2 255\n            ", "a PPM")]
    [InlineData("P5 2 2 255\n    ", "a PGM")]
    [InlineData("P4 8 1\n ", "a PBM")]
    [InlineData("P7\nWIDTH 1\n", "a PAM")]
    [InlineData("\0\0\u0001\0\u0001\0\u0010\u0010\0\0", "an ICO")]
    [InlineData("\n\u0005\u0001\u0008\0\0\0\0", "a PCX")]
    [InlineData("DDS |\0\0\0", "a DDS")]
    [InlineData("\u0001\u00da\u0001\u0001\0\u0003", "an SGI")]
    [InlineData("qoif\0\0\0\u0001", "a QOI")]
    [InlineData("%!PS-Adobe-3.0 EPSF-3.0", "a PostScript")]
    [InlineData("gimp xcf v011", "an XCF")]
    [InlineData("\0\0\u0002\0\0\0\0\0\0\0\0\0\u0008\0\u0008\0\u0018\0", "a TGA")]
    [InlineData("<svg width=\"9\" height=\"9\">", "an SVG")]
    [InlineData("/* XPM */", "an XPM")]
    [InlineData("icns", "an ICNS")]
    [InlineData("v/1\u0001", "an OpenEXR")]
    [InlineData("Y\u00a6j\u0095", "a Sun raster")]
    [InlineData("SIMPLE  =", "a FITS")]
    public void A_format_that_is_not_read_is_named(string start, string name)
    {
        using var folder = new TemporaryFolder();
        byte[] file = new byte[64];
        System.Text.Encoding.Latin1.GetBytes(start).CopyTo(file, 0);
        var error = Assert.Throws<PictureException>(() => PictureReader.Read(folder.Write("other", file)));
        Assert.Equal(PictureProblem.UnsupportedFormat, error.Problem);
        Assert.Contains($"is {name} file, which", error.Message, StringComparison.Ordinal);
    }

    private static TiffFile Tiff(int samples, int bits, int photometric, params byte[] pixel) =>
        new(Width, Height, samples, bits, photometric, TiffFile.Flat(Pixels, pixel));

    private static byte[] First(byte[] file, bool keepAlpha = false)
    {
        PixelDataset read = Read(file, keepAlpha);
        return read.Samples8[..read.Channels].ToArray();
    }

    private static PixelDataset Read(byte[] file, bool keepAlpha = false)
    {
        using var folder = new TemporaryFolder();
        return PictureReader.Read(folder.Write("picture", file), new PictureReadOptions { KeepAlpha = keepAlpha });
    }

    private static void AssertRefused(byte[] file, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("other", file);
        var error = Assert.Throws<PictureException>(() => PictureReader.Read(path));
        Assert.Equal(PictureProblem.UnsupportedFormat, error.Problem);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
