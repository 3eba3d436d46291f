using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine.Tests;

/// <summary>What a written file states about itself: its resolution and its colour space.</summary>
public class PictureTagTests
{
    private static readonly byte[] ColorChunk = [0, 0, 0, 1, (byte)'s', (byte)'R', (byte)'G', (byte)'B', 1];

    [Theory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    [InlineData(".tif")]
    public void It_states_72_pixels_an_inch(string extension)
    {
        using Image file = Image.NewFromBuffer(Write(extension, 3));
        Assert.Equal(72 / 25.4, file.Xres, 0.001);
        Assert.Equal(72 / 25.4, file.Yres, 0.001);
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    [InlineData(".tif")]
    public void The_resolution_of_a_file_is_kept(string extension)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("first" + extension), copy = folder.File("copy" + extension);
        PictureWriter.Write(path, 16, 16, TestPictures.Create(16, 16).CopyRows, new PictureWriteOptions { PixelsPerInch = 300 },
            TestContext.Current.CancellationToken);
        PixelDataset read = PictureReader.Read(path);
        Assert.Equal(300, read.PixelsPerInch!.Value, 0.05);
        read.Save(copy);
        Assert.Equal(300, PictureReader.Read(copy).PixelsPerInch!.Value, 0.05);
        Assert.Equal(300, PictureReader.Read(copy, new PictureReadOptions { HoldOut = new HoldOut { Fraction = 0.5 } }).PixelsPerInch!.Value, 0.05);
    }

    [Fact]
    public void A_file_that_states_no_resolution_has_72_pixels_an_inch()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(72, PictureReader.Read(folder.Write("plain.png", PngFile.Encode(1, 1, 8, PngFile.Grey, [7]))).PixelsPerInch);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_png_states_srgb_in_its_own_chunk(int channels)
    {
        byte[] file = Write(".png", channels);
        Assert.Equal(ColorChunk, file[33..42]);
        // The checksum is right: decoders refuse a chunk with another.
        using Image image = Image.NewFromBuffer(file, failOn: Enums.FailOn.Warning);
        Assert.NotEmpty(image.WriteToMemory<byte>());
    }

    [Theory]
    [InlineData(".tif")]
    [InlineData(".webp")]
    [InlineData(".avif")]
    public void Others_state_srgb_by_its_profile(string extension)
    {
        using Image file = Image.NewFromBuffer(Write(extension, 3));
        Assert.Equal(Image.ProfileLoad("srgb"), (byte[])file.Get("icc-profile-data"));
    }

    [Fact]
    public void A_jpeg_states_srgb_in_its_exif_data()
    {
        using Image file = Image.NewFromBuffer(Write(".jpg", 3));
        Assert.StartsWith("1 ", (string)file.Get("exif-ifd2-ColorSpace"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".png", 1, 8)]
    [InlineData(".png", 3, 16)]
    [InlineData(".tif", 1, 16)]
    [InlineData(".tif", 3, 8)]
    [InlineData(".tif", 3, 16)]
    [InlineData(".tif", 4, 8)]
    public void What_is_stated_changes_no_sample(string extension, int channels, int bitDepth)
    {
        using var folder = new TemporaryFolder();
        PixelDataset picture = bitDepth == 8 ? TestPictures.Create(31, 17, channels) : TestPictures.Create16(31, 17, channels);
        string path = folder.File("copy" + extension);
        picture.Save(path);
        PixelDataset copy = PictureReader.Read(path, new PictureReadOptions { KeepAlpha = true });
        Assert.Equal(picture.ToArray(), copy.ToArray());
    }

    [Fact]
    public void A_replaced_file_keeps_its_permissions()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }
        using var folder = new TemporaryFolder();
        string path = folder.Write("old.png", [1]);
        foreach (UnixFileMode mode in (UnixFileMode[])
            [
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead,
            ])
        {
            File.SetUnixFileMode(path, mode);
            TestPictures.Create(4, 4).Save(path, overwrite: true);
            Assert.Equal(mode, File.GetUnixFileMode(path));
        }
    }

    private static byte[] Write(string extension, int channels)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture" + extension);
        TestPictures.Create(16, 16, channels).Save(path);
        return File.ReadAllBytes(path);
    }
}
