using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

public class ImageRendererTests
{
    private const int Width = 41, Height = 37;

    private const double Bound = 1e-5;

    public static TheoryData<CoordinateConvention, Activation, ColorRange, int, int> Pictures => new()
    {
        { CoordinateConvention.SymmetricPixelCenter, Activation.Sine, ColorRange.Symmetric, Width, Height },
        { CoordinateConvention.SymmetricPixelCenter, Activation.Tanh, ColorRange.Unit, 300, 1 },
        { CoordinateConvention.PixelCenter, Activation.Sigmoid, ColorRange.Symmetric, 1, 77 },
        { CoordinateConvention.PixelCenter, Activation.ReLU, ColorRange.Unit, 100, 9 },
        { CoordinateConvention.RowColumnCorner, Activation.LeakyReLU, ColorRange.Unit, Width, Height },
        { CoordinateConvention.RowColumnCorner, Activation.Sine, ColorRange.Symmetric, 1, 1 },
    };

    [Theory, MemberData(nameof(Pictures))]
    public void Every_pixel_is_what_the_reference_gives_there(
        CoordinateConvention convention, Activation activation, ColorRange colors, int width, int height)
    {
        Mlp network = Network(activation, convention, colors);
        var reference = new ReferenceNetwork(network);
        double[] expected = [.. Enumerable.Range(0, width * height).SelectMany(pixel =>
        {
            (double first, double second) = ReferencePicture.Coordinates(convention, pixel % width, pixel / width, width, height);
            return reference.Color(first, second);
        })];
        Assert.InRange(Closeness.LargestDifference(Doubles(Render(network, width, height)), expected, leastScale: 1), 0, Bound);
    }

    [Theory, MemberData(nameof(Pictures))]
    public void A_place_has_the_colour_of_the_pixel_whose_centre_it_is(
        CoordinateConvention convention, Activation activation, ColorRange colors, int width, int height)
    {
        Mlp network = Network(activation, convention, colors);
        double[] x = [.. Enumerable.Range(0, width * height).Select(pixel => (pixel % width + 0.5) / width)];
        double[] y = [.. Enumerable.Range(0, width * height).Select(pixel => (pixel / width + 0.5) / height)];
        float[] places = new float[width * height * 3];
        using var renderer = new ImageRenderer(network, threadCount: 2);
        renderer.RenderPlaces(x, y, (width, height), places, TestContext.Current.CancellationToken);
        Assert.InRange(Closeness.LargestDifference(Doubles(places), Doubles(Render(network, width, height)), leastScale: 1), 0, Bound);
    }

    [Theory]
    [InlineData(CoordinateConvention.SymmetricPixelCenter, -1, 1, 0.5)]
    [InlineData(CoordinateConvention.PixelCenter, 0, 1, 0.75)]
    [InlineData(CoordinateConvention.RowColumnCorner, 0, 1, 0.75)]
    public void Places_of_a_picture_of_unknown_size_go_from_edge_to_edge(
        CoordinateConvention convention, double first, double last, double atThreeQuarters)
    {
        CoordinateAxis axis = CoordinateAxis.OfPlaces(convention, side: null);
        Assert.Equal([(float)first, (float)last, (float)atThreeQuarters], [axis.At(0), axis.At(1), axis.At(0.75)]);
    }

    [Fact]
    public void MKL_renders_the_same_picture()
    {
        Providers.Mkl(InstructionSets.Best);
        Mlp network = Network();
        double[] managed = Doubles(Render(network, Width, Height)), mkl = Doubles(Render(network, Width, Height, ComputeProvider.Mkl));
        Assert.InRange(Closeness.LargestDifference(mkl, managed, leastScale: 1), 0, Bound);
    }

    [Theory, InlineData(1), InlineData(5), InlineData(36)]
    public void Strips_are_the_whole_picture_bit_for_bit(int rowsPerStrip)
    {
        Mlp network = Network();
        float[] whole = Render(network, Width, Height), strips = new float[whole.Length];
        using var renderer = new ImageRenderer(network, threadCount: 2);
        for (int row = 0; row < Height; row += rowsPerStrip)
            renderer.Render(Width, Height, row, Math.Min(rowsPerStrip, Height - row), strips.AsSpan(row * Width * 3), TestContext.Current.CancellationToken);
        Assert.Equal(whole, strips);
    }

    [Theory, InlineData(2), InlineData(3), InlineData(8)]
    public void Any_number_of_threads_gives_the_same_bits(int threads)
    {
        Mlp network = Network();
        Assert.Equal(Render(network, 100, 50, threads: 1), Render(network, 100, 50, threads: threads));
    }

    [Fact]
    public void Later_changes_of_the_network_have_no_effect()
    {
        Mlp network = Network();
        float[] before = Render(network, 5, 5), after = new float[75];
        using var renderer = new ImageRenderer(network, threadCount: 1);
        network.Layers[0].Weights.AsSpan().Clear();
        renderer.Render(5, 5, 0, 5, after, TestContext.Current.CancellationToken);
        Assert.Equal(before, after);
    }

    [Fact]
    public void Nothing_is_written_beyond_the_rows_asked_for()
    {
        using var renderer = new ImageRenderer(Network(), threadCount: 2);
        var colors = new float[Width * 3 * 4];
        colors.AsSpan().Fill(-7);
        renderer.Render(Width, Height, 10, 3, colors, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(-7, colors[..(Width * 9)]);
        Assert.All(colors[(Width * 9)..], value => Assert.Equal(-7, value));
        renderer.Render(Width, Height, Height, 0, [], TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(0, 1, 0, 1, 99)]
    [InlineData(1, 0, 0, 0, 99)]
    [InlineData(4, 4, -1, 1, 99)]
    [InlineData(4, 4, 0, -1, 99)]
    [InlineData(4, 4, 3, 2, 99)]
    [InlineData(4, 4, int.MaxValue, 1, 99)]
    [InlineData(4, 4, 0, 4, 47)]
    public void Rows_outside_of_the_picture_and_short_destinations_are_refused(int width, int height, int firstRow, int rowCount, int length)
    {
        using var renderer = new ImageRenderer(Network(), threadCount: 1);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => renderer.Render(width, height, firstRow, rowCount, new float[length], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void It_needs_a_thread() => Assert.Throws<ArgumentOutOfRangeException>(() => new ImageRenderer(Network(), threadCount: 0));

    [Fact]
    public void Cancellation_comes_out_and_the_renderer_stays_usable()
    {
        Mlp network = Network();
        using var renderer = new ImageRenderer(network, threadCount: 2);
        var colors = new float[Width * Height * 3];
        Assert.Throws<OperationCanceledException>(() => renderer.Render(Width, Height, 0, Height, colors, new CancellationToken(canceled: true)));
        renderer.Render(Width, Height, 0, Height, colors, TestContext.Current.CancellationToken);
        Assert.Equal(Render(network, Width, Height), colors);
    }

    [Fact]
    public void A_disposed_renderer_refuses_to_render()
    {
        var renderer = new ImageRenderer(Network(), threadCount: 2);
        renderer.Dispose();
        renderer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => renderer.Render(1, 1, 0, 1, new float[3], TestContext.Current.CancellationToken));
    }

    private static float[] Render(Mlp network, int width, int height, ComputeProvider provider = ComputeProvider.Auto, int threads = 2)
    {
        using var renderer = new ImageRenderer(network, provider, threads);
        var colors = new float[width * height * 3];
        renderer.Render(width, height, 0, height, colors, TestContext.Current.CancellationToken);
        return colors;
    }

    private static Mlp Network(
        Activation activation = Activation.Sine, CoordinateConvention convention = CoordinateConvention.SymmetricPixelCenter,
        ColorRange colors = ColorRange.Symmetric) =>
        new(new MlpDesign { HiddenLayers = [33, 17, 20], Activation = activation, Coordinates = convention, Colors = colors });

    private static double[] Doubles(float[] values) => [.. values.Select(value => (double)value)];
}
