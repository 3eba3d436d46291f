using CsCheck;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>MKL's provider against the same reference and bounds as the managed one.</summary>
public class MklNetworkTests
{
    [Fact]
    public void Outputs_and_gradients_are_those_of_the_reference()
    {
        foreach (NetworkCase test in NetworkCases.All)
            TiledNetworkAssert.Agrees(test, Providers.Mkl(InstructionSets.Best));
    }

    [Fact]
    public void Gradients_of_two_tiles_add_up()
    {
        foreach (NetworkCase test in NetworkCases.All.Where(test => test.Rows is 33 or 100))
            TiledNetworkAssert.TilesAddUp(test, Providers.Mkl(InstructionSets.Best));
    }

    [Fact]
    public void Random_shapes_agree_with_the_reference()
    {
        var create = Providers.Mkl(InstructionSets.Best);
        Gen.Select(Gen.Enum<Activation>().Where(a => a != Activation.Identity), Gen.Int[1, 70].Array[1, 4], Gen.Int[1, 64], Gen.Int[1, 1000])
            .Sample((activation, widths, rows, seed) =>
                TiledNetworkAssert.Agrees(
                    new NetworkCase(activation, widths, rows, (ColorRange)(seed % 2), (LossFunction)(seed / 2 % 2), seed), create),
                iter: 30, threads: 1);
    }

    [Fact]
    public void Saving_gives_back_the_weights_that_were_loaded()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [33, 100, 1, 16]);
        Mlp copy = TestNetworks.Create(Activation.Tanh, [33, 100, 1, 16], seed: 5);
        Providers.Mkl(InstructionSets.Best)(network).Save(copy);
        Assert.Equal(ReferenceNetwork.Flatten(network), ReferenceNetwork.Flatten(copy));
    }
}
