using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>The mean of samples whose noise cannot leave their range.</summary>
public class ClippedNoiseTests
{
    [Theory, InlineData(0.01), InlineData(0.1), InlineData(0.3)]
    public void The_mean_is_that_of_clipped_normal_numbers(double noise)
    {
        const int Count = 200_000;
        var clipped = new ClippedNoise(noise);
        foreach (float sample in (float[])[0, 0.02f, 0.3f, 0.5f, 0.97f, 1])
        {
            var random = new RandomSource(11);
            double sum = 0;
            for (int i = 0; i < Count; i++)
                sum += Math.Clamp(sample + random.NextNormal(noise), 0, 1);
            Assert.Equal(sum / Count, clipped.MeanOf(sample), 5 * noise / Math.Sqrt(Count));
        }
        Assert.Equal(0.398942 * noise, clipped.MeanOf(0), 1e-3 * noise);
    }

    [Theory, InlineData(0.001), InlineData(0.05), InlineData(0.3)]
    public void The_sample_is_found_again(double noise)
    {
        var clipped = new ClippedNoise(noise);
        for (float sample = 0; sample <= 1; sample += 0.01f)
            Assert.Equal(sample, clipped.SampleOf(clipped.MeanOf(sample)), 2e-3f);
        Assert.Equal((0f, 1f), (clipped.SampleOf(-1), clipped.SampleOf(2)));
    }
}
