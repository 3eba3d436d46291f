using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>Networks of one and four outputs learn grey pictures and pictures with alpha, in every provider.</summary>
[Trait("Runs", "AtEveryWidth")]
public class OutputCountTests
{
    [Theory]
    [InlineData(1, ComputeProvider.Managed)]
    [InlineData(4, ComputeProvider.Managed)]
    [InlineData(1, ComputeProvider.Mkl)]
    [InlineData(4, ComputeProvider.Mkl)]
    public void They_learn_and_their_figures_are_true(int channels, ComputeProvider provider)
    {
        if (provider == ComputeProvider.Mkl)
            Providers.Mkl(InstructionSets.Best);
        var network = new Mlp(TrainingDefaults.Design([48, 48]) with { OutputCount = channels });
        foreach (PixelDataset picture in new[] { TestPictures.Create(32, 24, channels), TestPictures.Create16(23, 19, channels) })
        {
            TrainingRun run = TrainingSupport.Train(
                picture, network, TrainingSupport.Few with { Epochs = 20, LearningRate = 0.003, Provider = provider });
            Assert.True(run.Psnr > 22, $"{run.Psnr:F2} dB");
            (double psnr, double mae) = ReferencePicture.Measure(run.Network, picture);
            Assert.Equal(psnr, run.Psnr, 1e-2);
            Assert.Equal(mae, run.Mae, 1e-5);
        }
    }

    [Theory, InlineData(1), InlineData(4)]
    public void Pixel_by_pixel_the_weights_are_those_of_the_2012_algorithm(int channels)
    {
        PixelDataset picture = TestPictures.Create(11, 9, channels);
        Mlp network = TestNetworks.Create(Activation.LeakyReLU, [17, 5], colors: ColorRange.Unit, outputs: channels);
        TrainingRun run = TrainingSupport.Train(picture, network, TrainingOptions.MonaLisa2012 with { Epochs = 1, Seed = 3 });
        var reference = new ReferenceOnlineDescent(network);
        ReferencePixel[] pixels = ReferencePicture.Pixels(picture, network.Design.Coordinates);
        var shuffle = new Engine.Training.PixelShuffle(picture.PixelCount, seed: 3, epoch: 1);
        for (int place = 0; place < pixels.Length; place++)
            reference.Learn(pixels[shuffle[place]], 0.1);
        Assert.InRange(Closeness.LargestDifference(TrainingSupport.Weights(run.Network), reference.Weights), 0, 1e-4);
    }

    [Theory, InlineData(1, LossFunction.HalfSquaredError), InlineData(4, LossFunction.MeanSquaredError)]
    public void A_step_follows_the_gradient_of_the_loss_over_the_outputs_there_are(int channels, LossFunction loss)
    {
        PixelDataset picture = TestPictures.Create(12, 10, channels);
        Mlp network = TestNetworks.Create(Activation.Tanh, [19], outputs: channels);
        TrainingRun run = TrainingSupport.Train(picture, network, TrainingSupport.Few with
        {
            Epochs = 2,
            BatchSize = 1000,
            Loss = loss,
            Optimizer = Optimizer.Sgd,
            LearningRate = 0.1,
            Schedule = LearningRateSchedule.Constant,
        });
        double[] expected = TrainingSupport.Descend(picture, network, loss, 2, (_, _, gradient, _) => -0.1 * gradient);
        Assert.InRange(Closeness.LargestDifference(TrainingSupport.Weights(run.Network), expected), 0, 1e-5);
    }

    [Theory, InlineData(1), InlineData(4)]
    public void A_network_of_other_outputs_than_the_picture_has_channels_is_refused(int outputs)
    {
        var error = Assert.Throws<ArgumentException>(() => TrainingSupport.Train(
            TestPictures.Create(4, 4), TestNetworks.Create(Activation.Tanh, [8], outputs: outputs), TrainingSupport.Few));
        Assert.Contains($"has {outputs} output", error.Message);
        Assert.Contains("3 channels", error.Message);
    }

    [Theory, InlineData(1), InlineData(3), InlineData(4)]
    public void A_rendered_picture_has_the_networks_outputs(int outputs)
    {
        const int Width = 23, Height = 17;
        Mlp network = TestNetworks.Create(Activation.Sigmoid, [30], outputs: outputs);
        using var renderer = new ImageRenderer(network, threadCount: 2);
        Assert.Equal(outputs, renderer.Channels);
        var colors = new float[Width * Height * outputs];
        renderer.Render(Width, Height, 0, Height, colors, TestContext.Current.CancellationToken);
        var reference = new ReferenceNetwork(network);
        for (int pixel = 0; pixel < Width * Height; pixel++)
        {
            (double first, double second) = ReferencePicture.Coordinates(
                network.Design.Coordinates, pixel % Width, pixel / Width, Width, Height);
            double[] color = reference.Color(first, second);
            for (int channel = 0; channel < outputs; channel++)
                Assert.Equal(color[channel], colors[pixel * outputs + channel], 1e-5);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => renderer.Render(
            Width, Height, 0, Height, new float[colors.Length - 1], TestContext.Current.CancellationToken));
    }

    [Theory, InlineData(0), InlineData(2), InlineData(5), InlineData(-1)]
    public void A_design_has_1_3_or_4_outputs(int outputs)
    {
        var error = Assert.Throws<ArgumentException>(() => new Mlp(new MlpDesign { HiddenLayers = [8], OutputCount = outputs }));
        Assert.Contains($"not {outputs}", error.Message);
    }

    [Fact]
    public void Outputs_are_part_of_a_design()
    {
        MlpDesign three = TrainingDefaults.Design([8]), one = three with { OutputCount = 1 };
        Assert.NotEqual(three, one);
        Assert.Equal(one, three with { OutputCount = 1 });
        Assert.Equal("2-8-1", new Mlp(one).Shape);
        Assert.Equal(2 * 8 + 8 + 8 + 1, ParameterBudget.CountParameters(one));
        Assert.Equal(33, ParameterBudget.CountParameters(1, 8, outputCount: 1));
        Assert.Equal(8, ParameterBudget.WidthFor(1, 33, outputCount: 1));
    }
}
