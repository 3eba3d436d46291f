using System.Text;
using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine.Tests;

/// <summary>Files that are not what they should be: each gives one clear error.</summary>
public class PictureReaderHostileTests
{
    [Fact]
    public void A_missing_file() => AssertProblem(PictureProblem.NotFound, "missing.jpg", null);

    [Fact]
    public void A_file_in_a_missing_folder() => AssertProblem(PictureProblem.NotFound, Path.Combine("nowhere", "missing.jpg"), null);

    [Fact]
    public void An_empty_file() => AssertProblem(PictureProblem.Empty, "empty.jpg", []);

    [Fact]
    public void A_text_called_jpg() =>
        AssertProblem(PictureProblem.NotAPicture, "text.jpg",
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("This is no picture.\n", 100))));

    [Fact]
    public void A_single_byte() => AssertProblem(PictureProblem.NotAPicture, "byte.png", [0x89]);

    [Fact]
    public void A_drawing_that_is_not_pixels() =>
        AssertProblem(PictureProblem.UnsupportedFormat, "drawing.png",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"></svg>"u8.ToArray());

    [Theory]
    [InlineData("BM", "BMP")]
    [InlineData("%PDF-1.7", "PDF")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic", "HEIC")]
    [InlineData("\0\0\0\u000cJXL ", "JPEG XL")]
    public void A_format_that_is_not_read_is_named(string start, string format)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture.jpg");
        File.WriteAllBytes(path, [.. Encoding.Latin1.GetBytes(start), .. new byte[200]]);

        var error = Assert.Throws<PictureException>(() => PictureReader.Read(path));

        Assert.Equal(PictureProblem.UnsupportedFormat, error.Problem);
        Assert.Contains(format, error.Message);
    }

    [Fact]
    public void A_folder()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("folder.png"));

        Assert.Equal(PictureProblem.IsFolder, Assert.Throws<PictureException>(() => PictureReader.Read(folder.File("folder.png"))).Problem);
    }

    [Fact]
    public void A_png_that_claims_100_000_pixels_a_side_takes_no_memory()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("bomb.png");
        File.WriteAllBytes(path, PngFile.WithData(100_000, 100_000, 8, PngFile.Rgb, [0x78, 0x9C, 0x63, 0, 0]));
        Assert.Throws<PictureException>(() => PictureReader.Read(path));
        long before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<PictureException>(() => PictureReader.Read(path));

        Assert.Equal(PictureProblem.TooLarge, error.Problem);
        Assert.Contains("100000 x 100000", error.Message);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Theory, InlineData(Enums.ForeignTiffCompression.Lzw), InlineData(Enums.ForeignTiffCompression.Deflate)]
    public void A_tiff_with_rows_longer_than_its_bytes_can_hold(Enums.ForeignTiffCompression compression)
    {
        const byte Rows = 17;
        using var folder = new TemporaryFolder();
        string path = folder.File("wide.tif");
        PictureLibrary.EnsureReady();
        using (Image blank = Image.Black(50_000, Rows, bands: 3).Copy(interpretation: Enums.Interpretation.Srgb))
            blank.Tiffsave(path, compression: compression);
        Assert.Equal(50_000, PictureReader.Read(path).Width);
        byte[] file = File.ReadAllBytes(path);
        file[ValueOfHeight(file)] = 255;
        File.WriteAllBytes(path, file);
        var error = Assert.Throws<PictureException>(() => PictureReader.Read(path));
        Assert.Equal(PictureProblem.Damaged, error.Problem);
        Assert.Contains("50000 x 255", error.Message);

        // Eight bytes that hold the tag, the type (16 bits) and the count come before it.
        static int ValueOfHeight(byte[] file) => file.AsSpan().IndexOf((byte[])[0x01, 0x01, 3, 0, 1, 0, 0, 0, Rows, 0]) + 8;
    }

    [Fact]
    public void A_png_with_a_good_header_and_no_pixels() =>
        AssertProblem(PictureProblem.Damaged, "hollow.png", PngFile.WithData(300, 300, 8, PngFile.Rgb, [0x78, 0x9C, 0x63, 0, 0]));

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".png")]
    [InlineData(".webp")]
    [InlineData(".tif")]
    [InlineData(".avif")]
    public void A_file_cut_short(string extension)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("whole" + extension);
        PixelDataset noise = new("noise", 120, 90, SamplePictures.Noise(120, 90));
        PictureWriter.Write(path, 120, 90, noise.CopyRows, cancellationToken: TestContext.Current.CancellationToken);
        byte[] whole = File.ReadAllBytes(path);
        foreach (double part in (double[])[0.05, 0.3, 0.6, 0.9])
            AssertProblem(PictureProblem.Damaged, "cut" + extension, whole[..(int)(whole.Length * part)]);
    }

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".png")]
    [InlineData(".webp")]
    [InlineData(".tif")]
    [InlineData(".avif")]
    public void Random_damage_gives_a_picture_or_a_clear_error(string extension)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("whole" + extension), damagedPath = folder.File("damaged" + extension);
        SamplePictures.Write(path, 40, 30);
        byte[] whole = File.ReadAllBytes(path);
        var random = new Random(2012);
        for (int round = 0; round < 100; round++)
        {
            byte[] damaged = (byte[])whole.Clone();
            for (int change = 0; change < 1 + round % 4; change++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(damagedPath, damaged);
            try
            {
                PictureReader.Read(damagedPath, maxSize: 64);
            }
            catch (PictureException error)
            {
                Assert.Equal(damagedPath, error.Path);
            }
        }
    }

    [Fact]
    public void A_picture_of_one_pixel()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("one.png");
        File.WriteAllBytes(path, PngFile.Encode(1, 1, 8, PngFile.Rgb, [1, 2, 3]));

        PixelDataset read = PictureReader.Read(path, maxSize: 1);

        Assert.Equal((1, 1), (read.Width, read.Height));
        Assert.Equal([1, 2, 3], read.Samples8.ToArray());
    }

    [Fact]
    public void A_wrong_extension_does_not_matter()
    {
        using var folder = new TemporaryFolder();
        SamplePictures.Write(folder.File("picture.png"), 5, 4);
        File.Move(folder.File("picture.png"), folder.File("picture.jpg"));

        Assert.Equal(5, PictureReader.Read(folder.File("picture.jpg")).Width);
    }

    [Fact]
    public void A_file_may_be_deleted_as_soon_as_it_was_read()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture.png");
        SamplePictures.Write(path, 50, 40);
        PictureReader.Read(path);

        if (OperatingSystem.IsLinux())
            Assert.DoesNotContain(Directory.GetFiles("/proc/self/fd"), descriptor => new FileInfo(descriptor).LinkTarget == path);
        File.Delete(path);
        Assert.Empty(folder.FileNames());
    }

    [Fact]
    public void A_file_that_may_not_be_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Permissions do not stop this user.");
        using var folder = new TemporaryFolder();
        string path = folder.File("secret.png");
        SamplePictures.Write(path, 5, 4);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.None);

        Assert.Equal(PictureProblem.AccessDenied, Assert.Throws<PictureException>(() => PictureReader.Read(path)).Problem);
    }

    private static void AssertProblem(PictureProblem problem, string name, byte[]? content)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File(name);
        if (content is not null)
            File.WriteAllBytes(path, content);

        var error = Assert.Throws<PictureException>(() => PictureReader.Read(path));

        Assert.Equal(problem, error.Problem);
        Assert.Equal(path, error.Path);
        Assert.Contains(path, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.EndsWith(".", error.Message);
    }
}
