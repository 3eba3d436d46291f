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
    /// <param name="wanted">The largest mean squared error that will do, no less than its own.</param>
    public QuantizationSearch(Mlp network, PictureError meter, double error, double wanted)
    {
        // Where nothing may be added, the steps' relations are found near the rounding of 32-bit numbers.
        const double LeastShare = 1e-4, LeastBudget = 1e-14;
        _network = network;
        _meter = meter;
        _wanted = wanted;
        IReadOnlyList<float[]> numbers = TensorSlot.NumbersOf(network);
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
