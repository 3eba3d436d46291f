namespace MonaLisa.Engine.Tests;

/// <summary>How far results are from what they should be.</summary>
internal static class Closeness
{
    /// <summary>The largest difference of any entry, as a share of the largest expected magnitude, or of a least scale where that is smaller.</summary>
    public static double LargestDifference(ReadOnlySpan<double> actual, ReadOnlySpan<double> expected, double leastScale = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0, scale = leastScale;
        for (int i = 0; i < expected.Length; i++)
        {
            // A comparison with NaN is false, so look for what is not within.
            double difference = Math.Abs(actual[i] - expected[i]);
            if (!(difference <= largest))
                largest = double.IsNaN(difference) ? double.PositiveInfinity : difference;
            scale = Math.Max(scale, Math.Abs(expected[i]));
        }
        return largest == 0 ? 0 : largest / scale;
    }
}
