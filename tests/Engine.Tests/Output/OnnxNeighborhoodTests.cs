using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MonaLisa.Engine.Output;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Tests;

/// <summary>ONNX models that take pictures: double them, remove their noise and fill their gaps.</summary>
public class OnnxNeighborhoodTests
{
    private const int Width = 19, Height = 14;

    [Theory]
    [InlineData(3, ShrinkKernel.Auto, 1f), InlineData(3, ShrinkKernel.Bicubic, 0.75f), InlineData(1, ShrinkKernel.Area, 1f)]
    [InlineData(4, ShrinkKernel.Lanczos, 1f), InlineData(3, ShrinkKernel.Gaussian, 1f), InlineData(3, ShrinkKernel.Area, 0f)]
    public void A_picture_is_doubled_as_the_engine_doubles_it(int channels, ShrinkKernel kernel, float blend)
    {
        PixelDataset picture = TestPictures.Create(Width, Height, channels);
        Mlp network = Network(picture, kernel, blend);
        using OnnxJudge judge = OnnxJudge.Of(network);
        AssertClose(Doubled(network, picture), Run(judge, picture));
    }

    [Theory]
    [InlineData(NeighborhoodTask.Denoise, 1), InlineData(NeighborhoodTask.Denoise, 3), InlineData(NeighborhoodTask.Denoise, 4)]
    [InlineData(NeighborhoodTask.Fill, 1), InlineData(NeighborhoodTask.Fill, 3), InlineData(NeighborhoodTask.Fill, 4)]
    public void A_picture_is_restored_as_the_engine_restores_it(NeighborhoodTask task, int channels)
    {
        Mlp network = NeighborhoodSamples.Network(task, Width, Height, channels);
        using OnnxJudge judge = OnnxJudge.Of(network);
        using var results = judge.Session.Run([]);
        AssertClose(Enlarged.Paint(network, Width, Height), Interleaved(results.Single(result => result.Name == "restored").AsTensor<float>(), channels));
    }

    [Theory, InlineData(NeighborhoodTask.Enlarge), InlineData(NeighborhoodTask.Denoise), InlineData(NeighborhoodTask.Fill)]
    public void One_view_and_several_back_projections_are_in_the_model(NeighborhoodTask task)
    {
        int scale = task == NeighborhoodTask.Enlarge ? 2 : 1;
        Mlp network = NeighborhoodSamples.Network(
            task, Width, Height, channels: 3, scale > 1 ? ShrinkKernel.Area : ShrinkKernel.Auto, backProjections: scale > 1 ? 3 : 1, isSingleView: true);
        using OnnxJudge judge = OnnxJudge.Of(network);
        using var results = judge.Session.Run([]);
        AssertClose(Enlarged.Paint(network, scale * Width, scale * Height), Interleaved(results.Single().AsTensor<float>(), 3));
    }

    [Fact]
    public void What_is_not_clean_of_noise_that_is_not_known_is_painted_too()
    {
        Mlp network = NeighborhoodSamples.Network(TestPictures.Create(Width, Height), new NeighborhoodEncoding { Task = NeighborhoodTask.Denoise }, blend: 0.01f);
        using OnnxJudge judge = OnnxJudge.Of(network);
        using var results = judge.Session.Run([]);
        AssertClose(Enlarged.Paint(network, Width, Height), Interleaved(results.Single().AsTensor<float>(), 3));
    }

    [Fact]
    public void Another_noisy_picture_of_another_size_is_cleaned_too()
    {
        PixelDataset other = TestPictures.Create(33, 8);
        Mlp network = NeighborhoodSamples.Network(NeighborhoodTask.Denoise, Width, Height, channels: 3);
        Mlp expected = NeighborhoodPicture.Into(
            network, NeighborhoodPicture.EncodingFor(other, (NeighborhoodEncoding)network.Design.Encoding), other,
            cancellationToken: TestContext.Current.CancellationToken);
        using OnnxJudge judge = OnnxJudge.Of(network);
        expected = expected.WithEncoding((NeighborhoodEncoding)expected.Design.Encoding with { Blend = ((NeighborhoodEncoding)network.Design.Encoding).Blend }, expected.EncodingTensors);
        AssertClose(Enlarged.Paint(expected, 33, 8), Run(judge, other, "restored"));
    }

    public static TheoryData<NeighborhoodTask, int> Opsets =>
    [
        .. from task in Enum.GetValues<NeighborhoodTask>()
           from opset in (int[])[OnnxOpset.Oldest, OnnxOpset.WithSliceInputs, OnnxOpset.WithPadInputs, OnnxOpset.Default, OnnxOpset.Newest]
           select (task, opset),
    ];

    [Theory, MemberData(nameof(Opsets))]
    public void Every_opset_has_what_it_takes(NeighborhoodTask task, int opset)
    {
        Mlp network = NeighborhoodSamples.Network(task, Width, Height, channels: 4, task == NeighborhoodTask.Enlarge ? ShrinkKernel.Lanczos : ShrinkKernel.Auto);
        int scale = task == NeighborhoodTask.Enlarge ? 2 : 1;
        using OnnxJudge judge = OnnxJudge.Of(network, opset);
        using var results = judge.Session.Run([]);
        AssertClose(Enlarged.Paint(network, scale * Width, scale * Height), Interleaved(results.Single().AsTensor<float>(), 4));
    }

    [Fact]
    public void Without_an_input_it_is_the_learned_picture()
    {
        PixelDataset picture = TestPictures.Create(Width, Height);
        Mlp network = Network(picture, ShrinkKernel.Area, 1);
        using OnnxJudge judge = OnnxJudge.Of(network);
        Assert.Equal("picture", Assert.Single(judge.Session.OverridableInitializerMetadata).Key);
        using var results = judge.Session.Run([]);
        AssertClose(Doubled(network, picture), Interleaved(results.Single().AsTensor<float>(), 3));
    }

    [Fact]
    public void Another_picture_of_another_size_is_doubled_too()
    {
        Mlp network = Network(TestPictures.Create(Width, Height), ShrinkKernel.Bicubic, 1);
        PixelDataset other = TestPictures.Create(33, 8);
        using OnnxJudge judge = OnnxJudge.Of(network);
        Mlp expected = NeighborhoodPicture.Into(
            network, NeighborhoodPicture.EncodingFor(other, (NeighborhoodEncoding)network.Design.Encoding), other,
            cancellationToken: TestContext.Current.CancellationToken);
        AssertClose(Doubled(expected, other), Run(judge, other));
    }

    private static Mlp Network(PixelDataset picture, ShrinkKernel kernel, float blend)
    {
        NeighborhoodEncoding encoding = NeighborhoodPicture.EncodingFor(picture, new NeighborhoodEncoding { Kernel = kernel });
        var design = new MlpDesign { HiddenLayers = [7, 5], Activation = Activation.LeakyReLU, OutputCount = picture.Channels };
        Mlp network = NeighborhoodPicture.Into(new Mlp(design.With(encoding)), encoding, picture);
        foreach (DenseLayer layer in network.Layers)
            for (int i = 0; i < layer.Weights.Length; i++)
                layer.Weights[i] *= 0.4f;
        network.Layers[0].Biases[2] = 0.1f;
        return network.WithEncoding((NeighborhoodEncoding)network.Design.Encoding with { Blend = blend }, network.EncodingTensors);
    }

    private static float[] Doubled(Mlp network, PixelDataset picture) => Enlarged.Paint(network, 2 * picture.Width, 2 * picture.Height);

    private static float[] Run(OnnxJudge judge, PixelDataset picture, string output = "enlarged")
    {
        FloatPicture whole = FloatPicture.Of(picture, 0, 0, picture.Width, picture.Height);
        var input = new DenseTensor<float>([1, picture.Channels, picture.Height, picture.Width]);
        for (int y = 0; y < picture.Height; y++)
            for (int x = 0; x < picture.Width; x++)
                for (int channel = 0; channel < picture.Channels; channel++)
                    input[0, channel, y, x] = whole.Pixel(x, y)[channel];
        using var results = judge.Session.Run([NamedOnnxValue.CreateFromTensor("picture", input)]);
        return Interleaved(results.Single(result => result.Name == output).AsTensor<float>(), picture.Channels);
    }

    private static float[] Interleaved(Tensor<float> planes, int channels)
    {
        float[] values = [.. planes];
        int pixels = values.Length / channels;
        return [.. Enumerable.Range(0, values.Length).Select(i => values[i % channels * pixels + i / channels])];
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5);
    }
}
