using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Tests;

/// <summary>The bits that a latent takes.</summary>
public class LaplaceRateTests
{
    public static TheoryData<float, float, float> Cases => new()
    {
        { 0, 0.1f, -1 }, { 0, 0.45f, 0.5f }, { 1, 0.2f, -0.5f }, { -3, 1.1f, 1 }, { 40, 2, 3 }, { 0, 0, -3 }, { 2, 1.9f, -3 }, { -1, 0, 5 },
    };

    [Theory, MemberData(nameof(Cases))]
    public void They_are_minus_the_logarithm_of_the_probability(float latent, float mean, float logScale)
    {
        double scale = Math.Exp(logScale), step = 1e-3, probability = 0;
        for (double x = latent - 0.5 + step / 2; x < latent + 0.5; x += step)
            probability += step * Math.Exp(-Math.Abs(x - mean) / scale) / (2 * scale);
        Assert.Equal(-Math.Log2(probability), LaplaceRate.Bits(latent, mean, logScale), 2e-3 * (1 + Math.Abs(Math.Log2(probability))));
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_gradient_is_that_of_small_changes(float latent, float mean, float logScale)
    {
        const float Change = 1e-2f;
        (float byMean, float byScale) = (mean, logScale);
        Assert.Equal(LaplaceRate.Bits(latent, mean, logScale), LaplaceRate.BitsAndGradient(latent, ref byMean, ref byScale), 1e-4f);
        double slope = (LaplaceRate.Bits(latent, mean + Change, logScale) - LaplaceRate.Bits(latent, mean - Change, logScale)) / (2 * Change);
        Assert.Equal(slope, byMean, 0.02 + 0.02 * Math.Abs(slope));
        slope = (LaplaceRate.Bits(latent, mean, logScale + Change) - LaplaceRate.Bits(latent, mean, logScale - Change)) / (2 * Change);
        Assert.Equal(slope, byScale, 0.02 + 0.02 * Math.Abs(slope));
    }

    [Fact]
    public unsafe void Many_at_once_are_as_one_by_one()
    {
        const int Count = 1003;
        var random = new Random(1);
        short[] latents = [.. Enumerable.Range(0, Count).Select(_ => (short)Math.Round(Math.Pow(random.NextDouble(), 4) * random.Next(-300, 301)))];
        float[] means = [.. latents.Select(latent => random.Next(3) == 0 ? latent + random.NextSingle() - 0.5f : 6 * random.NextSingle() - 3)];
        float[] logScales = [.. latents.Select(_ => 12 * random.NextSingle() - 4.5f)], byMean = [.. means], byScale = [.. logScales];
        double sum = 0;
        for (int i = 0; i < Count; i++)
            sum += LaplaceRate.BitsAndGradient(latents[i], ref byMean[i], ref byScale[i]);

        fixed (float* first = means, second = logScales)
            Assert.Equal(sum, LaplaceRate.BitsAndGradients(latents, first, second), 1e-4 * sum);

        for (int i = 0; i < Count; i++)
        {
            Assert.Equal(byMean[i], means[i], 1e-3f * (1 + Math.Abs(byMean[i])));
            Assert.Equal(byScale[i], logScales[i], 1e-3f * (1 + Math.Abs(byScale[i])));
        }
    }

    [Theory, InlineData(0, 0, -9), InlineData(30, 0, 9)]
    public void A_scale_beyond_its_bounds_is_only_pulled_back(float latent, float mean, float logScale)
    {
        float byScale = logScale;
        LaplaceRate.BitsAndGradient(latent, ref mean, ref byScale);
        Assert.True(byScale * logScale >= 0);
    }
}
