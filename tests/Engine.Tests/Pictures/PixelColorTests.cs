namespace MonaLisa.Engine.Tests;

public class PixelColorTests
{
    private static readonly PixelDataset Rgb = new("p", 2, 1, [255, 0, 51, 10, 20, 30]);

    [Fact]
    public void A_pixel_has_its_place_and_its_colour()
    {
        PixelColor[] pixels = [.. Rgb.GetPixels()];
        Assert.Equal([(0, 0, 0.25, 0.5), (1, 0, 0.75, 0.5)],
            pixels.Select(pixel => (pixel.Column!.Value, pixel.Row!.Value, pixel.X, pixel.Y)));
        Assert.Equal((1f, 0f, 0.2f, "#FF0033"), (pixels[0].Red, pixels[0].Green, pixels[0].Blue, pixels[0].Hex));
        Assert.Null(pixels[0].Alpha);
        Assert.Equal(pixels[1], Rgb.GetColor(0.75, 0.5));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.499, 0)]
    [InlineData(0.5, 1)]
    [InlineData(1, 1)]
    public void A_place_is_in_one_pixel(double x, int column) => Assert.Equal(column, Rgb.GetColor(x, 1).Column);

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_place_outside_is_refused(double x) =>
        Assert.Contains("from 0 at the left edge to 1 at the right", Assert.Throws<ArgumentException>(() => Rgb.GetColor(x, 0)).Message);

    [Fact]
    public void Grey_is_all_three_colours_and_alpha_is_kept()
    {
        PixelColor grey = new PixelDataset("g", 1, 1, [128], channels: 1).GetColor(0.5, 0.5);
        Assert.Equal((grey.Red, grey.Red, "#808080"), (grey.Green, grey.Blue, grey.Hex));
        PixelColor clear = new PixelDataset("c", 1, 1, new ushort[] { 65535, 0, 0, 13107 }, channels: 4).GetColor(0.5, 0.5);
        Assert.Equal((0.2f, "#FF000033"), (clear.Alpha!.Value, clear.Hex));
    }

    [Fact]
    public void What_a_network_paints_beyond_the_colours_is_the_nearest_of_them() =>
        Assert.Equal((0f, 1f), (PixelColor.Of("n", 0, 0, [-2f, 3f, 0.5f]).Red, PixelColor.Of("n", 0, 0, [-2f, 3f, 0.5f]).Green));
}
