using System.Buffers.Binary;

namespace MonaLisa.Engine.Tests;

/// <summary>Transparency leaves pixels out, or is a channel where it is asked for.</summary>
public class PictureReaderAlphaTests
{
    private static readonly PictureReadOptions Kept = new() { KeepAlpha = true };

    [Fact]
    public void Pixels_of_alpha_below_a_half_are_ignored_and_the_others_have_their_straight_colours()
    {
        PixelDataset read = Read(4, 1, 8, PngFile.RgbAlpha, [10, 20, 30, 255, 40, 50, 60, 127, 70, 80, 90, 128, 1, 2, 3, 0]);

        Assert.Equal((3, 2, 0, 2), (read.Channels, read.TrainingPixelCount, read.HeldOutPixelCount, read.IgnoredPixelCount));
        Assert.Equal([10, 20, 30, 40, 50, 60, 70, 80, 90, 1, 2, 3], read.Samples8.ToArray());
        Assert.Equal([0u, 2u], read.Partition!.Pixels);
    }

    [Fact]
    public void Pixels_of_16_bit_alpha_below_a_half_are_ignored()
    {
        ushort[] samples = [1000, 2000, 3000, 65535, 4000, 5000, 6000, 32767, 7000, 8000, 9000, 32768];
        PixelDataset read = Read(3, 1, 16, PngFile.RgbAlpha, BigEndian(samples));

        Assert.Equal([1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000], read.Samples16.ToArray());
        Assert.Equal([0u, 2u], read.Partition!.Pixels);
    }

    [Fact]
    public void Grey_with_alpha_is_one_channel_and_a_mask()
    {
        PixelDataset read = Read(3, 1, 8, PngFile.GreyAlpha, [7, 0, 80, 255, 100, 200]);

        Assert.Equal(1, read.Channels);
        Assert.Equal([7, 80, 100], read.Samples8.ToArray());
        Assert.Equal([1u, 2u], read.Partition!.Pixels);
    }

    [Fact]
    public void A_transparent_palette_entry_is_ignored()
    {
        PixelDataset read = Read(2, 1, 8, PngFile.Palette, [0, 1], null, ("PLTE", [10, 20, 30, 40, 50, 60]), ("tRNS", [0]));

        Assert.Equal([1u], read.Partition!.Pixels);
        Assert.Equal([40, 50, 60], read.Samples8[3..].ToArray());
    }

    [Fact]
    public void Alpha_that_hides_nothing_leaves_an_ordinary_picture()
    {
        PixelDataset read = Read(2, 1, 8, PngFile.RgbAlpha, [10, 20, 30, 255, 40, 50, 60, 200]);

        Assert.Equal((3, 2), (read.Channels, read.TrainingPixelCount));
        Assert.Null(read.Partition);
    }

    [Theory, InlineData(8), InlineData(16)]
    public void Alpha_that_is_kept_is_a_fourth_channel(byte bitDepth)
    {
        ushort[] samples = [10, 20, 30, 255, 40, 50, 60, 127, 70, 80, 90, 0];
        PixelDataset read = bitDepth == 8
            ? Read(3, 1, 8, PngFile.RgbAlpha, [.. samples.Select(sample => (byte)sample)], Kept)
            : Read(3, 1, 16, PngFile.RgbAlpha, BigEndian(samples), Kept);

        Assert.Equal((4, 3), (read.Channels, read.TrainingPixelCount));
        Assert.Null(read.Partition);
        Assert.Equal(samples, bitDepth == 8 ? [.. read.Samples8.ToArray().Select(sample => (ushort)sample)] : read.Samples16.ToArray());
    }

    [Fact]
    public void Grey_with_alpha_that_is_kept_has_four_channels()
    {
        PixelDataset read = Read(2, 1, 8, PngFile.GreyAlpha, [7, 0, 80, 255], Kept);

        Assert.Equal([7, 7, 7, 0, 80, 80, 80, 255], read.Samples8.ToArray());
    }

    [Fact]
    public void Keeping_alpha_changes_no_picture_without_it()
    {
        Assert.Equal(3, Read(1, 1, 8, PngFile.Rgb, [1, 2, 3], Kept).Channels);
        Assert.Equal(1, Read(1, 1, 8, PngFile.Grey, [1], Kept).Channels);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_shrunk_picture_takes_no_colour_from_under_its_transparency(bool keepAlpha)
    {
        // Opaque red on the left; on the right, bright green that nobody sees.
        byte[] rows = [.. Enumerable.Range(0, 64 * 64).SelectMany(i => i % 64 < 32 ? new byte[] { 200, 0, 0, 255 } : [0, 255, 0, 0])];
        PixelDataset read = Read(64, 64, 8, PngFile.RgbAlpha, rows, new PictureReadOptions { MaxSize = 16, KeepAlpha = keepAlpha });

        Assert.Equal((16, 16), (read.Width, read.Height));
        for (int pixel = 0; pixel < read.PixelCount; pixel++)
        {
            ReadOnlySpan<byte> color = read.Samples8.Slice(pixel * read.Channels, read.Channels);
            if (pixel % 16 >= 8)
                continue;
            Assert.InRange(color[0], 198, 202);
            Assert.InRange(color[1], 0, 2);
            // The filter rings beside the border.
            Assert.InRange(keepAlpha ? color[3] : 255, pixel % 16 < 4 ? 255 : 235, 255);
        }
        Assert.Equal(keepAlpha ? 256 : 128, read.TrainingPixelCount);
    }

    [Fact]
    public void A_picture_that_is_transparent_throughout_is_an_error()
    {
        var error = Assert.Throws<PictureException>(() => Read(2, 1, 8, PngFile.RgbAlpha, [10, 20, 30, 0, 40, 50, 60, 100]));

        Assert.Equal(PictureProblem.NothingToLearn, error.Problem);
        Assert.Contains("picture.png", error.Message);
    }

    private static PixelDataset Read(int width, int height, byte bitDepth, byte colorType, byte[] rows,
        PictureReadOptions? options = null, params (string, byte[])[] extra)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("picture.png");
        File.WriteAllBytes(path, PngFile.Encode(width, height, bitDepth, colorType, rows, extra));
        return PictureReader.Read(path, options ?? new PictureReadOptions());
    }

    private static byte[] BigEndian(ushort[] samples)
    {
        byte[] row = new byte[samples.Length * 2];
        for (int i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(row.AsSpan(i * 2), samples[i]);
        return row;
    }
}
