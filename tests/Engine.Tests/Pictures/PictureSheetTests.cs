using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Tests;

/// <summary>Parts of many pictures on one sheet.</summary>
public class PictureSheetTests
{
    [Fact]
    public void Pictures_lie_beside_each_other_and_what_is_between_does_not_count()
    {
        PixelDataset[] pictures = [TestPictures.Create(40, 32), TestPictures.Create(32, 20), TestPictures.Create(7, 9)];
        PixelDataset sheet = Compose(pictures);
        Assert.Equal("3 pictures", sheet.Name);
        Assert.Equal(pictures.Sum(picture => picture.PixelCount), sheet.TrainingPixelCount);
        Assert.Equal((0, 0), (sheet.Width % 32, sheet.Height % 32));
        Assert.Equal(0, sheet.HeldOutPixelCount);
        // The first is at the left and the top.
        for (int y = 0; y < 32; y++)
            for (int x = 0; x < 40; x++)
                Assert.Equal(pictures[0].GetPixel(x, y).Select(sample => sample * 257), sheet.GetPixel(x, y));
    }

    [Fact]
    public void Pixels_that_do_not_count_stay_so()
    {
        PixelDataset picture = TestPictures.Create(32, 32).WithRoles((x, _) => x < 8 ? PixelRole.Ignored : x < 10 ? PixelRole.HeldOut : PixelRole.Training);
        Assert.Equal(22 * 32, Compose(picture).TrainingPixelCount);
    }

    [Fact]
    public void Grey_is_repeated_and_what_has_no_alpha_is_opaque()
    {
        PixelDataset grey = TestPictures.Create(32, 32, channels: 1), clear = TestPictures.Create(32, 32, channels: 4);
        PixelDataset sheet = Compose(grey, clear);
        Assert.Equal(4, sheet.Channels);
        int sample = grey.GetPixel(3, 5)[0] * 257;
        Assert.Equal([sample, sample, sample, ushort.MaxValue], sheet.GetPixel(3, 5));
        Assert.Equal(1, Compose(grey).Channels);
    }

    [Fact]
    public void A_large_picture_has_a_part_that_the_seed_chooses()
    {
        PixelDataset large = TestPictures.Create(1200, 700);
        PixelDataset[] sheets = [.. new[] { 1, 1, 2 }.Select(seed => Compose(seed, large))];
        Assert.All(sheets, sheet => Assert.Equal((512, 512), (sheet.Width, sheet.Height)));
        Assert.Equal(sheets[0].ToArray(), sheets[1].ToArray());
        Assert.NotEqual(sheets[0].ToArray(), sheets[2].ToArray());
    }

    [Fact]
    public void Very_many_pictures_have_smaller_parts_and_some_have_none()
    {
        PixelDataset picture = TestPictures.Create(200, 150);
        PixelDataset sheet = Compose([.. Enumerable.Repeat(picture, 300)]);
        Assert.Equal("300 pictures", sheet.Name);
        Assert.InRange(sheet.TrainingPixelCount, PictureSheet.MostPixels / 4, PictureSheet.MostPixels);
    }

    private static PixelDataset Compose(params PixelDataset[] pictures) => Compose(seed: 1, pictures);

    private static PixelDataset Compose(int seed, params PixelDataset[] pictures)
    {
        var sheet = new PictureSheet(seed);
        foreach (PixelDataset picture in pictures)
            sheet.Add(picture);
        return sheet.Compose();
    }
}
