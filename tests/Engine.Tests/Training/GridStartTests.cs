using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>Networks with a grid that begin with their picture.</summary>
public class GridStartTests
{
    [Theory, InlineData(3, false), InlineData(1, false), InlineData(4, false), InlineData(3, true)]
    public void The_picture_can_be_seen_before_anything_is_learned(int channels, bool deep)
    {
        PixelDataset picture = deep ? TestPictures.Create16(96, 80, channels) : TestPictures.Create(96, 80, channels);
        // A learning rate of almost zero: what is measured is what it began with.
        TrainingRun run = TrainingSupport.Train(
            picture, NetworkFor(picture), new TrainingOptions { Epochs = 1, LearningRate = 1e-12, ThreadCount = 1 });
        double least = channels == 4 ? 8 : 20;
        Assert.True(run.Psnr > least, $"{run.Psnr:F1} dB");
    }

    [Fact]
    public void Some_neurons_are_learned_and_the_others_go_by_the_seed_and_do_nothing_at_first()
    {
        PixelDataset picture = TestPictures.Create(40, 30);
        Mlp[] networks = [NetworkFor(picture, seed: 1), NetworkFor(picture, seed: 2)];
        int learned = GridStart.Design.HiddenLayers[0], inputs = networks[0].Layers[0].InputCount;

        float[][] first = [.. networks.Select(network => network.Layers[0].Weights)];
        Assert.Equal(first[0][..(learned * inputs)], first[1][..(learned * inputs)]);
        Assert.NotEqual(first[0][(learned * inputs)..], first[1][(learned * inputs)..]);
        Assert.All(networks, network => Assert.All(network.Layers[1].Weights.Chunk(64), output =>
        {
            Assert.DoesNotContain(0f, output[..learned]);
            Assert.All(output[learned..], weight => Assert.Equal(0, weight));
        }));
    }

    [Fact]
    public void A_grey_picture_gets_the_mean_of_the_colors_and_alpha_is_opaque()
    {
        DenseLayer color = NetworkFor(TestPictures.Create(40, 30)).Layers[1], grey = NetworkFor(TestPictures.Create(40, 30, 1)).Layers[1];
        DenseLayer alpha = NetworkFor(TestPictures.Create(40, 30, 4)).Layers[1];
        for (int i = 0; i < 64; i++)
            Assert.Equal(Enumerable.Range(0, 3).Average(output => (double)color.Weights[output * 64 + i]), grey.Weights[i], 1e-6);
        Assert.Equal(color.Biases.Average(bias => (double)bias), grey.Biases[0], 1e-6);
        Assert.Equal(color.Weights, alpha.Weights[..(3 * 64)]);
        Assert.All(alpha.Weights[(3 * 64)..], weight => Assert.Equal(0, weight));
        Assert.Equal(1, alpha.Biases[3]);
    }

    public static TheoryData<MlpDesign> Others()
    {
        MlpDesign usual = TrainingDefaults.For(TestPictures.Create(40, 30)).Design;
        return
        [
            usual with { HiddenLayers = [15] }, usual with { HiddenLayers = [64, 64] }, usual with { Activation = Activation.Tanh },
            usual with { Initialization = WeightInitialization.He }, usual with { Colors = ColorRange.Unit },
            usual.With(GridEncoding.For(40, 30, levelCount: 7, coarsest: 15, finest: 30)),
            usual.With(GridEncoding.For(40, 30, levelCount: 4, coarsest: 15, finest: 30, featuresPerLevel: 4)),
            usual.With(new FrequencyEncoding()),
        ];
    }

    [Theory, MemberData(nameof(Others))]
    public void Other_networks_are_drawn(MlpDesign design) =>
        AssertDrawn(design, TestPictures.Create(40, 30));

    [Theory, InlineData(true), InlineData(false)]
    public void For_a_picture_with_gaps_the_network_is_drawn(bool isHeldOut)
    {
        PixelRole role = isHeldOut ? PixelRole.HeldOut : PixelRole.Ignored;
        PixelDataset picture = TestPictures.Create(40, 30);
        MlpDesign design = TrainingDefaults.For(picture).Design;
        PixelDataset gaps = picture.WithRoles((x, y) => (x, y) == (3, 4) ? role : PixelRole.Training);
        AssertDrawn(design, gaps);
    }

    private static void AssertDrawn(MlpDesign design, PixelDataset picture) =>
        Assert.Equal(TrainingSupport.Weights(new Mlp(design)), TrainingSupport.Weights(NetworkFor(design, picture)));

    private static Mlp NetworkFor(PixelDataset picture, int seed = 7) => NetworkFor(TrainingDefaults.For(picture, seed: seed).Design, picture);

    private static Mlp NetworkFor(MlpDesign design, PixelDataset picture) =>
        TrainingDefaults.NetworkFor(design, picture, TestContext.Current.CancellationToken);
}
