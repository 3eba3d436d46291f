using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine.Tests;

/// <summary>Whatever a file's colours are stored as, red, green and blue in sRGB come out, or grey where they are grey.</summary>
public class PictureReaderColorTests
{
    public PictureReaderColorTests() => PictureLibrary.EnsureReady();

    [Theory]
    [InlineData(1, "ABC/DEF")]
    [InlineData(2, "CBA/FED")]
    [InlineData(3, "FED/CBA")]
    [InlineData(4, "DEF/ABC")]
    [InlineData(5, "AD/BE/CF")]
    [InlineData(6, "DA/EB/FC")]
    [InlineData(7, "FC/EB/DA")]
    [InlineData(8, "CF/BE/AD")]
    public void Orientation_is_applied(int orientation, string expected)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("turned.tif");
        byte[] stored = [.. "ABCDEF".SelectMany(letter => new[] { (byte)letter, (byte)0, (byte)255 })];
        using (Image image = FromRgb(3, 2, stored))
        using (Image turned = image.Mutate(mutable => mutable.Set(GValue.GIntType, "orientation", orientation)))
            File.WriteAllBytes(path, turned.TiffsaveBuffer());

        PixelDataset read = PictureReader.Read(path);

        var rows = new List<string>();
        for (int y = 0; y < read.Height; y++)
        {
            string row = "";
            for (int x = 0; x < read.Width; x++)
                row += (char)read.Samples8[(y * read.Width + x) * 3];
            rows.Add(row);
        }
        Assert.Equal(expected, string.Join('/', rows));
    }

    [Theory]
    [InlineData(1, 100, 50)]
    [InlineData(6, 50, 100)]
    public void Orientation_of_a_jpeg_is_applied_before_the_size_is_judged(int orientation, int width, int height)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("turned.jpg");
        using (Image image = FromRgb(400, 200, SamplePictures.Waves(400, 200)))
        using (Image turned = image.Mutate(mutable => mutable.Set(GValue.GIntType, "orientation", orientation)))
            File.WriteAllBytes(path, turned.JpegsaveBuffer());

        PixelDataset read = PictureReader.Read(path, maxSize: 100);

        Assert.Equal((width, height), (read.Width, read.Height));
    }

    [Fact]
    public void An_embedded_profile_is_converted_to_srgb()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("wide.png");
        byte[] colors = Muted(64, 48);
        using (Image image = FromRgb(64, 48, colors))
        using (Image wide = image.IccTransform("p3", inputProfile: "srgb", intent: Enums.Intent.Relative))
        {
            Assert.True(SamplePictures.Psnr(colors, wide.WriteToMemory<byte>()) < 40, "The profile changes nothing, so it tests nothing.");
            File.WriteAllBytes(path, wide.PngsaveBuffer());
        }

        Assert.True(SamplePictures.Psnr(colors, PictureReader.Read(path).Samples8) > 48);
    }

    [Fact]
    public void An_embedded_profile_of_a_16_bit_picture_is_converted_in_16_bits()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("wide.png");
        byte[] colors = Muted(64, 48);
        using (Image image = FromRgb(64, 48, colors))
        using (Image deep = image.Colourspace(Enums.Interpretation.Rgb16))
        using (Image wide = deep.IccTransform("p3", inputProfile: "srgb", intent: Enums.Intent.Relative, depth: 16))
            File.WriteAllBytes(path, wide.PngsaveBuffer(bitdepth: 16));

        PixelDataset read = PictureReader.Read(path);

        Assert.Equal(16, read.BitDepth);
        byte[] high = [.. read.Samples16.ToArray().Select(sample => (byte)(sample >> 8))];
        Assert.True(SamplePictures.Psnr(colors, high) > 46);
    }

    [Fact]
    public void A_profile_that_is_rubbish_is_ignored()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("rubbish.tif");
        byte[] colors = Muted(16, 16);
        using (Image image = FromRgb(16, 16, colors))
        using (Image marked = image.Mutate(mutable => mutable.Set(GValue.BlobType, "icc-profile-data", "no profile at all"u8.ToArray())))
            File.WriteAllBytes(path, marked.TiffsaveBuffer());

        Assert.Equal(colors, PictureReader.Read(path).Samples8.ToArray());
    }

    [Theory]
    [InlineData(Enums.ForeignKeep.All)]
    [InlineData(Enums.ForeignKeep.None)]
    public void A_cmyk_jpeg_becomes_rgb(Enums.ForeignKeep keep)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("print.jpg");
        byte[] colors = Muted(64, 48);
        using (Image image = FromRgb(64, 48, colors))
        using (Image print = image.IccTransform("cmyk", inputProfile: "srgb", intent: Enums.Intent.Relative, blackPointCompensation: true))
        {
            Assert.Equal(4, print.Bands);
            File.WriteAllBytes(path, print.JpegsaveBuffer(q: 100, keep: keep));
        }

        PixelDataset read = PictureReader.Read(path);

        double psnr = SamplePictures.Psnr(colors, read.Samples8);
        Assert.True(psnr > 30, $"{psnr:F1} dB");
    }

    [Fact]
    public void A_lab_picture_becomes_rgb_of_16_bits()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("lab.tif");
        byte[] colors = Muted(32, 32);
        using (Image image = FromRgb(32, 32, colors))
        using (Image lab = image.Colourspace(Enums.Interpretation.Lab))
            File.WriteAllBytes(path, lab.TiffsaveBuffer());

        PixelDataset read = PictureReader.Read(path);

        Assert.Equal(16, read.BitDepth);
        byte[] high = [.. read.Samples16.ToArray().Select(sample => (byte)(sample >> 8))];
        Assert.True(SamplePictures.Psnr(colors, high) > 45);
    }

    [Fact]
    public void A_palette_is_looked_up()
    {
        byte[] palette = [10, 20, 30, 200, 100, 50, 0, 255, 0, 255, 255, 255];
        // Four pixels of two bits a byte: 0 1 2 3, then 3 2 1 0.
        PixelDataset read = ReadPng(4, 2, 2, PngFile.Palette, [0b00011011, 0b11100100], ("PLTE", palette));

        byte[] expected = [.. new[] { 0, 1, 2, 3, 3, 2, 1, 0 }.SelectMany(index => palette[(index * 3)..(index * 3 + 3)])];
        Assert.Equal(expected, read.Samples8.ToArray());
    }

    [Fact]
    public void Grey_stays_one_sample()
    {
        PixelDataset read = ReadPng(3, 1, 8, PngFile.Grey, [0, 77, 255]);

        Assert.Equal(1, read.Channels);
        Assert.Equal([0, 77, 255], read.Samples8.ToArray());
    }

    [Fact]
    public void Single_bits_become_black_and_white()
    {
        PixelDataset read = ReadPng(8, 1, 1, PngFile.Grey, [0b10000001]);

        Assert.Equal([255, 0, 0, 0, 0, 0, 0, 255], read.Samples8.ToArray());
    }

    [Fact]
    public void Grey_of_16_bits_stays_so()
    {
        PixelDataset read = ReadPng(2, 1, 16, PngFile.Grey, [0x12, 0x34, 0xFF, 0xFE]);

        Assert.Equal((16, 1), (read.BitDepth, read.Channels));
        Assert.Equal([0x1234, 0xFFFE], read.Samples16.ToArray());
    }

    [Fact]
    public void A_grey_jpeg_stays_grey_when_it_is_shrunk()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("grey.jpg");
        byte[] ramp = [.. Enumerable.Range(0, 64 * 32).Select(i => (byte)(i % 64 * 4))];
        using (Image image = Image.NewFromMemoryCopy(ramp, 64, 32, 1, Enums.BandFormat.Uchar))
        using (Image grey = image.Copy(interpretation: Enums.Interpretation.Bw))
            File.WriteAllBytes(path, grey.JpegsaveBuffer(q: 100));

        PixelDataset read = PictureReader.Read(path, maxSize: 32);

        Assert.Equal((1, 32, 16), (read.Channels, read.Width, read.Height));
        for (int x = 4; x < 28; x++)
            Assert.InRange(read.Samples8[8 * 32 + x], 8 * x - 4, 8 * x + 10);
    }

    [Fact]
    public void The_first_of_several_pages_is_read()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("pages.tif");
        byte[] pages = [.. Enumerable.Repeat((byte)30, 5 * 4 * 3), .. Enumerable.Repeat((byte)200, 5 * 4 * 3)];
        using (Image image = FromRgb(5, 8, pages))
            File.WriteAllBytes(path, image.TiffsaveBuffer(pageHeight: 4));

        PixelDataset read = PictureReader.Read(path);

        Assert.Equal((5, 4), (read.Width, read.Height));
        Assert.All(read.Samples8.ToArray(), sample => Assert.Equal(30, sample));
    }

    [Fact]
    public void A_gif_is_read()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture.gif");
        using (Image image = FromRgb(6, 5, [.. Enumerable.Repeat<byte[]>([255, 0, 0], 30).SelectMany(color => color)]))
            File.WriteAllBytes(path, image.GifsaveBuffer());

        PixelDataset read = PictureReader.Read(path);

        Assert.Equal((6, 5), (read.Width, read.Height));
        Assert.True(read.Samples8[0] > 245 && read.Samples8[1] < 10 && read.Samples8[2] < 10);
    }

    [Fact]
    public void Samples_without_an_agreed_meaning_are_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("measured.tif");
        using (Image image = FromRgb(4, 4, Muted(4, 4)))
        using (Image measured = image.Cast(Enums.BandFormat.Float))
            File.WriteAllBytes(path, measured.TiffsaveBuffer());

        var error = Assert.Throws<PictureException>(() => PictureReader.Read(path));

        Assert.Equal(PictureProblem.UnsupportedFormat, error.Problem);
        Assert.Contains("float", error.Message);
    }

    private static PixelDataset ReadPng(int width, int height, byte bitDepth, byte colorType, byte[] rows, params (string, byte[])[] extra)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture.png");
        File.WriteAllBytes(path, PngFile.Encode(width, height, bitDepth, colorType, rows, extra));
        return PictureReader.Read(path);
    }

    // Colours that print and wide-gamut spaces hold as well.
    private static byte[] Muted(int width, int height) =>
        [.. SamplePictures.Waves(width, height).Select(sample => (byte)(90 + sample / 4))];

    private static Image FromRgb(int width, int height, byte[] samples)
    {
        using Image image = Image.NewFromMemoryCopy(samples, width, height, 3, Enums.BandFormat.Uchar);
        return image.Copy(interpretation: Enums.Interpretation.Srgb);
    }
}
