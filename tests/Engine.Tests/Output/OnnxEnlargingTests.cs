using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MonaLisa.Engine.Output;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Tests;

/// <summary>ONNX models that double pictures.</summary>
public class OnnxEnlargingTests
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

    [Theory, InlineData(OnnxOpset.Oldest), InlineData(OnnxOpset.WithPadInputs), InlineData(OnnxOpset.Newest)]
    public void Every_opset_has_what_it_takes(int opset)
    {
        PixelDataset picture = TestPictures.Create(Width, Height);
        Mlp network = Network(picture, ShrinkKernel.Lanczos, 1);
        using OnnxJudge judge = OnnxJudge.Of(network, opset);
        AssertClose(Doubled(network, picture), Run(judge, picture));
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
        Mlp expected = NeighborhoodPicture.Into(network, NeighborhoodPicture.EncodingFor(other, (NeighborhoodEncoding)network.Design.Encoding), other);
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

    private static float[] Run(OnnxJudge judge, PixelDataset picture)
    {
        FloatPicture whole = FloatPicture.Of(picture, 0, 0, picture.Width, picture.Height);
        var input = new DenseTensor<float>([1, picture.Channels, picture.Height, picture.Width]);
        for (int y = 0; y < picture.Height; y++)
            for (int x = 0; x < picture.Width; x++)
                for (int channel = 0; channel < picture.Channels; channel++)
                    input[0, channel, y, x] = whole.Pixel(x, y)[channel];
        using var results = judge.Session.Run([NamedOnnxValue.CreateFromTensor("picture", input)]);
        return Interleaved(results.Single(result => result.Name == "enlarged").AsTensor<float>(), picture.Channels);
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
