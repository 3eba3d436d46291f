using Microsoft.ML.OnnxRuntime;
using MonaLisa.Engine.Output;

namespace MonaLisa.Engine.Tests;

/// <summary>ONNX models that are pictures of latents.</summary>
public class OnnxLatentTests
{
    [Theory]
    [InlineData(61, 45, 3), InlineData(96, 70, 3), InlineData(40, 56, 1), InlineData(33, 32, 4), InlineData(1, 1, 3), InlineData(7, 1, 3), InlineData(2, 19, 1)]
    public void The_model_gives_what_the_engine_paints(int width, int height, int channels) =>
        AssertAgrees(LatentSamples.Network(width, height, channels), width, height);

    [Theory, InlineData(OnnxOpset.Oldest), InlineData(OnnxOpset.WithPadInputs), InlineData(OnnxOpset.Newest)]
    public void Every_opset_has_what_it_takes(int opset) => AssertAgrees(LatentSamples.Network(45, 30, 3), 45, 30, opset);

    [Theory, InlineData(61, 45, 3), InlineData(300, 2, 1)]
    public void Its_length_is_known_before_it_is_made(int width, int height, int channels)
    {
        Mlp network = LatentSamples.Network(width, height, channels);
        long least = OnnxLatents.LeastLength((LatentEncoding)network.Design.Encoding);
        Assert.InRange(OnnxModel.Of(network).Length, least, least + 40_000);
    }

    [Fact]
    public void A_picture_too_long_for_a_model_is_refused_before_anything_is_made()
    {
        Mlp network = LatentSamples.Network(50_000, 1, 1);
        using var folder = new TemporaryFolder();
        var thrown = Assert.Throws<ModelFileException>(
            () => new OnnxFile().Save(network, folder.File("a.onnx"), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(ModelFileProblem.TooLarge, thrown.Problem);
        Assert.EndsWith("holds at most 2147483647. Learn the picture smaller, with New-PixelDataset -MaxSize.", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(folder.FileNames());
    }

    private static void AssertAgrees(Mlp network, int width, int height, int opset = OnnxOpset.Default)
    {
        using OnnxJudge judge = OnnxJudge.Of(network, opset);
        Assert.Empty(judge.Session.InputMetadata);
        using var results = judge.Session.Run([]);
        DisposableNamedOnnxValue result = Assert.Single(results);
        Assert.Equal("picture", result.Name);
        Assert.Equal([1, network.OutputCount, height, width], result.AsTensor<float>().Dimensions.ToArray());
        float[] planes = [.. result.AsTensor<float>()], painted = Enlarged.Paint(network, width, height);
        for (int at = 0; at < painted.Length; at++)
            Assert.Equal(Math.Clamp(painted[at], 0, 1), planes[at % network.OutputCount * width * height + at / network.OutputCount], 1e-5);
    }
}
