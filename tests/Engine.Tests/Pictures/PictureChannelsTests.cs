namespace MonaLisa.Engine.Tests;

/// <summary>Grey pictures and pictures with alpha are written as what they are.</summary>
public sealed class PictureChannelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".png", 1, 8)]
    [InlineData(".png", 1, 16)]
    [InlineData(".png", 4, 8)]
    [InlineData(".png", 4, 16)]
    [InlineData(".tif", 1, 8)]
    [InlineData(".tif", 1, 16)]
    [InlineData(".tif", 4, 8)]
    [InlineData(".tif", 4, 16)]
    public void Lossless_formats_keep_every_sample(string extension, int channels, int bitDepth)
    {
        PixelDataset picture = bitDepth == 8 ? TestPictures.Create(301, 223, channels) : TestPictures.Create16(301, 223, channels);
        PixelDataset read = WriteAndRead(picture, extension);

        Assert.Equal((301, 223, channels, bitDepth), (read.Width, read.Height, read.Channels, read.BitDepth));
        Assert.Equal(picture.Samples8, read.Samples8);
        Assert.Equal(picture.Samples16, read.Samples16);
    }

    [Theory, InlineData(".png"), InlineData(".tif")]
    public void Colours_under_full_transparency_are_kept(string extension)
    {
        var picture = new PixelDataset("clear", 2, 1, [10, 20, 30, 0, 40, 50, 60, 255], channels: 4);
        Assert.Equal(picture.Samples8, WriteAndRead(picture, extension).Samples8);
    }

    [Theory, InlineData(".webp"), InlineData(".avif")]
    public void Lossy_formats_with_alpha_keep_it(string extension)
    {
        PixelDataset picture = TestPictures.Create(96, 64, channels: 4);
        PixelDataset read = WriteAndRead(picture, extension);

        Assert.Equal(4, read.Channels);
        for (int pixel = 0; pixel < picture.PixelCount; pixel++)
            Assert.InRange(read.Samples8[pixel * 4 + 3] - picture.Samples8[pixel * 4 + 3], -24, 24);
        // Colours under transparency are any encoder's to change: laid on white they must be the same.
        Assert.True(QualityMeter.Measure(OnWhite(picture), 4, read.CopyRows, TestContext.Current.CancellationToken)[0].Psnr > 30);
    }

    [Theory, InlineData(".jpg"), InlineData(".webp"), InlineData(".avif")]
    public void Lossy_formats_hold_grey(string extension)
    {
        PixelDataset picture = TestPictures.Create(96, 64, channels: 1), read = WriteAndRead(picture, extension);
        byte[] given = [.. Enumerable.Range(0, picture.PixelCount).Select(pixel => read.Samples8[pixel * read.Channels])];

        Assert.True(SamplePictures.Psnr(picture.Samples8, given) > 30);
        if (extension == ".jpg")
            Assert.Equal(1, read.Channels);
    }

    [Fact]
    public void A_jpeg_is_laid_on_white()
    {
        byte[] samples = [.. Enumerable.Range(0, 32 * 32).SelectMany(i => new byte[] { 200, 40, 40, (byte)(i % 32 < 16 ? 0 : 255) })];
        PixelDataset read = WriteAndRead(new PixelDataset("clear", 32, 32, samples, channels: 4), ".jpg");

        Assert.Equal(3, read.Channels);
        ReadOnlySpan<byte> left = read.Samples8.Slice((16 * 32 + 4) * 3, 3), right = read.Samples8.Slice((16 * 32 + 28) * 3, 3);
        Assert.All(left.ToArray(), sample => Assert.InRange(sample, 250, 255));
        Assert.InRange(right[0], 192, 208);
        Assert.InRange(right[1], 32, 48);
    }

    [Theory, InlineData(0), InlineData(2), InlineData(5)]
    public void Other_numbers_of_channels_are_refused(int channels) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PictureWriteOptions { Channels = channels });

    private static PixelDataset OnWhite(PixelDataset picture) => new("white", picture.Width, picture.Height,
        [.. picture.Samples8.ToArray().Chunk(4).SelectMany(pixel => pixel[..3].Select(
            color => (byte)Math.Round((color * pixel[3] + 255.0 * (255 - pixel[3])) / 255)))]);

    private PixelDataset WriteAndRead(PixelDataset picture, string extension)
    {
        string path = _folder.File("picture" + extension);
        var options = new PictureWriteOptions { Channels = picture.Channels, BitDepth = picture.BitDepth };
        PictureWriter.Write(path, picture.Width, picture.Height, picture.CopyRows, options, TestContext.Current.CancellationToken);
        return PictureReader.Read(path, new PictureReadOptions { KeepAlpha = true });
    }
}
