namespace MonaLisa.Engine;

/// <summary>Mean and spread of some values.</summary>
/// <param name="Mean">The mean; null where there is no value.</param>
/// <param name="Deviation">The standard deviation, divisor n - 1; null for fewer than two values.</param>
internal readonly record struct Spread(double? Mean, double? Deviation)
{
    /// <summary>Mean and spread of some values.</summary>
    public static Spread Of(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
            return default;
        double mean = values.Average();
        double squares = values.Sum(value => (value - mean) * (value - mean));
        return new Spread(mean, values.Count < 2 ? null : Math.Sqrt(squares / (values.Count - 1)));
    }
}
