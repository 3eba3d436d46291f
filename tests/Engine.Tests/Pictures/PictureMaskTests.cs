using MonaLisa.Engine.Pictures;
using NetVips;

namespace MonaLisa.Engine.Tests;

/// <summary>A mask holds out what is dark in it, and a bad one is told.</summary>
public sealed class PictureMaskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Dark_pixels_of_a_mask_are_held_out()
    {
        PixelDataset read = ReadWithMask(Write("mask.png", 4, 1, 8, PngFile.Grey, [0, 127, 128, 255]), 4, 1);

        Assert.Equal((2, 2, 0), (read.TrainingPixelCount, read.HeldOutPixelCount, read.IgnoredPixelCount));
        Assert.Equal([2u, 3u, 0u, 1u], read.Partition!.Pixels);
    }

    [Fact]
    public void A_16_bit_mask_has_its_threshold_at_half_of_white()
    {
        string mask = Write("mask.png", 3, 1, 16, PngFile.Grey, [0x7F, 0xFF, 0x80, 0x00, 0xFF, 0xFF]);
        Assert.Equal([1u, 2u, 0u], ReadWithMask(mask, 3, 1).Partition!.Pixels);
    }

    [Fact]
    public void A_coloured_mask_goes_by_its_lightness_and_a_transparent_part_of_it_is_black()
    {
        string colors = Write("colors.png", 3, 1, 8, PngFile.Rgb, [255, 255, 0, 0, 0, 255, 250, 250, 250]);
        Assert.Equal([0u, 2u, 1u], ReadWithMask(colors, 3, 1).Partition!.Pixels);
        string clear = Write("clear.png", 2, 1, 8, PngFile.GreyAlpha, [255, 0, 255, 255]);
        Assert.Equal([1u, 0u], ReadWithMask(clear, 2, 1).Partition!.Pixels);
    }

    [Fact]
    public void A_mask_that_hides_nothing_is_refused()
    {
        string white = Write("white.png", 2, 2, 8, PngFile.Grey, [255, 255, 255, 200]);
        var error = Assert.Throws<PictureException>(() => ReadWithMask(white, 2, 2));
        Assert.Equal(PictureProblem.NothingHeldOut, error.Problem);
        Assert.Contains($"The mask '{white}' holds out no pixel of '{_folder.File("picture.png")}'", error.Message, StringComparison.Ordinal);

        // What is transparent is left out anyway.
        string picture = Write("clear.png", 2, 1, 8, PngFile.GreyAlpha, [1, 255, 2, 0]);
        string mask = Write("mask.png", 2, 1, 8, PngFile.Grey, [255, 0]);
        AssertProblem(PictureProblem.NothingHeldOut, picture, mask, blamed: picture);
        // A share that is held out besides does not make the mask a useful one.
        Assert.Throws<PictureException>(
            () => PictureReader.Read(picture, new PictureReadOptions { Mask = mask, HoldOut = new HoldOut { Fraction = 0.5 } }));
    }

    [Fact]
    public void A_note_tells_the_mask_and_how_much_it_holds_out()
    {
        var notes = new List<PictureNote>();
        string picture = Write("picture.png", 3, 1, 8, PngFile.Grey, [1, 2, 3]);
        string one = Write("one.png", 3, 1, 8, PngFile.Grey, [255, 0, 255]), two = Write("two.png", 3, 1, 8, PngFile.Grey, [0, 0, 255]);
        foreach (string mask in (string[])[one, two])
            PictureReader.Read(picture, new PictureReadOptions { Mask = mask, Notify = notes.Add });
        Assert.Contains(new PictureNote(false, $"The mask '{one}' holds out 1 pixel."), notes);
        Assert.Contains(new PictureNote(false, $"The mask '{two}' holds out 2 pixels."), notes);
    }

    [Fact]
    public void Mask_transparency_and_hold_out_combine()
    {
        // Columns: 0 and 1 transparent, 1 and 2 black in the mask; of the other hundred pixels a quarter is held out.
        byte[] rows = [.. Enumerable.Range(0, 10 * 13).SelectMany(i => new byte[] { 1, 2, 3, (byte)(i % 13 < 2 ? 0 : 255) })];
        string picture = Write("picture.png", 13, 10, 8, PngFile.RgbAlpha, rows);
        string mask = Write("mask.png", 13, 10, 8, PngFile.Grey,
            [.. Enumerable.Range(0, 130).Select(i => (byte)(i % 13 is 1 or 2 ? 0 : 255))]);

        PixelDataset read = PictureReader.Read(picture, new PictureReadOptions { Mask = mask, HoldOut = new HoldOut { Fraction = 0.25 } });

        Assert.Equal((75, 35, 20), (read.TrainingPixelCount, read.HeldOutPixelCount, read.IgnoredPixelCount));
        uint[] heldOut = read.Partition!.Pixels[75..];
        Assert.Equal(10, heldOut.Count(pixel => pixel % 13 == 2));
        Assert.DoesNotContain(read.Partition.Pixels, pixel => pixel % 13 < 2);
    }

    [Fact]
    public void A_mask_is_shrunk_with_its_picture_and_its_border_stays_at_half()
    {
        string picture = Write("picture.png", 60, 40, 8, PngFile.Rgb, SamplePictures.Waves(60, 40));
        string mask = Write("mask.png", 60, 40, 8, PngFile.Grey, [.. Enumerable.Range(0, 2400).Select(i => (byte)(i % 60 < 20 ? 255 : 0))]);

        PixelDataset read = PictureReader.Read(picture, new PictureReadOptions { Mask = mask, MaxSize = 15 });

        Assert.Equal((15, 10), (read.Width, read.Height));
        Assert.Equal(50, read.TrainingPixelCount);
        Assert.All(read.Partition!.Pixels[..50], pixel => Assert.True(pixel % 15 < 5));
    }

    [Fact]
    public void The_orientation_of_picture_and_mask_is_applied_before_they_meet()
    {
        PictureLibrary.EnsureReady();
        string picture = _folder.File("turned.tif");
        using (Image image = Image.NewFromMemoryCopy(SamplePictures.Waves(3, 2), 3, 2, 3, Enums.BandFormat.Uchar))
        using (Image color = image.Copy(interpretation: Enums.Interpretation.Srgb))
        using (Image turned = color.Mutate(mutable => mutable.Set(GValue.GIntType, "orientation", 6)))
            File.WriteAllBytes(picture, turned.TiffsaveBuffer());

        string upright = Write("upright.png", 2, 3, 8, PngFile.Grey, [0, 255, 255, 255, 255, 255]);
        string lying = Write("lying.png", 3, 2, 8, PngFile.Grey, [0, 255, 255, 255, 255, 255]);

        PixelDataset read = PictureReader.Read(picture, new PictureReadOptions { Mask = upright });
        Assert.Equal([1u, 2u, 3u, 4u, 5u, 0u], read.Partition!.Pixels);
        AssertProblem(PictureProblem.MaskSizeMismatch, picture, lying);
    }

    [Theory]
    [InlineData(3, 4, null)]
    [InlineData(4, 3, null)]
    [InlineData(8, 8, 4)]
    public void A_mask_of_another_size_is_refused_even_where_shrinking_would_make_it_fit(int width, int height, int? maxSize)
    {
        string picture = Write("picture.png", 4, 4, 8, PngFile.Grey, new byte[16]);
        string mask = Write("mask.png", width, height, 8, PngFile.Grey, [.. Enumerable.Repeat((byte)255, width * height)]);

        var error = Assert.Throws<PictureException>(
            () => PictureReader.Read(picture, new PictureReadOptions { Mask = mask, MaxSize = maxSize }));

        Assert.Equal((PictureProblem.MaskSizeMismatch, mask), (error.Problem, error.Path));
        Assert.Contains($"{width} x {height}", error.Message);
        Assert.Contains("4 x 4", error.Message);
    }

    [Fact]
    public void Bad_masks_are_told_by_name()
    {
        string picture = Write("picture.png", 2, 2, 8, PngFile.Grey, new byte[4]);
        string text = _folder.File("text.png"), empty = _folder.File("empty.png"), cut = _folder.File("cut.png");
        File.WriteAllText(text, "This is no picture.");
        File.WriteAllBytes(empty, []);
        byte[] whole = PngFile.Encode(64, 64, 8, PngFile.Rgb, SamplePictures.Noise(64, 64));
        File.WriteAllBytes(cut, whole[..(whole.Length / 2)]);

        AssertProblem(PictureProblem.NotAPicture, picture, text);
        AssertProblem(PictureProblem.Empty, picture, empty);
        AssertProblem(PictureProblem.Damaged, picture, cut);
        AssertProblem(PictureProblem.NotFound, picture, _folder.File("missing.png"));
        AssertProblem(PictureProblem.IsFolder, picture, _folder.Path, "Give the path of a picture in it.");
    }

    [Fact]
    public void A_mask_that_is_black_throughout_is_refused()
    {
        string picture = Write("picture.png", 2, 2, 8, PngFile.Grey, new byte[4]);
        string black = Write("black.png", 2, 2, 8, PngFile.Grey, new byte[4]);

        var error = Assert.Throws<PictureException>(() => PictureReader.Read(picture, new PictureReadOptions { Mask = black }));

        Assert.Equal(PictureProblem.NothingToLearn, error.Problem);
        Assert.Contains("black", error.Message);
    }

    private static void AssertProblem(PictureProblem problem, string picture, string mask, string remedy = "", string? blamed = null)
    {
        var error = Assert.Throws<PictureException>(() => PictureReader.Read(picture, new PictureReadOptions { Mask = mask }));
        Assert.Equal((problem, blamed ?? mask), (error.Problem, error.Path));
        Assert.Contains(mask, error.Message);
        Assert.EndsWith(remedy, error.Message, StringComparison.Ordinal);
    }

    private PixelDataset ReadWithMask(string mask, int width, int height) => PictureReader.Read(
        Write("picture.png", width, height, 8, PngFile.Rgb, SamplePictures.Waves(width, height)), new PictureReadOptions { Mask = mask });

    private string Write(string name, int width, int height, byte bitDepth, byte colorType, byte[] rows)
    {
        File.WriteAllBytes(_folder.File(name), PngFile.Encode(width, height, bitDepth, colorType, rows));
        return _folder.File(name);
    }
}
