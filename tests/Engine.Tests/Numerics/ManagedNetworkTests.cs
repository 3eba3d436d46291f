using CsCheck;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>The managed provider against the float64 reference at every vector width.</summary>
[Trait("Runs", "AtEveryWidth")]
public class ManagedNetworkTests
{
    /// <summary>Largest difference between two widths, as a share of the largest value: the order of the last layer's sums differs.</summary>
    private const double WidthBound = 2e-5;

    public static TheoryData<string> InstructionSets => InstructionSetSupport.Names;

    [Theory, MemberData(nameof(InstructionSets))]
    public void Outputs_and_gradients_are_those_of_the_reference(string width)
    {
        InstructionSet instructionSet = InstructionSetSupport.Require(width);
        foreach (NetworkCase test in NetworkCases.All)
            TiledNetworkAssert.Agrees(test, Providers.Managed(instructionSet));
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Gradients_of_two_tiles_add_up(string width)
    {
        InstructionSet instructionSet = InstructionSetSupport.Require(width);
        foreach (NetworkCase test in NetworkCases.All.Where(test => test.Rows is 33 or 100))
            TiledNetworkAssert.TilesAddUp(test, Providers.Managed(instructionSet));
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Tiles_of_any_size_give_the_same_bits(string width)
    {
        InstructionSet instructionSet = InstructionSetSupport.Require(width);
        foreach (NetworkCase test in NetworkCases.All.Where(test => test.Rows > 32 && test.Network.ParameterCount < 50_000))
            TiledNetworkAssert.CutsChangeNothing(test, Providers.Managed(instructionSet));
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Random_shapes_agree_with_the_reference(string width)
    {
        InstructionSet instructionSet = InstructionSetSupport.Require(width);
        Gen.Select(Gen.Enum<Activation>().Where(a => a != Activation.Identity), Gen.Int[1, 70].Array[1, 4], Gen.Int[1, 64], Gen.Int[1, 1000])
            .Sample((activation, widths, rows, seed) =>
                TiledNetworkAssert.Agrees(
                    new NetworkCase(activation, widths, rows, (ColorRange)(seed % 2), (LossFunction)(seed / 2 % 2), seed), Providers.Managed(instructionSet)),
                iter: 30, threads: 1);
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Every_width_agrees_with_the_scalar_kernels(string width)
    {
        InstructionSet instructionSet = InstructionSetSupport.Require(width);
        foreach (NetworkCase test in NetworkCases.All.Where(test => test.Network.ParameterCount < 10_000))
        {
            TileRun scalar = new(test.Network, Providers.Managed(InstructionSet.Scalar)), wide = new(test.Network, Providers.Managed(instructionSet));
            scalar.Learn(test.Pixels, test.GradientScale);
            wide.Learn(test.Pixels, test.GradientScale);
            Assert.InRange(Closeness.LargestDifference(wide.Outputs(test.Rows), scalar.Outputs(test.Rows), leastScale: 1), 0, WidthBound);
            Assert.InRange(Closeness.LargestDifference(wide.Gradient(), scalar.Gradient(), leastScale: 1e-12), 0, WidthBound);
        }
    }

    [Theory, MemberData(nameof(InstructionSets))]
    public void Saving_gives_back_the_weights_that_were_loaded(string width)
    {
        InstructionSet instructionSet = InstructionSetSupport.Require(width);
        Mlp network = TestNetworks.Create(Activation.Tanh, [33, 100, 1, 16]);
        Mlp copy = TestNetworks.Create(Activation.Tanh, [33, 100, 1, 16], seed: 5);
        Providers.Managed(instructionSet)(network).Save(copy);
        Assert.Equal(ReferenceNetwork.Flatten(network), ReferenceNetwork.Flatten(copy));
    }
}
