namespace MonaLisa.Engine.Tests;

/// <summary>Figures of sets of pixels and of pictures of other channels, against their definitions.</summary>
public class PixelSetQualityTests
{
    [Theory]
    [InlineData(40, 30, 3)]
    [InlineData(31, 9, 1)]
    [InlineData(8, 7, 4)]
    [InlineData(1, 40, 3)]
    public void Each_set_has_its_own_figures(int width, int height, int channels)
    {
        PixelRole RoleOf(int x, int y) => (x * 7 + y * 5) % 4 == 0 ? PixelRole.Ignored
            : (x + y) % 3 == 0 ? PixelRole.HeldOut : PixelRole.Training;
        PixelDataset reference = TestPictures.Create(width, height, channels).WithRoles(RoleOf);
        float[] wanted = Colors(reference), given = Noisy(wanted);

        IReadOnlyList<ImageQuality> qualities = Measure(reference, channels, given);

        Assert.Equal([PixelSet.Training, PixelSet.HeldOut], qualities.Select(quality => quality.Pixels));
        double[,] givenLuma = Luma(given, width, height, channels), wantedLuma = Luma(wanted, width, height, channels);
        foreach (ImageQuality quality in qualities)
        {
            PixelRole role = quality.Pixels == PixelSet.Training ? PixelRole.Training : PixelRole.HeldOut;
            int[] pixels = [.. Enumerable.Range(0, width * height).Where(pixel => RoleOf(pixel % width, pixel / width) == role)];
            double squared = 0, absolute = 0;
            foreach (int sample in pixels.SelectMany(pixel => Enumerable.Range(pixel * channels, channels)))
            {
                squared += Math.Pow(Math.Clamp((double)given[sample], 0, 1) - wanted[sample], 2);
                absolute += Math.Abs((double)given[sample] - wanted[sample]);
            }
            Assert.Equal(pixels.Length, quality.PixelCount);
            Assert.Equal(squared / (pixels.Length * channels), quality.MeanSquaredError, 1e-7);
            Assert.Equal(absolute / (pixels.Length * channels), quality.Mae, 1e-7);
            Assert.Equal(10 * Math.Log10(1 / quality.MeanSquaredError), quality.Psnr, 1e-9);
            Assert.Equal(DirectSimilarity.Ssim(givenLuma, wantedLuma, (x, y) => RoleOf(x, y) == role).Similarity, quality.Ssim, 1e-9);
            Assert.Null(quality.MsSsim);
        }
    }

    [Fact]
    public void A_set_has_no_MS_SSIM_and_the_whole_picture_has()
    {
        PixelDataset picture = TestPictures.Create(180, 180);
        Assert.NotNull(Assert.Single(Measure(picture, 3, Colors(picture))).MsSsim);
        PixelDataset partly = picture.WithHoldOut(new HoldOut { Fraction = 0.1 });
        Assert.All(Measure(partly, 3, Colors(picture)), quality => Assert.Null(quality.MsSsim));
    }

    [Fact]
    public void Ignored_pixels_alone_leave_one_record()
    {
        PixelDataset picture = TestPictures.Create(16, 16).WithRoles((x, _) => x < 8 ? PixelRole.Training : PixelRole.Ignored);
        float[] colors = Colors(picture);
        for (int i = 0; i < colors.Length; i++)
            if (i / 3 % 16 >= 8)
                colors[i] = 0.5f;
        ImageQuality quality = Assert.Single(Measure(picture, 3, colors));
        Assert.Equal((PixelSet.Training, 128, double.PositiveInfinity), (quality.Pixels, quality.PixelCount, quality.Psnr));
    }

    [Fact]
    public void A_set_under_no_windows_middle_has_no_SSIM()
    {
        PixelDataset picture = TestPictures.Create(20, 20).WithRoles((x, _) => x == 0 ? PixelRole.HeldOut : PixelRole.Training);
        IReadOnlyList<ImageQuality> qualities = Measure(picture, 3, Colors(picture));
        Assert.Equal(1, qualities[0].Ssim, 1e-12);
        Assert.Equal(double.NaN, qualities[1].Ssim);
    }

    [Theory, InlineData(1), InlineData(3), InlineData(4)]
    public void A_whole_picture_is_measured_over_the_channels_there_are(int channels)
    {
        PixelDataset reference = TestPictures.Create16(33, 21, channels);
        float[] wanted = Colors(reference), given = Noisy(wanted);
        ImageQuality quality = Assert.Single(Measure(reference, channels, given));
        double squared = given.Zip(wanted, (a, b) => Math.Pow(Math.Clamp((double)a, 0, 1) - b, 2)).Average();
        Assert.Equal(squared, quality.MeanSquaredError, 1e-8);
        Assert.Equal(DirectSimilarity.Ssim(Luma(given, 33, 21, channels), Luma(wanted, 33, 21, channels)).Similarity, quality.Ssim, 1e-9);
        Assert.Equal((PixelSet.All, 33 * 21), (quality.Pixels, quality.PixelCount));
    }

    [Fact]
    public void Grey_is_compared_with_colours_as_three_equal_ones()
    {
        PixelDataset grey = TestPictures.Create(20, 15, channels: 1);
        byte[] tripled = [.. grey.Samples8.ToArray().SelectMany(sample => new[] { sample, sample, sample })];
        var colors = new PixelDataset("same", 20, 15, tripled);
        Assert.Equal(double.PositiveInfinity, Assert.Single(QualityMeter.Measure(colors, 1, grey.CopyRows, Token)).Psnr);
        Assert.Equal(double.PositiveInfinity, Assert.Single(QualityMeter.Measure(grey, 3, colors.CopyRows, Token)).Psnr);
    }

    [Fact]
    public void Alpha_is_laid_on_white_to_be_compared_with_opaque_colours()
    {
        var clear = new PixelDataset("clear", 3, 1, [100, 0, 200, 0, 100, 0, 200, 255, 255, 0, 51, 51], channels: 4);
        var onWhite = new PixelDataset("white", 3, 1, [255, 255, 255, 100, 0, 200, 255, 204, 214]);
        ImageQuality quality = Assert.Single(QualityMeter.Measure(onWhite, 4, clear.CopyRows, Token));
        Assert.InRange(quality.Mae, 0, 1e-3);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IReadOnlyList<ImageQuality> Measure(PixelDataset reference, int channels, float[] given)
    {
        int row = reference.Width * channels;
        return QualityMeter.Measure(reference, channels,
            (firstRow, rowCount, colors) => given.AsSpan(firstRow * row, rowCount * row).CopyTo(colors), Token);
    }

    private static float[] Colors(PixelDataset dataset)
    {
        var colors = new float[dataset.PixelCount * dataset.Channels];
        dataset.CopyRows(0, dataset.Height, colors);
        return colors;
    }

    private static float[] Noisy(float[] colors)
    {
        var random = new Random(3);
        return [.. colors.Select(color => color + 0.4f * random.NextSingle() - 0.2f)];
    }

    private static double[,] Luma(float[] colors, int width, int height, int channels) => DirectSimilarity.Luma(
        [.. colors.Chunk(channels).SelectMany(pixel => channels == 1 ? [pixel[0], pixel[0], pixel[0]] : pixel[..3])], width, height);
}
