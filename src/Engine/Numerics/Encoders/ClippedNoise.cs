namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Normal noise on samples that cannot leave [0, 1]: near the ends their mean is not the sample without noise. Of black with a standard
/// deviation of s it is 0.4 s.
/// </summary>
internal sealed class ClippedNoise
{
    private const int Steps = 2048;

    private readonly float[] _means = new float[Steps + 1];

    /// <summary>Prepares for noise of a standard deviation above 0.</summary>
    public ClippedNoise(double noise)
    {
        for (int i = 0; i <= Steps; i++)
            _means[i] = (float)(noise * (PositivePart((double)i / Steps / noise) - PositivePart(((double)i / Steps - 1) / noise)));
    }

    /// <summary>The mean of a sample with noise.</summary>
    /// <param name="sample">The sample without, 0 to 1.</param>
    public float MeanOf(float sample)
    {
        float place = Math.Clamp(sample, 0f, 1f) * Steps;
        int step = Math.Min((int)place, Steps - 1);
        return _means[step] + (place - step) * (_means[step + 1] - _means[step]);
    }

    /// <summary>The sample without noise, 0 to 1.</summary>
    /// <param name="mean">The mean of the sample with it; outside what is possible it is the nearest that is.</param>
    public float SampleOf(float mean)
    {
        int step = Array.BinarySearch(_means, mean);
        if (step >= 0)
            return (float)step / Steps;
        // The first that is larger.
        step = ~step;
        return step == 0 ? 0 : step > Steps ? 1 : (step - 1 + (mean - _means[step - 1]) / (_means[step] - _means[step - 1])) / Steps;
    }

    /// <summary>The mean of the positive part of a normal number with a standard deviation of 1.</summary>
    private static double PositivePart(double mean) => mean * Below(mean) + Math.Exp(-mean * mean / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>The normal distribution function, to 7.5e-8 (Abramowitz and Stegun 1964, 26.2.17).</summary>
    private static double Below(double x)
    {
        double t = 1 / (1 + 0.2316419 * Math.Abs(x));
        double series = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        double above = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * series;
        return x < 0 ? above : 1 - above;
    }
}
