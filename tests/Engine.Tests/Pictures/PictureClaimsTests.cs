namespace MonaLisa.Engine.Tests;

/// <summary>Files too short for the picture that they claim.</summary>
public class PictureClaimsTests
{
    [Theory]
    [InlineData(8_000_000, 17)]
    [InlineData(17, 8_000_000)]
    [InlineData(16_384, 16_384)]
    public void A_short_png_cannot_hold_a_large_picture(int width, int height)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("bomb.png");
        File.WriteAllBytes(path, PngFile.WithData(width, height, 8, PngFile.Rgb, [0x78, 0x9C, 0x63, 0, 0]));

        var error = Assert.Throws<PictureException>(() => PictureReader.Read(path));

        Assert.Equal(PictureProblem.Damaged, error.Problem);
        Assert.Contains($"{width} x {height}", error.Message);
    }

    [Theory]
    [InlineData(".png", 8)]
    [InlineData(".png", 16)]
    [InlineData(".jpg", 8)]
    [InlineData(".webp", 8)]
    [InlineData(".tif", 8)]
    [InlineData(".avif", 8)]
    public void A_blank_screen_is_whole_however_small_its_file(string extension, int bitDepth)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("blank" + extension);
        var options = new PictureWriteOptions { BitDepth = bitDepth };
        PictureWriter.Write(path, 3840, 2160, (_, _, colors) => colors.Fill(1), options, TestContext.Current.CancellationToken);

        Assert.Equal((3840, 2160), (PictureReader.Read(path).Width, PictureReader.Read(path).Height));
    }

    [Fact]
    public void A_blank_png_of_one_bit_is_whole()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("blank.png");
        File.WriteAllBytes(path, PngFile.Encode(20_000, 4000, 1, PngFile.Grey, new byte[2500 * 4000]));

        Assert.Equal(20_000, PictureReader.Read(path, maxSize: 20_000).Width);
    }
}
