using CsCheck;
using MonaLisa.Engine.Providers;

namespace MonaLisa.Engine.Tests;

public class TilePlanTests
{
    [Fact]
    public void Tiles_have_32_to_256_rows_in_whole_granules() =>
        Gen.Select(Gen.Int[1, MlpDesign.MaxWidth].Array[1, 20], Gen.Bool).Sample((widths, isSine) =>
        {
            int rows = RowsFor(widths, isSine ? Activation.Sine : Activation.ReLU);
            Assert.InRange(rows, 32, 256);
            Assert.Equal(0, rows % 32);
        }, iter: 1000, threads: 1);

    [Fact]
    public void A_large_network_has_smaller_tiles_and_a_sine_network_half_as_many_rows()
    {
        Assert.Equal(256, RowsFor([64, 64, 64], Activation.ReLU));
        Assert.Equal(160, RowsFor([256, 256, 256], Activation.ReLU));
        Assert.Equal(64, RowsFor([256, 256, 256], Activation.Sine));
        Assert.Equal(32, RowsFor([6000], Activation.ReLU));
    }

    private static int RowsFor(int[] widths, Activation activation) =>
        TilePlan.RowsFor(new MlpDesign { HiddenLayers = widths, Activation = activation }, 1 << 20);
}
