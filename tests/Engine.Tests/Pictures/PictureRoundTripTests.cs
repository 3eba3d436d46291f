namespace MonaLisa.Engine.Tests;

public class PictureRoundTripTests
{
    [Theory]
    [InlineData(".png", 1, 1)]
    [InlineData(".png", 333, 217)]
    [InlineData(".PNG", 64, 1)]
    [InlineData(".png", 1, 5000)]
    [InlineData(".png", 70_000, 3)]
    [InlineData(".tif", 1, 1)]
    [InlineData(".tif", 333, 217)]
    [InlineData(".tiff", 500, 400)]
    public void Lossless_formats_keep_every_8_bit_sample(string extension, int width, int height)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture" + extension);
        PixelDataset written = SamplePictures.Write(path, width, height);

        PixelDataset read = PictureReader.Read(path);

        Assert.Equal((width, height, 8), (read.Width, read.Height, read.BitDepth));
        Assert.Equal(written.Samples8, read.Samples8);
        Assert.Equal("picture", read.Name);
        Assert.Equal(path, read.Path);
    }

    [Theory]
    [InlineData(".png", 256, 257)]
    [InlineData(".tif", 256, 257)]
    public void Lossless_formats_keep_every_16_bit_sample(string extension, int width, int height)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture" + extension);
        ushort[] samples = new ushort[width * height * 3];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (ushort)i;
        var picture = new PixelDataset("ramp", width, height, samples);

        PictureWriter.Write(path, width, height, picture.CopyRows, new() { BitDepth = 16 }, TestContext.Current.CancellationToken);
        PixelDataset read = PictureReader.Read(path);

        Assert.Equal((width, height, 16), (read.Width, read.Height, read.BitDepth));
        Assert.Equal(samples, read.Samples16.ToArray());
    }

    [Theory]
    [InlineData(".jpg", null, 38)]
    [InlineData(".jpeg", 100, 45)]
    [InlineData(".webp", null, 30)]
    [InlineData(".webp", 100, 32)]
    [InlineData(".avif", null, 30)]
    [InlineData(".avif", 100, 42)]
    public void Lossy_formats_stay_near(string extension, int? quality, double leastPsnr)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture" + extension);
        PixelDataset written = SamplePictures.Write(path, 160, 120, new() { Quality = quality });

        PixelDataset read = PictureReader.Read(path);

        Assert.Equal((160, 120, 8), (read.Width, read.Height, read.BitDepth));
        double psnr = SamplePictures.Psnr(written.Samples8, read.Samples8);
        Assert.True(psnr >= leastPsnr, $"{psnr:F1} dB");
    }

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".webp")]
    [InlineData(".avif")]
    public void A_lower_quality_gives_a_smaller_file(string extension)
    {
        using var folder = new TemporaryFolder();
        string good = folder.File("good" + extension), poor = folder.File("poor" + extension);
        SamplePictures.Write(good, 160, 120, new() { Quality = 95 });
        SamplePictures.Write(poor, 160, 120, new() { Quality = 20 });

        Assert.True(new FileInfo(poor).Length < new FileInfo(good).Length / 2);
    }

    [Fact]
    public void Values_are_clamped_and_rounded_to_the_nearest_step()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("steps.png");
        float[] values = [-5f, 0.49f / 255, 0.51f / 255, 100.49f / 255, 100.51f / 255, 7f];

        PictureWriter.Write(path, 2, 1, (_, _, colors) => values.CopyTo(colors), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([0, 0, 1, 100, 101, 255], PictureReader.Read(path).Samples8.ToArray());
    }

    [Fact]
    public void Rows_are_asked_for_once_and_in_order_on_the_calling_thread()
    {
        using var folder = new TemporaryFolder();
        int next = 0, caller = Environment.CurrentManagedThreadId;

        PictureWriter.Write(folder.File("rows.png"), 4000, 1000, (firstRow, rowCount, colors) =>
        {
            Assert.Equal(next, firstRow);
            Assert.Equal(rowCount * 4000 * 3, colors.Length);
            Assert.Equal(caller, Environment.CurrentManagedThreadId);
            next += rowCount;
            colors.Fill(0.5f);
        }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(1000, next);
    }

    [Theory]
    [InlineData("astronaut.png", 512, 512)]
    [InlineData("mona-lisa.jpg", 0, 0)]
    [InlineData("rocket.jpg", 640, 427)]
    public void Photographs_survive_a_png(string name, int width, int height)
    {
        PixelDataset photograph = PictureReader.Read(SamplePictures.Photograph(name));
        if (width > 0)
            Assert.Equal((width, height), (photograph.Width, photograph.Height));
        using var folder = new TemporaryFolder();
        string path = folder.File("copy.png");

        PictureWriter.Write(path, photograph.Width, photograph.Height, photograph.CopyRows,
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(photograph.Samples8, PictureReader.Read(path).Samples8);
    }

    [Fact]
    public void Eight_threads_read_and_write_at_once()
    {
        using var folder = new TemporaryFolder();
        string[] extensions = [".png", ".jpg", ".tif", ".webp"];

        var eight = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken };
        Parallel.For(0, 48, eight, i =>
        {
            string extension = extensions[i % extensions.Length];
            string path = folder.File($"{i}{extension}");
            PixelDataset written = new("noise", 90 + i, 70, SamplePictures.Waves(90 + i, 70));
            PictureWriter.Write(path, written.Width, written.Height, written.CopyRows);
            if (i % 5 == 0)
                Assert.Throws<PictureException>(() => PictureReader.Read(folder.File("missing.png")));
            PixelDataset read = PictureReader.Read(path);
            Assert.Equal((written.Width, written.Height), (read.Width, read.Height));
            Assert.True(SamplePictures.Psnr(written.Samples8, read.Samples8) > (extension is ".png" or ".tif" ? 1000 : 28));
        });

        Assert.Equal(48, folder.FileNames().Length);
    }

    [Fact]
    public void A_file_that_was_overwritten_is_read_anew()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture.png");
        SamplePictures.Write(path, 40, 30);
        PictureReader.Read(path);

        PixelDataset second = SamplePictures.Write(path, 20, 50, new() { Overwrite = true });

        Assert.Equal(second.Samples8, PictureReader.Read(path).Samples8);
    }

    [Theory]
    [InlineData("a [1].png")]
    [InlineData("[Q=10,strip].jpg")]
    [InlineData("100% of it %20.png")]
    [InlineData("Mona Lisa \u2013 \u7d75 \u00fc.png")]
    [InlineData(" leading and trailing .png")]
    [InlineData("-option.png")]
    [InlineData("it's a 'name' & more; $x.png")]
    [InlineData("a [1] *.png", true)]
    [InlineData("what?.png", true)]
    [InlineData("back\\slash.png", true)]
    public void Names_are_taken_literally(string name, bool notOnWindows = false)
    {
        Assert.SkipWhen(notOnWindows && OperatingSystem.IsWindows(), "Windows allows no such name.");
        using var folder = new TemporaryFolder();
        SamplePictures.Write(folder.File(name), 20, 10);

        Assert.Equal([name], folder.FileNames());
        Assert.Equal(20, PictureReader.Read(folder.File(name)).Width);
    }

    [Fact]
    public void A_name_as_long_as_the_file_system_allows_can_be_written()
    {
        using var folder = new TemporaryFolder();
        string name = new string('m', 200) + ".png";
        SamplePictures.Write(folder.File(name), 3, 3);

        Assert.Equal([name], folder.FileNames());
    }
}
