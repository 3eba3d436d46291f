namespace MonaLisa.Engine.Tests;

public class QualityMeterTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 30)]
    [InlineData(64, 48)]
    [InlineData(200, 180)]
    public void A_picture_is_identical_to_itself(int width, int height)
    {
        PixelDataset picture = SamplePictures.WavesDataset(width, height);

        ImageQuality quality = QualityMeter.Measure(
            width, height, picture.CopyRows, picture.CopyRows, TestContext.Current.CancellationToken);

        Assert.Equal(double.PositiveInfinity, quality.Psnr);
        Assert.Equal((0, 0), (quality.Mae, quality.MeanSquaredError));
        Assert.Equal(1, quality.Ssim, 12);
        if (Math.Min(width, height) >= 176)
            Assert.Equal(1, quality.MsSsim!.Value, 12);
        else
            Assert.Null(quality.MsSsim);
        Assert.Equal((width, height), (quality.Width, quality.Height));
    }

    [Fact]
    public void Errors_are_those_computed_by_hand()
    {
        float[] reference = [0.5f, 0.5f, 0.5f, 0f, 1f, 1f];
        float[] picture = [0.75f, 0.5f, 0.25f, -0.5f, 2f, 0.5f];

        ImageQuality quality = Measure(2, 1, picture, reference);

        // As given: 0.25 + 0 + 0.25 + 0.5 + 1 + 0.5. Clamped and squared: 1/16 + 0 + 1/16 + 0 + 0 + 1/4.
        Assert.Equal(2.5 / 6, quality.Mae, 12);
        Assert.Equal(0.375 / 6, quality.MeanSquaredError, 12);
        Assert.Equal(10 * Math.Log10(16), quality.Psnr, 12);
    }

    [Fact]
    public void A_uniform_error_of_a_tenth_is_20_decibels()
    {
        float[] reference = [.. Enumerable.Repeat(0.5f, 30 * 20 * 3)];

        ImageQuality quality = Measure(30, 20, [.. reference.Select(value => value + 0.1f)], reference);

        Assert.Equal(20, quality.Psnr, 4);
        Assert.Equal(0.1, quality.Mae, 6);
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(40, 30)]
    [InlineData(300, 200)]
    public void Flat_pictures_differ_by_luminance_alone(int width, int height)
    {
        float[] picture = [.. Enumerable.Repeat(0.25f, width * height * 3)], reference = [.. Enumerable.Repeat(0.75f, width * height * 3)];

        ImageQuality quality = Measure(width, height, picture, reference);

        double expected = (2 * 0.25 * 0.75 + 1e-4) / (0.25 * 0.25 + 0.75 * 0.75 + 1e-4);
        Assert.Equal(expected, quality.Ssim, 9);
        if (quality.MsSsim is { } multiScale)
            Assert.Equal(Math.Pow(expected, 0.1333), multiScale, 9);
    }

    [Fact]
    public void Luma_is_weighted_as_in_Rec_601()
    {
        float[] picture = [.. Enumerable.Repeat<float[]>([1, 0, 0], 400).SelectMany(color => color)];
        float[] reference = [.. Enumerable.Repeat<float[]>([0, 1, 0], 400).SelectMany(color => color)];

        Assert.Equal((2 * 0.299 * 0.587 + 1e-4) / (0.299 * 0.299 + 0.587 * 0.587 + 1e-4), Measure(20, 20, picture, reference).Ssim, 9);
    }

    [Theory]
    [InlineData(11, 11)]
    [InlineData(12, 25)]
    [InlineData(61, 47)]
    [InlineData(10, 40)]
    [InlineData(40, 10)]
    [InlineData(3, 4)]
    [InlineData(1, 200)]
    [InlineData(6, 6)]
    public void Ssim_agrees_with_the_definition(int width, int height)
    {
        (float[] picture, float[] reference) = Pair(width, height);

        double[,] given = DirectSimilarity.Luma(picture, width, height), wanted = DirectSimilarity.Luma(reference, width, height);

        Assert.Equal(DirectSimilarity.Ssim(given, wanted).Similarity, Measure(width, height, picture, reference).Ssim, 10);
    }

    [Theory]
    [InlineData(176, 176)]
    [InlineData(201, 187)]
    public void Ms_ssim_agrees_with_the_definition(int width, int height)
    {
        (float[] picture, float[] reference) = Pair(width, height);

        double[,] given = DirectSimilarity.Luma(picture, width, height), wanted = DirectSimilarity.Luma(reference, width, height);

        ImageQuality quality = Measure(width, height, picture, reference);
        Assert.Equal(DirectSimilarity.MultiScale(given, wanted), quality.MsSsim!.Value, 10);
        Assert.InRange(quality.MsSsim.Value, 0.1, 0.99);
    }

    [Theory]
    [InlineData(175, 400)]
    [InlineData(400, 175)]
    public void There_is_no_ms_ssim_of_a_small_picture(int width, int height)
    {
        (float[] picture, float[] reference) = Pair(width, height);

        Assert.Null(Measure(width, height, picture, reference).MsSsim);
    }

    [Fact]
    public void An_inverted_picture_has_a_negative_ssim_and_an_ms_ssim_of_0()
    {
        PixelDataset picture = SamplePictures.WavesDataset(200, 200);
        float[] values = new float[200 * 200 * 3];
        picture.CopyRows(0, 200, values);

        ImageQuality quality = Measure(200, 200, [.. values.Select(value => 1 - value)], values);

        Assert.True(quality.Ssim < 0);
        Assert.Equal(0, quality.MsSsim);
    }

    [Fact]
    public void Noise_lowers_every_figure_step_by_step()
    {
        PixelDataset picture = SamplePictures.WavesDataset(256, 192);
        float[] reference = new float[256 * 192 * 3];
        picture.CopyRows(0, 192, reference);
        ImageQuality? last = null;
        foreach (float amount in (float[])[0.02f, 0.1f, 0.4f])
        {
            var random = new Random(1);
            float[] noisy = [.. reference.Select(value => value + amount * (random.NextSingle() - 0.5f))];
            ImageQuality quality = Measure(256, 192, noisy, reference);
            if (last is not null)
                Assert.True(quality.Psnr < last.Psnr && quality.Ssim < last.Ssim && quality.MsSsim < last.MsSsim && quality.Mae > last.Mae);
            last = quality;
        }
    }

    [Fact]
    public void Both_are_read_once_and_in_order()
    {
        int[] next = [0, 0];
        RowSource Source(int which) => (firstRow, rowCount, colors) =>
        {
            Assert.Equal(next[which], firstRow);
            Assert.Equal(rowCount * 3000 * 3, colors.Length);
            next[which] += rowCount;
            colors.Fill(0.5f);
        };

        QualityMeter.Measure(3000, 100, Source(0), Source(1), TestContext.Current.CancellationToken);

        Assert.Equal([100, 100], next);
    }

    [Fact]
    public void A_picture_that_is_no_number_has_no_quality()
    {
        float[] reference = new float[20 * 20 * 3], picture = new float[20 * 20 * 3];
        picture[777] = float.NaN;

        ImageQuality quality = Measure(20, 20, picture, reference);

        Assert.True(double.IsNaN(quality.Psnr) && double.IsNaN(quality.Mae) && double.IsNaN(quality.Ssim));
    }

    private static ImageQuality Measure(int width, int height, float[] picture, float[] reference)
    {
        int row = width * 3;
        return QualityMeter.Measure(width, height,
            (firstRow, rowCount, colors) => picture.AsSpan(firstRow * row, rowCount * row).CopyTo(colors),
            (firstRow, rowCount, colors) => reference.AsSpan(firstRow * row, rowCount * row).CopyTo(colors),
            TestContext.Current.CancellationToken);
    }

    private static (float[] Picture, float[] Reference) Pair(int width, int height)
    {
        float[] reference = [.. SamplePictures.Waves(width, height).Select(sample => sample / 255f)];
        var random = new Random(width * 1000 + height);
        return ([.. reference.Select(value => 0.9f * value + 0.4f * (random.NextSingle() - 0.5f))], reference);
    }
}
