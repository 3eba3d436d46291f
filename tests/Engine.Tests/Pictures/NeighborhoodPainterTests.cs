using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Tests;

/// <summary>What a network that sees its picture's neighbourhoods paints.</summary>
public class NeighborhoodPainterTests
{
    private const int Width = 9, Height = 7;

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Theory, InlineData(1, 1f), InlineData(3, 1f), InlineData(4, 0.25f), InlineData(3, 0.5f, true)]
    [Trait("Runs", "AtEveryWidth")]
    public void Twice_the_size_is_cubic_interpolation_and_the_networks_correction(int channels, float blend, bool isSingleView = false)
    {
        PixelDataset picture = TestPictures.Create(Width, Height, channels);
        Mlp network = NeighborhoodSamples.Network(picture, new NeighborhoodEncoding { IsSingleView = isSingleView }, blend);
        float[] painted = Paint(network, 2 * Width, 2 * Height);
        for (int y = 0; y < 2 * Height; y++)
            for (int x = 0; x < 2 * Width; x++)
            {
                double[] expected = Expected(network, picture, x, y, blend);
                for (int channel = 0; channel < channels; channel++)
                    Assert.Equal(expected[channel], painted[(y * 2 * Width + x) * channels + channel], 2e-5);
            }
    }

    [Fact]
    public void With_no_correction_it_is_cubic_interpolation()
    {
        PixelDataset picture = TestPictures.Create(Width, Height);
        FloatPicture expected = Whole(picture).Resized(ShrinkKernel.Bicubic, 2 * Width, 2 * Height);
        float[] painted = Paint(Network(picture, blend: 0), 2 * Width, 2 * Height);
        for (int i = 0; i < painted.Length; i++)
            Assert.Equal(Math.Clamp(expected.Values[i], 0, 1), painted[i], 1e-6);
    }

    [Fact]
    public void At_its_own_size_it_is_the_picture()
    {
        PixelDataset picture = TestPictures.Create(Width, Height);
        Assert.Equal(Whole(picture).Values, Paint(Network(picture), Width, Height));
    }

    [Theory]
    [InlineData(2, ShrinkKernel.Auto), InlineData(3, ShrinkKernel.Auto), InlineData(4, ShrinkKernel.Lanczos), InlineData(5, ShrinkKernel.Area)]
    [InlineData(4, ShrinkKernel.Gaussian, 3)]
    public void Rows_of_a_region_are_those_of_the_whole(int scale, ShrinkKernel kernel, int backProjections = 1)
    {
        PixelDataset picture = TestPictures.Create(Width, Height);
        int width = Width * scale, height = Height * scale;
        using var renderer = new ImageRenderer(Network(picture, kernel: kernel, backProjections: backProjections), threadCount: 1);
        float[] whole = new float[width * height * 3], region = new float[4 * scale * 3 * scale * 3];
        renderer.Render(width, height, 0, height, whole, Stopping);
        for (int row = 0; row < 3 * scale; row++)
            renderer.Render(new PictureRegion(3, 2, 4, 3, Width, Height), 4 * scale, 3 * scale, row, 1, region.AsSpan(row * 4 * scale * 3), Stopping);
        for (int y = 0; y < 3 * scale; y++)
            for (int i = 0; i < 4 * scale * 3; i++)
                Assert.Equal(whole[((y + 2 * scale) * width + 3 * scale) * 3 + i], region[y * 4 * scale * 3 + i], 1e-5);
    }

    [Theory, InlineData(2, 1), InlineData(30, 20), InlineData(1, 1), InlineData(9 * 70, 7 * 70)]
    public void Any_size_is_painted(int width, int height) =>
        Assert.All(Paint(Network(TestPictures.Create(Width, Height)), width, height), value => Assert.InRange(value, -0.2f, 1.2f));

    [Fact]
    public void One_pixel_is_one_colour()
    {
        PixelDataset picture = new("dot", 1, 1, [10, 20, 30]);
        Mlp network = Network(picture, blend: 0);
        float[] painted = Paint(network, 4, 4);
        for (int i = 0; i < painted.Length; i++)
            Assert.Equal(picture.Samples8[i % 3] / 255f, painted[i], 1e-6);
    }

    private static FloatPicture Whole(PixelDataset picture) => FloatPicture.Of(picture, 0, 0, picture.Width, picture.Height);

    [Theory, InlineData(ShrinkKernel.Bicubic), InlineData(ShrinkKernel.Area), InlineData(ShrinkKernel.Lanczos), InlineData(ShrinkKernel.Gaussian)]
    public void With_a_known_kernel_the_doubled_picture_gives_the_picture_again(ShrinkKernel kernel)
    {
        const int Side = 40;
        PixelDataset picture = TestPictures.Create(Side, Side);
        double ErrorOf(ShrinkKernel told, int backProjections = 1)
        {
            float[] painted = Paint(Network(picture, kernel: told, backProjections: backProjections), 2 * Side, 2 * Side);
            FloatPicture small = new FloatPicture(2 * Side, 2 * Side, 3, painted).Resized(kernel, Side, Side);
            return small.Values.Zip(Whole(picture).Values).Sum(pair => Math.Pow(pair.First - pair.Second, 2));
        }

        double corrected = ErrorOf(kernel), plain = ErrorOf(ShrinkKernel.Auto);
        Assert.True(corrected < 0.7 * plain, $"{corrected} is not well below {plain}.");
        Assert.Equal(plain, ErrorOf(kernel, backProjections: 0));
        Assert.InRange(ErrorOf(kernel, backProjections: 4), 0, 0.8 * corrected);
    }

    private static Mlp Network(PixelDataset picture, float blend = 1, ShrinkKernel kernel = ShrinkKernel.Auto, int backProjections = 1) =>
        NeighborhoodSamples.Network(picture, new NeighborhoodEncoding { Kernel = kernel, BackProjections = backProjections }, blend);

    private static float[] Paint(Mlp network, int width, int height) => Enlarged.Paint(network, width, height, threads: 2);

    /// <summary>A pixel of the doubled picture by the words of docs/model-format.md, in double precision.</summary>
    private static double[] Expected(Mlp network, PixelDataset picture, int x, int y, double blend)
    {
        int channels = picture.Channels, stepX = x % 2 == 0 ? -1 : 1, stepY = y % 2 == 0 ? -1 : 1;
        double At(int across, int down, int channel) => Whole(picture).Pixel(
            Math.Clamp(x / 2 + across * stepX, 0, Width - 1), Math.Clamp(y / 2 + down * stepY, 0, Height - 1))[channel];
        double Component(int across, int down, int component) => (channels, component) switch
        {
            (1, _) or (_, 3) => At(across, down, component),
            (_, 0) => (At(across, down, 0) + At(across, down, 1) + At(across, down, 2)) / 3,
            (_, 1) => At(across, down, 0) - At(across, down, 2),
            _ => At(across, down, 1) - (At(across, down, 0) + At(across, down, 2)) / 2,
        };
        double Cubic(double distance) => Math.Abs(distance) is var d && d < 1
            ? 1.5 * d * d * d - 2.5 * d * d + 1 : d < 2 ? -0.5 * d * d * d + 2.5 * d * d - 4 * d + 2 : 0;
        var color = new double[channels];
        bool[] turns = ((NeighborhoodEncoding)network.Design.Encoding).IsSingleView ? [false] : [false, true];
        foreach (bool isTurned in turns)
        {
            var features = new List<double>();
            for (int j = -4; j <= 4; j++)
                for (int i = -4; i <= 4; i++)
                    for (int component = 0; component < channels; component++)
                        if ((i, j) != (0, 0) && i * i + j * j <= (component == 0 ? 18 : 2))
                            features.Add(4 * (Component(isTurned ? j : i, isTurned ? i : j, component) - Component(0, 0, component)));
            double[] hidden = Layer(network.Layers[0], [.. features]);
            double[] outputs = Layer(network.Layers[1], [.. hidden.Select(sum => Math.Max(0, sum))]);
            for (int channel = 0; channel < channels; channel++)
            {
                double interpolated = 0;
                for (int j = -2; j <= 2; j++)
                    for (int i = -2; i <= 2; i++)
                        interpolated += Cubic(i - 0.25) * Cubic(j - 0.25) * At(i, j, channel);
                // The network's outputs are in [-1, 1], so a correction of 1 is half the range of colours.
                color[channel] += (interpolated + blend * outputs[channel] / 2) / turns.Length;
            }
        }
        return [.. color.Select(value => Math.Clamp(value, 0, 1))];
    }

    private static double[] Layer(DenseLayer layer, double[] inputs) =>
        [.. Enumerable.Range(0, layer.OutputCount).Select(output => layer.Biases[output] + Enumerable.Range(0, layer.InputCount)
            .Sum(input => layer.Weights[output * layer.InputCount + input] * inputs[input]))];
}
