using System.Text;
using MonaLisa.Engine.Output;

namespace MonaLisa.Engine.Tests;

/// <summary>ONNX Runtime paints what we paint: colours as they are before they are rounded to 8 bits, clamped to [0, 1].</summary>
public class OnnxAgreementTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<Activation> Activations => TestNetworks.Activations;

    [Theory, MemberData(nameof(Activations))]
    public void Every_encoding_agrees(Activation activation)
    {
        ColorRange colors = ColorRange.Symmetric;
        foreach (InputEncoding encoding in TestNetworks.Encodings.Prepend(InputEncoding.None))
        {
            AssertAgrees(TestNetworks.Create(encoding, activation, [32, 17], colors: colors), 37, 29);
            colors = colors == ColorRange.Unit ? ColorRange.Symmetric : ColorRange.Unit;
        }
    }

    public static TheoryData<int> Opsets => [.. Enumerable.Range(OnnxOpset.Oldest, OnnxOpset.Newest - OnnxOpset.Oldest + 1)];

    [Theory, MemberData(nameof(Opsets))]
    public void Every_opset_agrees(int opset)
    {
        foreach (InputEncoding encoding in TestNetworks.Encodings)
            AssertAgrees(TestNetworks.Create(encoding, Activation.GELU, [8]), 7, 5, opset);
        foreach (Activation activation in TestNetworks.HiddenActivations)
            AssertAgrees(TestNetworks.Create(activation, [8]), 7, 5, opset);
        AssertAgrees(new Mlp(new MlpDesign { HiddenLayers = [8], Coordinates = CoordinateConvention.RowColumnCorner })
            .WithTraining(Facts(7, 5)), 7, 5, opset);
    }

    [Fact]
    public void GELU_is_one_operator_of_ONNX_Runtime()
    {
        using var folder = new TemporaryFolder();
        Mlp network = TestNetworks.Create(Activation.GELU, [8, 8]);
        new OnnxFile().Save(network, folder.File("a.onnx"), cancellationToken: TestContext.Current.CancellationToken);

        using (new OnnxJudge(folder.File("a.onnx"), optimized: folder.File("b.onnx")))
        {
            string operators = Encoding.Latin1.GetString(File.ReadAllBytes(folder.File("b.onnx")));
            Assert.Contains("Gelu", operators);
            Assert.DoesNotContain("Erf", operators);
        }
    }

    [Theory, MemberData(nameof(Activations))]
    public void A_deep_network_with_the_steepness_it_is_given_by_default_agrees(Activation activation) =>
        AssertAgrees(new Mlp(new MlpDesign { HiddenLayers = [64, 64, 64], Activation = activation }), 37, 29);

    [Theory, InlineData(1), InlineData(3), InlineData(4)]
    public void Every_number_of_outputs_agrees(int outputs) =>
        AssertAgrees(TestNetworks.Create(Activation.Tanh, [20, 20], outputs: outputs), 37, 29);

    public static TheoryData<CoordinateConvention, int, int> Conventions
    {
        get
        {
            var data = new TheoryData<CoordinateConvention, int, int>();
            foreach (CoordinateConvention coordinates in Enum.GetValues<CoordinateConvention>())
                foreach ((int width, int height) in ((int, int)[])[(37, 29), (1, 5), (5, 1), (1, 1), (300, 7)])
                    data.Add(coordinates, width, height);
            return data;
        }
    }

    [Theory, MemberData(nameof(Conventions))]
    public void Every_convention_of_coordinates_agrees(CoordinateConvention coordinates, int width, int height)
    {
        var network = new Mlp(new MlpDesign { HiddenLayers = [16, 16], Coordinates = coordinates, Omega = 20 });

        AssertAgrees(network.WithTraining(Facts(width, height)), width, height);
    }

    [Fact]
    public void A_network_of_corner_coordinates_paints_larger_as_a_region_of_its_picture_does()
    {
        var design = new MlpDesign { HiddenLayers = [16, 16], Coordinates = CoordinateConvention.RowColumnCorner, Omega = 20 };
        Mlp network = new Mlp(design).WithTraining(Facts(19, 13));
        float[] expected = new float[38 * 26 * 3];
        using var renderer = new ImageRenderer(network, ComputeProvider.Managed, threadCount: 1);
        renderer.Render(PictureRegion.Whole(19, 13), 38, 26, 0, 26, expected, TestContext.Current.CancellationToken);

        using OnnxJudge judge = OnnxJudge.Of(network);

        AssertClose(expected, judge.Paint(38, 26));
    }

    [Fact]
    public void A_batch_has_any_length()
    {
        using OnnxJudge judge = OnnxJudge.Of(TestNetworks.Create(TestNetworks.Encodings[4], Activation.GELU, [32, 32]));
        float[] coordinates = OnnxJudge.Centers(50, 40), all = judge.Run(coordinates);

        Assert.Equal(50 * 40 * 3, all.Length);
        for (int pixel = 0; pixel < 2000; pixel += 333)
            AssertClose(all[(3 * pixel)..(3 * pixel + 3)], judge.Run(coordinates[(2 * pixel)..(2 * pixel + 2)]));
        Assert.Empty(judge.Run([]));
    }

    [Theory, InlineData(ColorRange.Unit), InlineData(ColorRange.Symmetric)]
    public void Colors_are_clamped(ColorRange range)
    {
        Mlp network = TestNetworks.Create(Activation.Sine, [16, 16], colors: range, omega: 20);
        foreach (ref float weight in network.Layers[^1].Weights.AsSpan())
            weight *= 50;
        float[] rendered = Render(network, 20, 20);
        Assert.Contains(rendered, color => color < -0.5f);
        Assert.Contains(rendered, color => color > 1.5f);

        using OnnxJudge judge = OnnxJudge.Of(network);

        AssertClose(rendered, judge.Paint(20, 20));
    }

    [Fact]
    public void Places_on_the_borders_of_cells_and_of_the_picture_have_the_colors_of_the_definition()
    {
        GridLevel[] levels = [new(4, 8, 32), new(16, 3, 48), new(32, 32, 100)];
        Mlp network = TestNetworks.Create(new GridEncoding { Levels = levels }, Activation.Tanh, [16]);
        float[] sides = [0, .. Vertices(4), .. Vertices(8), .. Vertices(32), 1];
        float[] coordinates = [.. sides.SelectMany(x => sides.SelectMany(y => (float[])[x, y]))];
        var reference = new ReferenceNetwork(network);
        float[] expected = [.. coordinates.Chunk(2).SelectMany(place => reference.Color(place[0], place[1])).Select(color => (float)color)];

        using OnnxJudge judge = OnnxJudge.Of(network);

        AssertClose(expected, judge.Run(coordinates));
    }

    [Theory]
    [InlineData(Activation.ReLU, true)]
    [InlineData(Activation.Sine, false)]
    public void A_network_that_has_learned_a_photograph_agrees(Activation activation, bool hasGrid)
    {
        PixelDataset picture = PictureReader.Read(SamplePictures.Photograph("coffee.png"));
        var design = new MlpDesign { HiddenLayers = [64, 64], Activation = activation };
        if (hasGrid)
            design = design.With(GridEncoding.For(picture.Width, picture.Height));
        TrainingRun run = TrainingSupport.Train(picture, new Mlp(design), new TrainingOptions { Epochs = 2, ThreadCount = 2 });
        Assert.True(run.Psnr > (hasGrid ? 25 : 15), $"The network has learned too little: {run.Psnr} dB.");

        AssertAgrees(run.Network, picture.Width, picture.Height);
    }

    /// <summary>
    /// The arguments of a trained FINER network's sines run into the hundreds, where the last digit of a 32-bit number is a 1e-5. What
    /// is asked is that ONNX Runtime is no farther from the exact colours than such digits bring our own rendering.
    /// </summary>
    [Fact]
    public void A_network_too_steep_for_32_bits_is_as_near_to_the_exact_colors_as_our_rendering()
    {
        PixelDataset picture = SamplePictures.WavesDataset(96, 80);
        var design = new MlpDesign { HiddenLayers = [64, 64], Activation = Activation.FINER };
        Mlp network = TrainingSupport.Train(picture, new Mlp(design), new TrainingOptions { Epochs = 30, BatchSize = 512 }).Network;
        var reference = new ReferenceNetwork(network);
        double[] exact = [.. OnnxJudge.Centers(96, 80).Chunk(2)
            .SelectMany(place => reference.Color(2.0 * place[0] - 1, 2.0 * place[1] - 1)).Select(color => Math.Clamp(color, 0, 1))];

        double ours = Distance(exact, [.. Render(network, 96, 80).Select(color => Math.Clamp(color, 0, 1))]);
        using OnnxJudge judge = OnnxJudge.Of(network);
        double theirs = Distance(exact, judge.Paint(96, 80));

        Assert.InRange(theirs, 0, 2 * ours);
        Assert.InRange(theirs, 0, 2e-4);
    }

    private static IEnumerable<float> Vertices(int count) => Enumerable.Range(0, count).Select(number => (number + 0.5f) / count);

    private static TrainingFacts Facts(int width, int height) =>
        SampleNetworks.Facts with { PictureWidth = width, PictureHeight = height };

    private static float[] Render(Mlp network, int width, int height)
    {
        float[] colors = new float[width * height * network.OutputCount];
        using var renderer = new ImageRenderer(network, ComputeProvider.Managed, threadCount: 1);
        renderer.Render(width, height, 0, height, colors);
        return colors;
    }

    private static void AssertAgrees(Mlp network, int width, int height, int opset = OnnxOpset.Default)
    {
        using OnnxJudge judge = OnnxJudge.Of(network, opset);
        AssertClose(Render(network, width, height), judge.Paint(width, height), $"{network}, opset {opset},");
    }

    private static void AssertClose(float[] rendered, float[] painted, string message = "")
    {
        double distance = Distance([.. rendered.Select(color => (double)Math.Clamp(color, 0, 1))], painted);
        Assert.True(distance <= Tolerance, $"{message} differs by {distance}.");
    }

    /// <summary>The largest difference between colours; one that is no number is infinitely far.</summary>
    private static double Distance(double[] expected, float[] painted)
    {
        Assert.Equal(expected.Length, painted.Length);
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double distance = Math.Abs(expected[i] - painted[i]);
            largest = double.IsNaN(distance) ? double.PositiveInfinity : Math.Max(largest, distance);
        }
        return largest;
    }
}
