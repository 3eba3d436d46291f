using CsCheck;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class PictureSizeTests
{
    private static readonly Gen<PictureSize> Shapes = Gen.Select(Gen.Int[1, 5000], Gen.Int[1, 5000], (width, height) => new PictureSize(width, height));

    // No side of these becomes longer than is allowed.
    [Fact]
    public void One_side_keeps_the_shape_to_within_half_a_pixel() => Gen.Select(Shapes, Gen.Int[1, PictureSize.MaxSide / 5000]).Sample((shape, side) =>
    {
        PictureSize byWidth = PictureSize.Of(shape, side, null, 1);
        PictureSize byHeight = PictureSize.Of(shape, null, side, 1);
        double height = (double)side * shape.Height / shape.Width, width = (double)side * shape.Width / shape.Height;
        return byWidth.Width == side && byHeight.Height == side
            && Math.Abs(byWidth.Height - Math.Max(1, height)) <= 0.5 && Math.Abs(byHeight.Width - Math.Max(1, width)) <= 0.5;
    });

    [Fact]
    public void Both_sides_are_taken_as_they_are() => Gen.Select(Shapes, Shapes).Sample((shape, size) =>
        PictureSize.Of(shape, size.Width, size.Height, 1) == size);

    [Fact]
    public void A_whole_scale_multiplies_both_sides() => Gen.Select(Shapes, Gen.Int[1, 100]).Sample((shape, scale) =>
        PictureSize.Of(shape, null, null, scale) == new PictureSize(shape.Width * scale, shape.Height * scale));

    [Fact]
    public void A_shape_may_have_fractions_of_pixels()
    {
        Assert.Equal(new PictureSize(10, 5), PictureSize.Of(2.5, 1.25, null, null, 4));
        Assert.Equal(new PictureSize(40, 20), PictureSize.Of(2.5, 1.25, 40, null, 1));
        Assert.Equal(new PictureSize(80, 40), PictureSize.Of(2.5, 1.25, null, 40, 1));
        Assert.Equal(new PictureSize(1, 1), PictureSize.Of(0.2, 0.1, null, null, 1));
    }

    [Fact]
    public void A_side_beyond_the_limit_throws() =>
        Assert.Throws<ArgumentException>(() => PictureSize.Of(new PictureSize(2, 1), null, null, PictureSize.MaxSide));
}
