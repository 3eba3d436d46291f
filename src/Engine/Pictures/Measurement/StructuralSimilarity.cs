namespace MonaLisa.Engine.Pictures;

/// <summary>SSIM and MS-SSIM of two planes whose rows come one after the other; the definition is <see cref="QualityMeter"/>'s.</summary>
internal sealed class StructuralSimilarity
{
    /// <summary>The shortest side that has five scales of at least a window: 11 x 2^4.</summary>
    public const int ShortestMultiScaleSide = 176;

    private static readonly double[] ScaleExponents = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

    private readonly SimilarityScale[] _scales;

    /// <summary>Prepares for planes of a size.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="partition">The sets of pixels, at one scale only; or null.</param>
    public StructuralSimilarity(int width, int height, PixelPartition? partition = null)
    {
        int count = partition is not null || Math.Min(width, height) < ShortestMultiScaleSide ? 1 : ScaleExponents.Length;
        _scales = new SimilarityScale[count];
        for (int scale = count - 1; scale >= 0; scale--)
        {
            // Halved as often as the scale says, rounding up.
            int rounding = (1 << scale) - 1;
            SimilarityScale? coarser = scale == count - 1 ? null : _scales[scale + 1];
            _scales[scale] = new SimilarityScale((width + rounding) >> scale, (height + rounding) >> scale, coarser, partition);
        }
    }

    /// <summary>Takes the next row of either plane.</summary>
    public void AddRow(ReadOnlySpan<double> given, ReadOnlySpan<double> wanted) => _scales[0].AddRow(given, wanted);

    /// <summary>The mean similarity, once every row was added.</summary>
    public double Ssim => _scales[0].MeanSimilarity;

    /// <summary>The mean similarity of the windows centred on the pixels of a role; not a number where there is none.</summary>
    public double SsimOf(PixelRole role) => _scales[0].MeanSimilarityOf(role);

    /// <summary>The product over the scales, once every row was added; null where there is but one.</summary>
    public double? MsSsim
    {
        get
        {
            if (_scales.Length == 1)
                return null;
            double product = 1;
            for (int scale = 0; scale < _scales.Length; scale++)
            {
                bool coarsest = scale == _scales.Length - 1;
                double mean = coarsest ? _scales[scale].MeanSimilarity : _scales[scale].MeanContrastStructure;
                product *= Math.Pow(Math.Max(0, mean), ScaleExponents[scale]);
            }
            return product;
        }
    }
}

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
