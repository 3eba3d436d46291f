using System.Buffers.Binary;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Tests;

/// <summary>Colours that a file states without a profile. The right values are those that Chromium 156 shows.</summary>
public class StatedColorTests
{
    private static readonly byte[] Orange = [200, 100, 50];

    private static readonly int[] P3 = [31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000],
        WideGamut = [34570, 35850, 70000, 30000, 20000, 70000, 14000, 5000], Srgb = [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000];

    [Theory]
    [InlineData(100_000, 229, 168, 122)]
    [InlineData(55_100, 210, 119, 64)]
    [InlineData(45_455, 200, 100, 50)]
    public void The_gamma_of_a_png_is_applied(int gamma, byte red, byte green, byte blue) =>
        Assert.Equal([red, green, blue], ReadPng(Orange, Gamma(gamma)));

    [Fact]
    public void The_gamma_of_a_grey_png_is_applied_and_it_stays_grey() => Assert.Equal([128], ReadPng([55], Gamma(100_000)));

    [Fact]
    public void The_gamma_leaves_alpha_alone() => Assert.Equal([229, 168, 122, 153], ReadPng([.. Orange, 153], Gamma(100_000)));

    [Fact]
    public void The_gamma_of_16_bits_is_applied_in_16_bits()
    {
        using var folder = new TemporaryFolder();
        byte[] rows = [0x37, 0x37];
        string path = folder.Write("deep.png", PngFile.Encode(1, 1, 16, PngFile.Grey, rows, Gamma(100_000)));

        PixelDataset read = PictureReader.Read(path);

        double light = 0x3737 / 65535.0, expected = (1.055 * Math.Pow(light, 1 / 2.4) - 0.055) * 65535;
        Assert.Equal(expected, read.Samples16[0], 0.51);
    }

    [Fact]
    public void The_primaries_of_a_png_are_applied()
    {
        Assert.Equal([216, 93, 24], ReadPng(Orange, Gamma(45_455), Primaries(P3)));
        Assert.Equal([238, 81, 36], ReadPng(Orange, Gamma(45_455), Primaries(WideGamut)));
    }

    [Fact]
    public void Primaries_without_a_gamma_have_the_curve_of_srgb() => Assert.Equal([215, 93, 31], ReadPng(Orange, Primaries(P3)));

    [Fact]
    public void A_png_that_states_srgb_in_the_old_way_is_left_as_it_is() =>
        Assert.Equal(Orange, ReadPng(Orange, Gamma(45_455), Primaries(Srgb)));

    [Theory]
    [InlineData(12, 13, 215, 93, 31)]
    [InlineData(1, 1, 197, 91, 39)]
    [InlineData(1, 4, 201, 100, 46)]
    [InlineData(5, 5, 192, 76, 27)]
    [InlineData(6, 6, 192, 94, 37)]
    [InlineData(7, 7, 202, 117, 67)]
    [InlineData(1, 8, 229, 168, 122)]
    [InlineData(9, 14, 239, 63, 5)]
    [InlineData(10, 8, 255, 0, 121)]
    [InlineData(11, 17, 212, 78, 0)]
    [InlineData(2, 2, 200, 100, 50)]
    [InlineData(99, 13, 200, 100, 50)]
    public void The_code_points_of_a_png_are_applied(byte primaries, byte transfer, byte red, byte green, byte blue) =>
        Assert.Equal([red, green, blue], ReadPng(Orange, Codes(primaries, transfer)));

    [Fact]
    public void Samples_from_16_to_235_are_stretched() => Assert.Equal([0, 255, 128], ReadPng([16, 235, 126], Codes(1, 13, isFullRange: 0)));

    [Fact]
    public void Code_points_count_before_all_else_and_srgb_before_gamma()
    {
        Assert.Equal([215, 93, 31], ReadPng(Orange, Codes(12, 13), ("sRGB", [0]), Gamma(100_000)));
        Assert.Equal(Orange, ReadPng(Orange, ("sRGB", [0]), Gamma(100_000), Primaries(P3)));
    }

    [Theory]
    [InlineData(16, "PQ")]
    [InlineData(18, "HLG")]
    [InlineData(9, "logarithmic")]
    public void A_curve_for_hdr_is_refused_by_name(byte transfer, string name)
    {
        using var folder = new TemporaryFolder();
        byte[][] files = [PngFile.Encode(1, 1, 8, PngFile.Rgb, Orange, Codes(9, transfer)), AvifFile.WithCodes(9, transfer)];
        foreach (byte[] file in files)
        {
            var error = Assert.Throws<PictureException>(() => PictureReader.Read(folder.Write("hdr", file)));
            Assert.Equal(PictureProblem.UnsupportedFormat, error.Problem);
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(12, 13, 215, 93, 31)]
    [InlineData(1, 1, 200, 100, 50)]
    [InlineData(1, 4, 201, 100, 46)]
    [InlineData(1, 8, 229, 168, 122)]
    [InlineData(5, 5, 192, 76, 27)]
    [InlineData(6, 6, 196, 102, 49)]
    [InlineData(2, 2, 200, 100, 50)]
    public void The_code_points_of_an_avif_are_applied(int primaries, int transfer, byte red, byte green, byte blue)
    {
        using var folder = new TemporaryFolder();
        PixelDataset read = PictureReader.Read(folder.Write("coded.avif", AvifFile.WithCodes(primaries, transfer)));
        Assert.Equal([red, green, blue], read.Samples8[..3].ToArray());
    }

    [Fact]
    public void Nothing_is_converted_where_a_file_states_srgb()
    {
        using var folder = new TemporaryFolder();
        byte[] samples = SamplePictures.Noise(16, 16);
        string path = folder.Write("srgb.png", PngFile.Encode(16, 16, 8, PngFile.Rgb, samples, Codes(1, 13), Gamma(45_455)));
        Assert.Equal(samples, PictureReader.Read(path).Samples8.ToArray());
    }

    [Fact]
    public void A_chunk_that_makes_no_sense_is_not_used()
    {
        Assert.Equal(Orange, ReadPng(Orange, Gamma(0)));
        Assert.Equal(Orange, ReadPng(Orange, Primaries(new int[8])));
        Assert.Equal(Orange, ReadPng(Orange, ("cICP", [12, 13, 1, 1])));
    }

    private static byte[] ReadPng(byte[] pixel, params (string Type, byte[] Data)[] chunks)
    {
        using var folder = new TemporaryFolder();
        byte colorType = pixel.Length switch { 1 => PngFile.Grey, 3 => PngFile.Rgb, _ => PngFile.RgbAlpha };
        string path = folder.Write("stated.png", PngFile.Encode(1, 1, 8, colorType, pixel, chunks));
        PixelDataset read = PictureReader.Read(path, new PictureReadOptions { KeepAlpha = true });
        Assert.Equal(pixel.Length, read.Channels);
        return read.Samples8.ToArray();
    }

    private static (string, byte[]) Gamma(int value) => ("gAMA", BigEndian(value));

    private static (string, byte[]) Primaries(int[] values) => ("cHRM", [.. values.SelectMany(BigEndian)]);

    private static (string, byte[]) Codes(byte primaries, byte transfer, byte isFullRange = 1) => ("cICP", [primaries, transfer, 0, isFullRange]);

    private static byte[] BigEndian(int value)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
