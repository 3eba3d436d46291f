using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>Tables' gradients through whole networks against the float64 reference; features are tested with the networks.</summary>
[Trait("Runs", "AtEveryWidth")]
public class GridEncoderTests
{
    public static TheoryData<string> InstructionSets => InstructionSetSupport.Names;

    private static IEnumerable<NetworkCase> Cases => NetworkCases.All.Where(test => test.Network.Design.Encoding.IsTrained);

    [Theory, MemberData(nameof(InstructionSets))]
    public void Gradients_of_tables_are_those_of_the_reference(string width) =>
        AssertAgree(Providers.Managed(InstructionSetSupport.Require(width)));

    [Fact]
    public void Gradients_of_tables_with_MKL_are_those_of_the_reference() =>
        AssertAgree(Providers.Mkl(Numerics.InstructionSets.Best));

    [Theory]
    [InlineData(false, null, true), InlineData(true, null, false), InlineData(true, 1000, true), InlineData(true, int.MaxValue, false)]
    public void Only_large_tables_that_may_be_shared_are_the_network_s_own(bool training, int? fewestShared, bool isShared)
    {
        Mlp network = TestNetworks.Create(GridEncoding.For(800, 600), Activation.ReLU, [8]);
        Encoder encoder = ComputeProviders.CreateNetwork(ComputeProvider.Managed, network, training, fewestShared).Encoder!;
        Assert.Equal([false, true], network.EncodingTensors.Select(tensor => tensor.IsPinned).Distinct());
        foreach ((EncodingTensor tensor, AlignedBuffer table) in network.EncodingTensors.Zip(encoder.Tables))
        {
            Assert.Equal(tensor.Values, table.Span[..tensor.Values.Length]);
            tensor.Values[^1]++;
            Assert.Equal(isShared && tensor.IsPinned, table.Span[tensor.Values.Length - 1] == tensor.Values[^1]);
        }
    }

    [Fact]
    public void Where_nobody_wants_feature_gradients_none_are_written()
    {
        Mlp network = TestNetworks.Create(TestNetworks.Encodings[0], Activation.Tanh, [20]);
        NetworkCase test = new(network, 33, LossFunction.MeanSquaredError);
        var run = new TileRun(network, Providers.Managed(Numerics.InstructionSets.Best));
        run.Learn(test.Pixels, test.GradientScale);
        TiledNetworkAssert.GradientAgrees(test, run.Gradient(), test.Gradient);
    }

    private static void AssertAgree(Func<Mlp, TiledNetwork> create)
    {
        foreach (NetworkCase test in Cases)
        {
            test.Reference.Gradient(test.Pixels, test.Loss, out double[][] expected);
            var run = new TileRun(test.Network, create);
            run.Learn(test.Pixels, test.GradientScale, loss: test.PixelLoss);
            double[][] actual = run.TableGradients(test.Network.EncodingTensors, test.Rows);
            for (int table = 0; table < expected.Length; table++)
            {
                double difference = Closeness.LargestDifference(actual[table], expected[table], 1e-12);
                Assert.True(difference <= TiledNetworkAssert.GradientBound, $"{test}: the gradient of table {table} is wrong by {difference:G3}.");
            }
        }
    }
}
