using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// The window of SSIM along one side of a picture: 11 Gaussian weights, standard deviation 1.5, sum 1. Along a shorter side it
/// is centred on every pixel and cut off at the edges.
/// </summary>
internal sealed class GaussianWindow
{
    private const int Size = 11;
    private const double StandardDeviation = 1.5;

    private readonly double[][] _weights;
    private readonly int _length;

    /// <summary>Prepares for a side of a length.</summary>
    public GaussianWindow(int length)
    {
        _length = length;
        Places = length >= Size ? length - Size + 1 : length;
        _weights = length >= Size ? [Normalized(0, Size)] : new double[length][];
        if (length < Size)
            for (int place = 0; place < length; place++)
                _weights[place] = Normalized(Size / 2 - place, length);
    }

    /// <summary>How many places the window takes along the side.</summary>
    public int Places { get; }

    /// <summary>The first pixel under the window at a place.</summary>
    public int First(int place) => _length >= Size ? place : 0;

    /// <summary>The pixel in the middle of the window at a place.</summary>
    public int Middle(int place) => _length >= Size ? place + Size / 2 : place;

    /// <summary>The weights of the pixels under the window at a place.</summary>
    public ReadOnlySpan<double> Weights(int place) => _weights[_length >= Size ? 0 : place];

    private static double[] Normalized(int first, int count)
    {
        double[] weights = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            // Beyond the window's own 11 pixels there is no weight.
            int distance = first + i - Size / 2;
            weights[i] = Math.Abs(distance) > Size / 2 ? 0 : Math.Exp(-distance * distance / (2 * StandardDeviation * StandardDeviation));
            sum += weights[i];
        }
        for (int i = 0; i < count; i++)
            weights[i] /= sum;
        return weights;
    }
}
