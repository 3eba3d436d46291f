using System.IO.Compression;
using CsCheck;

namespace MonaLisa.Engine.Tests;

/// <summary>Pictures as bytes for another process.</summary>
public class PackedPixelsTests
{
    private static readonly Gen<PixelDataset> Pictures =
        from width in Gen.Int[1, 20]
        from height in Gen.Int[1, 20]
        from channels in Gen.Int[0, 2].Select(choice => ((int[])[1, 3, 4])[choice])
        from isDeep in Gen.Bool
        from seed in Gen.Int
        from heldOut in Gen.Int[0, 2]
        select Picture(width, height, channels, isDeep, seed, heldOut);

    [Fact]
    public void Every_sample_and_role_comes_back() => Pictures.Sample(picture =>
    {
        PixelDataset copy = Copy(picture);

        Assert.Equal(picture.ToString(), copy.ToString());
        Assert.Equal(picture.Samples8, copy.Samples8);
        Assert.Equal(picture.Samples16, copy.Samples16);
        Assert.Equal(picture.Partition?.Pixels, copy.Partition?.Pixels);
        Assert.Equal(picture.TrainingPixelCount, copy.TrainingPixelCount);
        Assert.Null(copy.Path);
    }, iter: 300);

    [Fact]
    public void Smooth_pictures_take_less_than_their_samples() =>
        Assert.InRange(TestPictures.Create(200, 150).ToPackedBytes().Length, 1, 200 * 150 * 3 / 3);

    [Theory]
    [InlineData("../../etc/passwd", ".._.._etc_passwd")]
    [InlineData("a\u001b[2J", "a_[2J")]
    public void A_name_that_could_do_harm_is_cleaned(string name, string cleaned)
    {
        PixelDataset picture = TestPictures.Create(3, 2);

        Assert.Equal(cleaned, PixelDataset.FromPackedBytes(name, 3, 2, 3, 8, picture.ToPackedBytes()).Name);
    }

    [Theory]
    [InlineData(4, 2, 3, 8, PictureProblem.Damaged)]
    [InlineData(2, 2, 3, 8, PictureProblem.Damaged)]
    [InlineData(3, 2, 1, 8, PictureProblem.Damaged)]
    [InlineData(3, 2, 3, 16, PictureProblem.Damaged)]
    [InlineData(3, 2, 2, 8, PictureProblem.Damaged)]
    [InlineData(3, 2, 3, 12, PictureProblem.Damaged)]
    [InlineData(0, 2, 3, 8, PictureProblem.Damaged)]
    [InlineData(3, -2, 3, 8, PictureProblem.Damaged)]
    [InlineData(int.MaxValue, int.MaxValue, 4, 16, PictureProblem.TooLarge)]
    [InlineData(40_000, 26_000, 1, 16, PictureProblem.Damaged)]
    [InlineData(26_000, 26_000, 3, 16, PictureProblem.Damaged)]
    [InlineData(26_000, 26_000, 4, 16, PictureProblem.TooLarge)]
    public void Figures_that_do_not_fit_the_bytes_are_refused(int width, int height, int channels, int bitDepth, PictureProblem problem)
    {
        byte[] packed = TestPictures.Create(3, 2).ToPackedBytes();

        var error = Assert.Throws<PictureException>(() => PixelDataset.FromPackedBytes("a", width, height, channels, bitDepth, packed));

        Assert.Equal(problem, error.Problem);
        Assert.EndsWith(".", error.Message);
    }

    [Theory]
    [InlineData(40_000, 40_000, 3, "40000 x 40000 pixels, 1,600,000,000 in all; at most 1,073,741,824 are read. Send a smaller picture.")]
    [InlineData(26_000, 26_000, 4, "26000 x 26000 pixels of 4 channels, 2,704,000,000 samples in all; at most 2,147,483,591 are read. Send a smaller picture.")]
    public void A_picture_too_large_names_the_limit_that_it_is_above(int width, int height, int channels, string expected) =>
        Assert.EndsWith(expected, Assert.Throws<PictureException>(
            () => PixelDataset.FromPackedBytes("a", width, height, channels, 16, TestPictures.Create(3, 2).ToPackedBytes())).Message, StringComparison.Ordinal);

    [Fact]
    public void Rows_longer_than_what_is_packed_at_once_come_back()
    {
        PixelDataset picture = Picture(40_000, 2, 3, isDeep: true, seed: 1, heldOut: 0);
        Assert.Equal(picture.Samples16, Copy(picture).Samples16);
    }

    [Fact]
    public void A_role_that_is_none_and_a_picture_without_training_pixels_are_refused()
    {
        Assert.Equal(PictureProblem.Damaged, Problem([1, 2, 3, 4, 0, 0, 0, 3]));
        Assert.Equal(PictureProblem.Damaged, Problem([1, 2, 3, 4, 1, 1, 2, 1]));
        Assert.Null(Problem([1, 2, 3, 4, 1, 1, 2, 0]));

        static PictureProblem? Problem(byte[] plain)
        {
            using var packed = new MemoryStream();
            using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                zlib.Write(plain);
            return (Record.Exception(() => PixelDataset.FromPackedBytes("a", 2, 2, 1, 8, packed.ToArray())) as PictureException)?.Problem;
        }
    }

    [Fact]
    public void A_stream_that_asks_for_a_dictionary_is_refused()
    {
        byte[] packed = [0x78, 0x20, 0, 0, 0, 1, .. TestPictures.Create(3, 2).ToPackedBytes()[2..]];

        var error = Assert.Throws<PictureException>(() => PixelDataset.FromPackedBytes("a", 3, 2, 3, 8, packed));

        Assert.Equal(PictureProblem.Damaged, error.Problem);
    }

    [Fact]
    public void A_claim_of_a_large_picture_takes_no_memory()
    {
        byte[] packed = TestPictures.Create(3, 2).ToPackedBytes();
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<PictureException>(() => PixelDataset.FromPackedBytes("a", 16_384, 16_384, 3, 8, packed));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static PixelDataset Copy(PixelDataset picture) => PixelDataset.FromPackedBytes(
        picture.Name, picture.Width, picture.Height, picture.Channels, picture.BitDepth, picture.ToPackedBytes());

    private static PixelDataset Picture(int width, int height, int channels, bool isDeep, int seed, int heldOut)
    {
        var random = new Random(seed);
        byte[] samples = new byte[width * height * channels * 2];
        random.NextBytes(samples);
        PixelDataset picture = isDeep
            ? new("noise", width, height, [.. samples.Chunk(2).Select(pair => BitConverter.ToUInt16(pair))], "/some/noise.png", channels)
            : new("noise", width, height, samples[..(samples.Length / 2)], "/some/noise.png", channels);
        // The first pixel always is to be learned.
        return heldOut == 0
            ? picture : picture.WithRoles((x, y) => (x, y) == (0, 0) ? PixelRole.Training : (PixelRole)random.Next(heldOut + 1));
    }
}
