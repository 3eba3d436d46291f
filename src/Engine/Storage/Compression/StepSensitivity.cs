namespace MonaLisa.Engine.Storage;

/// <summary>How much a picture's error grows when one matrix of its network is quantised.</summary>
internal static class StepSensitivity
{
    /// <summary>Below this share of a matrix' due, the growth is too near to nothing to be measured well.</summary>
    private const double LeastShare = 0.25;

    private const int MostTrials = 40;

    /// <summary>
    /// The growth of the mean squared error for each square of the step: quantisation adds an error of step² / 12 to every number, and
    /// small errors add up. It is measured where the growth is between <see cref="LeastShare"/> of a matrix' due and all that may be added.
    /// </summary>
    /// <param name="network">The network; the matrix is changed, and is as it was afterwards.</param>
    /// <param name="tensor">Which matrix.</param>
    /// <param name="meter">Measures the network.</param>
    /// <param name="error">The network's own mean squared error.</param>
    /// <param name="due">What quantising one matrix may add to it.</param>
    /// <param name="budget">What quantising all of them may add to it.</param>
    public static double Measure(Mlp network, int tensor, PictureError meter, double error, double due, double budget)
    {
        // A sixteenth of the numbers' magnitude is near most answers.
        const double FirstStep = 1.0 / 16;
        float[] numbers = TensorSlot.NumbersOf(network)[tensor];
        float[] own = [.. numbers];
        StepRange range = StepRange.Of(own);
        double step = Math.Sqrt(own.Average(number => (double)number * number)) * FirstStep;
        double below = 0, above = double.PositiveInfinity, growth = 0;
        for (int trial = 0; trial < MostTrials; trial++)
        {
            float rounded = range.Nearest(step);
            own.CopyTo(numbers, 0);
            QuantizedNetwork.Quantize(numbers, rounded);
            growth = meter.Measure(network) - error;
            step = rounded;
            if (growth < LeastShare * due && rounded < range.Coarsest)
                below = step;
            else if (!(growth <= budget) && rounded > range.Finest)
                above = step;
            else
                break;
            step = double.IsInfinity(above) ? 2 * step : below == 0 ? step / 2 : Math.Sqrt(below * above);
        }
        own.CopyTo(numbers, 0);
        // One that costs nothing, or does good, gets a coarse step and no more.
        return Math.Max(growth, due * 1e-3) / (step * step);
    }
}
