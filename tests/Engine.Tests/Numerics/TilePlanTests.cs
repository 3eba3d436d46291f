using CsCheck;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

public class TilePlanTests
{
    [Fact]
    public void Tiles_have_64_to_256_rows_in_whole_granules() =>
        Gen.Select(Gen.Int[1, MlpDesign.MaxWidth].Array[1, 20], Gen.Bool, Gen.Bool).Sample((widths, isSine, training) =>
        {
            int rows = RowsFor(widths, isSine ? Activation.Sine : Activation.ReLU, training);
            Assert.InRange(rows, 64, 256);
            Assert.Equal(0, rows % 32);
        }, iter: 1000, threads: 1);

    [Fact]
    public void A_large_network_has_smaller_tiles_and_kept_derivatives_halve_the_rows()
    {
        Assert.Equal(256, RowsFor([64, 64, 64], Activation.ReLU));
        Assert.Equal(256, RowsFor([256, 256, 256], Activation.ReLU));
        Assert.Equal(128, RowsFor([256, 256, 256], Activation.Sine));
        Assert.Equal(64, RowsFor([6000], Activation.ReLU));
    }

    [Fact]
    public void Weights_that_do_not_fit_the_cache_are_met_by_large_tiles_and_the_largest_where_nothing_is_trained()
    {
        Assert.Equal(128, RowsFor([300, 300, 300, 300, 300, 300], Activation.ReLU));
        Assert.Equal(128, RowsFor([1024, 1024], Activation.Sine));
        Assert.Equal(256, RowsFor([1024, 1024], Activation.Sine, training: false));
    }

    [Fact]
    public void Every_activation_that_keeps_derivatives_has_tiles_as_small_as_sines()
    {
        Activation[] keeping = [Activation.Sine, Activation.Gaussian, Activation.FINER, Activation.WIRE, Activation.GELU];
        Assert.All(TestNetworks.HiddenActivations, activation =>
            Assert.Equal(keeping.Contains(activation) ? 128 : 256, RowsFor([256, 256, 256], activation)));
    }

    private static int RowsFor(int[] widths, Activation activation, bool training = true) =>
        TilePlan.RowsFor(new MlpDesign { HiddenLayers = widths, Activation = activation }, training, 1 << 20);
}
