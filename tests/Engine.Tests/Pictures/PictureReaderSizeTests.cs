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
    [InlineData(0)]
    [InlineData(-3)]
    public void A_size_below_1_is_refused(int maxSize)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => PictureReader.Read("picture.png", maxSize));

        Assert.Contains($"{maxSize}", error.Message);
    }
}
