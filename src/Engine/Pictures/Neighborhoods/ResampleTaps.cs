namespace MonaLisa.Engine.Pictures;

/// <summary>
/// What each of a row's new pixels takes of the old ones: a kernel around its centre, stretched where the new pixels are larger than the old.
/// </summary>
internal sealed class ResampleTaps
{
    /// <summary>Sigma of <see cref="ShrinkKernel.Gaussian"/> in pixels of the smaller picture.</summary>
    private const double Sigma = 0.6;

    /// <summary>A weight below this makes no difference, and is left out so that a picture of the same size is copied.</summary>
    private const double LeastWeight = 1e-7;

    private readonly int[] _first;
    private readonly float[][] _weights;

    /// <summary>Plans a side.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="start">Where the new pixels begin, in old ones.</param>
    /// <param name="length">How many old ones they share.</param>
    /// <param name="count">The new pixels.</param>
    public ResampleTaps(ShrinkKernel kernel, double start, double length, int count)
    {
        (_first, _weights) = (new int[count], new float[count][]);
        double step = length / count, stretch = Math.Max(1, step), reach = SupportOf(kernel) * stretch;
        for (int i = 0; i < count; i++)
        {
            double center = start + (i + 0.5) * step - 0.5;
            int first = (int)Math.Ceiling(center - reach - 0.5), last = (int)Math.Floor(center + reach + 0.5);
            double[] weights = [.. Enumerable.Range(first, last - first + 1).Select(at => WeightOf(kernel, at - center, stretch))];
            double sum = weights.Sum();
            int from = Array.FindIndex(weights, IsUsed), to = Array.FindLastIndex(weights, IsUsed);
            _first[i] = first + from;
            _weights[i] = [.. weights[from..(to + 1)].Select(weight => (float)(weight / sum))];
        }
    }

    /// <summary>The first old pixel that a new one takes of; it may lie outside, where the picture's edge is meant.</summary>
    public int First(int pixel) => _first[pixel];

    /// <summary>The weights of that one and the next.</summary>
    public ReadOnlySpan<float> Weights(int pixel) => _weights[pixel];

    /// <summary>The most weights of a new pixel.</summary>
    public int MostWeights => _weights.Max(weights => weights.Length);

    /// <summary>One past the last old pixel that a new one takes of.</summary>
    public int End(int pixel) => _first[pixel] + _weights[pixel].Length;

    private static bool IsUsed(double weight) => Math.Abs(weight) > LeastWeight;

    private static double SupportOf(ShrinkKernel kernel) => kernel switch
    {
        ShrinkKernel.Area => 0.5,
        ShrinkKernel.Lanczos => 3,
        ShrinkKernel.Gaussian => 4 * Sigma,
        _ => 2,
    };

    private static double WeightOf(ShrinkKernel kernel, double distance, double stretch)
    {
        double x = Math.Abs(distance) / stretch;
        return kernel switch
        {
            // The part of the old pixel that the new one covers.
            ShrinkKernel.Area => Math.Max(0, Math.Min(distance + 0.5, stretch / 2) - Math.Max(distance - 0.5, -stretch / 2)),
            ShrinkKernel.Lanczos => x < 3 ? Sinc(x) * Sinc(x / 3) : 0,
            ShrinkKernel.Gaussian => Math.Exp(-x * x / (2 * Sigma * Sigma)),
            _ => x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0,
        };
    }

    private static double Sinc(double x) => x < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
