namespace MonaLisa.Engine.Tests;

public class PictureReaderSizeTests
{
    [Theory]
    [InlineData(400, 200, 100, 100, 50)]
    [InlineData(200, 400, 100, 50, 100)]
    [InlineData(301, 199, 300, 300, 198)]
    [InlineData(400, 200, 1, 1, 1)]
    [InlineData(2000, 1, 10, 10, 1)]
    [InlineData(400, 200, 400, 400, 200)]
    [InlineData(400, 200, 5000, 400, 200)]
    public void The_longer_side_is_shrunk_and_nothing_is_enlarged(int width, int height, int maxSize, int expectedWidth, int expectedHeight)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture.png");
        SamplePictures.Write(path, width, height);

        PixelDataset read = PictureReader.Read(path, maxSize);

        Assert.Equal((expectedWidth, expectedHeight), (read.Width, read.Height));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void Shrinking_averages_light(int bitDepth)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("stripes.png");
        // Half black, half white: half the light, which is 0.735 in sRGB and not 0.5.
        PictureWriter.Write(path, 512, 512, (_, rowCount, colors) =>
        {
            for (int i = 0; i < colors.Length; i++)
                colors[i] = i / 3 % 2;
        }, new() { BitDepth = bitDepth }, TestContext.Current.CancellationToken);

        PixelDataset read = PictureReader.Read(path, maxSize: 64);

        Assert.Equal(bitDepth, read.BitDepth);
        float[] colors = new float[64 * 64 * 3];
        read.CopyRows(0, 64, colors);
        Assert.InRange(colors[(32 * 64 + 32) * 3], 0.725f, 0.745f);
    }

    [Fact]
    public void Shrinking_a_flat_picture_changes_no_color()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("flat.png");
        float[] color = [12 / 255f, 130 / 255f, 249 / 255f];
        PictureWriter.Write(path, 300, 200, (_, _, colors) =>
        {
            for (int i = 0; i < colors.Length; i++)
                colors[i] = color[i % 3];
        }, cancellationToken: TestContext.Current.CancellationToken);

        byte[] read = PictureReader.Read(path, maxSize: 77).Samples8.ToArray();

        for (int i = 0; i < read.Length; i++)
            Assert.InRange(read[i], color[i % 3] * 255 - 1.01, color[i % 3] * 255 + 1.01);
    }

    [Theory]
    [InlineData(1, 65_537, 8)]
    [InlineData(3, 70_000, 16)]
    [InlineData(256, 65_600, 8)]
    public void A_picture_of_many_short_rows_is_read_in_its_order(int width, int height, byte bitDepth)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("tall.png");
        byte[] rows = new byte[width * height * (bitDepth / 8)];
        new Random(5).NextBytes(rows);
        File.WriteAllBytes(path, PngFile.Encode(width, height, bitDepth, PngFile.Grey, rows));

        PixelDataset read = PictureReader.Read(path);

        Assert.Equal((width, height), (read.Width, read.Height));
        byte[] samples = bitDepth == 8 ? read.Samples8.ToArray()
            : [.. read.Samples16.ToArray().SelectMany(sample => (byte[])[(byte)(sample >> 8), (byte)sample])];
        Assert.True(rows.AsSpan().SequenceEqual(samples));
    }

    [Fact]
    public void A_tall_picture_that_is_cut_short_is_damaged()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("tall.png");
        byte[] rows = new byte[100_000];
        new Random(6).NextBytes(rows);
        byte[] whole = PngFile.Encode(1, 100_000, 8, PngFile.Grey, rows);
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);

        Assert.Equal(PictureProblem.Damaged, Assert.Throws<PictureException>(() => PictureReader.Read(path)).Problem);
    }

    [Fact]
    public void The_limit_of_pixels_is_the_file_s_and_not_the_shrunk_picture_s()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture.png");
        SamplePictures.Write(path, 40, 30);

        Assert.Equal(40, PictureReader.Read(path, new PictureReadOptions { MaxPixels = 1200 }).Width);
        var error = Assert.Throws<PictureException>(() => PictureReader.Read(path, new PictureReadOptions { MaxPixels = 1199, MaxSize = 4 }));

        Assert.Equal(PictureProblem.TooLarge, error.Problem);
        Assert.Contains("-MaxPixels 1200", error.Message);
    }

    [Fact]
    public void A_mask_has_the_picture_s_limit_of_pixels()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture.png"), mask = folder.File("mask.png");
        SamplePictures.Write(path, 4, 3);
        SamplePictures.Write(mask, 40, 30);

        var error = Assert.Throws<PictureException>(
            () => PictureReader.Read(path, new PictureReadOptions { MaxPixels = 100, Mask = mask }));

        Assert.Equal((PictureProblem.TooLarge, mask), (error.Problem, error.Path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void A_size_below_1_is_refused(int maxSize)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => PictureReader.Read("picture.png", maxSize));

        Assert.Contains($"{maxSize}", error.Message);
    }
}
