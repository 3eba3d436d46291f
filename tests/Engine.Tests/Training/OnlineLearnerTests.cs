using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>Learning pixel by pixel, against the 2012 algorithm in double precision and against batches of one.</summary>
[Trait("Runs", "AtEveryWidth")]
public class OnlineLearnerTests
{
    private const int Pixels = 400;

    private const double Rate = 0.1, Bound = 2e-5;

    private static readonly PixelDataset Picture = TestPictures.Create(23, 19);

    public static TheoryData<string> InstructionSets => InstructionSetSupport.Names;

    [Theory, MemberData(nameof(InstructionSets))]
    public void Weights_are_those_of_the_2012_algorithm(string width)
    {
        InstructionSet instructionSet = InstructionSetSupport.Require(width);
        foreach (int[] widths in new[] { new[] { 7, 5 }, [1], [17, 33, 16], [40, 3, 20, 9], [66, 71] })
            foreach (Activation activation in TestNetworks.HiddenActivations)
                AssertFollowsReference(instructionSet, Network(activation, widths));
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Batches_of_one_pixel_agree_with_it(string width)
    {
        InstructionSet instructionSet = InstructionSetSupport.Require(width);
        foreach (LossFunction loss in Enum.GetValues<LossFunction>())
            foreach (ColorRange colors in Enum.GetValues<ColorRange>())
            {
                Mlp network = TestNetworks.Create(Activation.Tanh, [20, 33], colors: colors);
                TrainingOptions options = TrainingOptions.MonaLisa2012 with { Loss = loss, ThreadCount = 1 };
                using IPixelLearner online = OnlineLearner.Create(Picture, network, options, instructionSet);
                using IPixelLearner batches = BatchLearner.Create(
                    TiledNetworks.CreateManaged(network, training: true, instructionSet), Picture, options, threadCount: 1);
                var shuffle = new PixelShuffle(Picture.PixelCount, seed: 1, epoch: 1);
                online.Learn(shuffle, 0, Pixels, Rate, out _, CancellationToken.None);
                for (int place = 0; place < Pixels; place++)
                    batches.Learn(shuffle, place, 1, Rate, out _, CancellationToken.None);
                Assert.Equal(batches.Steps, online.Steps);
                Assert.InRange(Closeness.LargestDifference(Saved(online, network), Saved(batches, network)), 0, Bound);
                PixelRange all = Picture.TrainingPixels;
                Assert.Equal(batches.Measure(all, CancellationToken.None).Psnr, online.Measure(all, CancellationToken.None).Psnr, 1e-3);
            }
    }

    [Fact]
    public void The_2012_options_choose_it_and_a_pinned_MKL_does_not()
    {
        Mlp network = Network(Activation.LeakyReLU, [7]);
        TrainingRun run = TrainingSupport.Train(Picture, network, TrainingOptions.MonaLisa2012 with { Epochs = 1 });
        Assert.Contains("one pixel at a time", run.Provider, StringComparison.Ordinal);
        Assert.Equal(1, run.ThreadCount);
        Providers.Mkl(Numerics.InstructionSets.Best);
        TrainingRun pinned = TrainingSupport.Train(
            Picture, network, TrainingOptions.MonaLisa2012 with { Epochs = 1, Provider = ComputeProvider.Mkl, ThreadCount = 1 });
        Assert.StartsWith("Mkl (", pinned.Provider, StringComparison.Ordinal);
        Assert.InRange(Closeness.LargestDifference(TrainingSupport.Weights(pinned.Network), TrainingSupport.Weights(run.Network)), 0, Bound);
    }

    private static void AssertFollowsReference(InstructionSet instructionSet, Mlp network)
    {
        var reference = new ReferenceOnlineDescent(network);
        ReferencePixel[] pixels = ReferencePicture.Pixels(Picture, CoordinateConvention.RowColumnCorner);
        var shuffle = new PixelShuffle(Picture.PixelCount, seed: 1, epoch: 1);
        for (int place = 0; place < Pixels; place++)
            reference.Learn(pixels[shuffle[place]], Rate);

        using IPixelLearner learner = OnlineLearner.Create(Picture, network, TrainingOptions.MonaLisa2012, instructionSet);
        const int Half = Pixels / 2;
        Assert.True(learner.Learn(shuffle, 0, Half, Rate, out ErrorSums first, CancellationToken.None));
        Assert.True(learner.Learn(shuffle, Half, Pixels - Half, Rate, out ErrorSums second, CancellationToken.None));
        Assert.Equal((Pixels, Pixels), (learner.Steps, first.Pixels + second.Pixels));
        Assert.InRange(Closeness.LargestDifference([first.Squared + second.Squared], [reference.SquaredErrors]), 0, Bound);
        double difference = Closeness.LargestDifference(Saved(learner, network), reference.Weights);
        Assert.True(difference <= Bound, $"{network}: the weights are wrong by {difference:G3}.");
    }

    private static double[] Saved(IPixelLearner learner, Mlp shape)
    {
        Mlp copy = shape.Clone();
        learner.Save(copy);
        return ReferenceNetwork.Flatten(copy);
    }

    private static Mlp Network(Activation activation, int[] widths) => new(new MlpDesign
    {
        HiddenLayers = widths,
        Activation = activation,
        Omega = 3,
        Sigma = 1.5f,
        Initialization = WeightInitialization.MonaLisa2012,
        Coordinates = CoordinateConvention.RowColumnCorner,
        Colors = ColorRange.Unit,
    });
}
