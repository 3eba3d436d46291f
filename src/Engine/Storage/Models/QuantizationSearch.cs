namespace MonaLisa.Engine.Storage;

/// <summary>
/// Finds the coarsest quantisation with which a network still paints its picture well enough.
/// </summary>
/// <remarks>
/// A step of s adds g s² to the picture's mean squared error, g measured for each matrix, and takes log2 s bits from each of its N
/// numbers. The fewest bits for a given error have g s² in proportion to N (Lagrange's condition; Gersho and Gray, Vector Quantization
/// and Signal Compression, 1992, chapter 8), so s is sqrt(N / g) times a scale that all matrices share. The scale is what is searched for.
/// </remarks>
internal sealed class QuantizationSearch
{
    /// <summary>Scales are powers of the 32nd root of 2: two neighbours differ by a tenth of a decibel or so.</summary>
    public const int ScalesPerOctave = 32;

    /// <summary>Beyond so many octaves every step is at an end of its range.</summary>
    private const int MostOctaves = 320;

    private readonly Mlp _network;
    private readonly PictureError _meter;
    private readonly double _wanted;
    private readonly StepRange[] _ranges;
    private readonly double[] _steps;

    /// <summary>Measures what each matrix' quantisation costs.</summary>
    /// <param name="network">The network, every number finite; left as it is.</param>
    /// <param name="meter">Measures it.</param>
    /// <param name="error">Its mean squared error.</param>
    /// <param name="wanted">The largest mean squared error that is allowed, at least its own.</param>
    public QuantizationSearch(Mlp network, PictureError meter, double error, double wanted)
    {
        // Where nothing may be added, the steps' relations are found near the rounding of 32-bit numbers.
        const double LeastShare = 1e-4, LeastBudget = 1e-14;
        _network = network;
        _meter = meter;
        _wanted = wanted;
        IReadOnlyList<float[]> numbers = NetworkTensor.ValuesOf(network);
        _ranges = [.. numbers.Select(values => StepRange.Of(values))];
        double budget = Math.Max(wanted - error, Math.Max(error * LeastShare, LeastBudget));
        double count = numbers.Sum(values => (double)values.Length);
        Mlp trial = network.Clone();
        _steps = new double[numbers.Count];
        for (int i = 0; i < _steps.Length; i++)
        {
            double sensitivity = _ranges[i].Finest == _ranges[i].Coarsest
                ? 1 : StepSensitivity.Measure(trial, i, meter, error, budget / numbers.Count, budget);
            _steps[i] = Math.Sqrt(budget / count * numbers[i].Length / sensitivity);
        }
    }

    /// <summary>
    /// A scale that reaches the wanted error while the next coarser one does not; null where even the finest steps do not. Where every
    /// matrix is zeros and the error is still reached, the last scale that is tried.
    /// </summary>
    public int? CoarsestScale()
    {
        int reached = 0, missed = 0;
        const int Stride = 8, Limit = MostOctaves * ScalesPerOctave;
        if (Reaches(0))
            for (int stride = Stride; ; stride *= 2)
            {
                missed = reached + stride;
                if (missed > Limit)
                    return reached;
                if (!Reaches(missed))
                    break;
                reached = missed;
            }
        else
            for (int stride = Stride; ; stride *= 2)
            {
                reached = missed - stride;
                if (reached < -Limit)
                    return null;
                if (Reaches(reached))
                    break;
                missed = reached;
            }
        while (missed - reached > 1)
        {
            int middle = reached + (missed - reached) / 2;
            (reached, missed) = Reaches(middle) ? (middle, missed) : (reached, middle);
        }
        return reached;
    }

    /// <summary>The network quantised at a scale.</summary>
    public QuantizedNetwork At(int scale)
    {
        double factor = Math.Pow(2, (double)scale / ScalesPerOctave);
        return QuantizedNetwork.Of(_network, [.. _steps.Select((step, i) => _ranges[i].Nearest(step * factor))]);
    }

    private bool Reaches(int scale) => _meter.Measure(At(scale).Network) <= _wanted;
}

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
        float[] numbers = NetworkTensor.ValuesOf(network)[tensor];
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
