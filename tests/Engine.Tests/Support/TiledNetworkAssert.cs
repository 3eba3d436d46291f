using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>Holds a provider's network to the reference.</summary>
internal static class TiledNetworkAssert
{
    /// <summary>Largest error of an output, as a share of the largest output (at least 1).</summary>
    public const double OutputBound = 2e-5;

    /// <summary>Largest error of a gradient entry, as a share of the largest entry of its layer.</summary>
    public const double GradientBound = 1e-4;

    private const double SumBound = 1e-5;

    /// <summary>Outputs, error sums and gradient are the reference's, and padding stays zero.</summary>
    public static void Agrees(NetworkCase test, Func<Mlp, TiledNetwork> create)
    {
        var run = new TileRun(test.Network, create);
        ErrorSums sums = run.Learn(test.Pixels, test.GradientScale, loss: test.PixelLoss);
        double outputs = Closeness.LargestDifference(run.Outputs(test.Rows), [.. test.Outputs.SelectMany(row => row)], leastScale: 1);
        Assert.True(outputs <= OutputBound, $"{test}: outputs are wrong by {outputs:G3}.");
        GradientAgrees(test, run.Gradient(), test.Gradient);
        Assert.True(run.IsGradientPaddingZero(), $"{test}: the gradient's padding is not zero.");
        Assert.True(run.IsParameterPaddingZero(), $"{test}: the parameters' padding is not zero.");
        SumsAgree(test, sums);
    }

    /// <summary>A batch cut into two tiles, the second smaller than the first, gives the gradient of the whole, in a tile that was used before.</summary>
    public static void TilesAddUp(NetworkCase test, Func<Mlp, TiledNetwork> create)
    {
        int cut = test.Rows * 2 / 3;
        var run = new TileRun(test.Network, create);
        run.Learn(test.Pixels, 1e3f);
        run.Learn(test.Pixels.AsSpan(0, cut), test.GradientScale, loss: test.PixelLoss);
        run.Learn(test.Pixels.AsSpan(cut), test.GradientScale, add: true, test.PixelLoss);
        GradientAgrees(test, run.Gradient(), test.Gradient);
        Assert.True(run.IsGradientPaddingZero(), $"{test}: the gradient's padding is not zero.");
    }

    /// <summary>However a batch is cut into tiles of whole granules, not one bit of its gradient changes.</summary>
    public static void CutsChangeNothing(NetworkCase test, Func<Mlp, TiledNetwork> create)
    {
        var whole = new TileRun(test.Network, create);
        whole.Learn(test.Pixels, test.GradientScale, loss: test.PixelLoss);
        foreach (int tileRows in new[] { 32, 64, 96 })
        {
            var cut = new TileRun(test.Network, create, capacity: tileRows);
            for (int done = 0; done < test.Rows; done += tileRows)
            {
                Span<ReferencePixel> tile = test.Pixels.AsSpan(done, Math.Min(tileRows, test.Rows - done));
                cut.Learn(tile, test.GradientScale, add: done > 0, test.PixelLoss);
            }
            Assert.True(whole.Gradient().SequenceEqual(cut.Gradient()), $"{test}: tiles of {tileRows} rows make a difference.");
        }
    }

    /// <summary>Every entry of a gradient is within the bound of the expected one.</summary>
    public static void GradientAgrees(NetworkCase test, double[] actual, double[] expected)
    {
        for (int layer = 0; layer < test.Reference.LayerCount; layer++)
        {
            double difference = Closeness.LargestDifference(actual[test.Reference.RangeOf(layer)], expected[test.Reference.RangeOf(layer)], 1e-12);
            Assert.True(difference <= GradientBound, $"{test}: the gradient of layer {layer} is wrong by {difference:G3}.");
        }
    }

    private static void SumsAgree(NetworkCase test, in ErrorSums sums)
    {
        double squared = 0, clampedSquared = 0, absolute = 0, loss = 0;
        foreach (ReferencePixel pixel in test.Pixels)
        {
            double[] color = test.Reference.Color(pixel.First, pixel.Second);
            for (int channel = 0; channel < pixel.Target.Length; channel++)
            {
                double error = color[channel] - pixel.Target[channel];
                squared += error * error;
                clampedSquared += Math.Pow(Math.Clamp(color[channel], 0, 1) - pixel.Target[channel], 2);
                absolute += Math.Abs(error);
                loss += ReferenceLoss.Value(test.Loss, error);
            }
        }
        Assert.Equal(test.Rows, sums.Pixels);
        double difference = Closeness.LargestDifference([sums.Squared], [squared]);
        difference = Math.Max(difference, Closeness.LargestDifference([sums.ClampedSquared], [clampedSquared]));
        difference = Math.Max(difference, Closeness.LargestDifference([sums.Absolute], [absolute]));
        // The kernels leave the factor that all pixels share to the training loop.
        double factor = test.Loss == LossFunction.HalfSquaredError ? 0.5 : 1.0 / 3;
        difference = Math.Max(difference, Closeness.LargestDifference([sums.Loss * factor], [loss]));
        Assert.True(difference <= SumBound, $"{test}: a sum of errors is wrong by {difference:G3}.");
    }
}
