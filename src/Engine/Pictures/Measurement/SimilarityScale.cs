using System.Numerics;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Similarity at one scale, over rows that come one after the other: the window is applied along each row as it comes, and down
/// the last rows as soon as there are enough. The rows, averaged in pairs, go on to the next coarser scale.
/// </summary>
internal sealed class SimilarityScale
{
    // K1 and K2 of the paper, squared, for a range of values of 1.
    private const double LuminanceConstant = 0.01 * 0.01;
    private const double ContrastConstant = 0.03 * 0.03;

    // The five fields that are averaged under the window: either plane, its square, and their product.
    private const int Given = 0, Wanted = 1, GivenSquared = 2, WantedSquared = 3, Product = 4, FieldCount = 5;

    private readonly int _width, _height;
    private readonly SimilarityScale? _coarser;
    private readonly GaussianWindow _across, _down;
    private readonly double[][] _fields;
    private readonly double[][][] _filteredRows;
    private readonly double[][] _means;
    private readonly double[] _pairGiven, _pairWanted;
    private int _rows, _placesDone;
    private double _similarity, _contrastStructure;

    private readonly double[] _roleSimilarity = new double[3];
    private readonly long[] _rolePlaces = new long[3];
    private readonly bool _hasRoles;
    private PixelRoleCursor _roles;

    /// <summary>Prepares for planes of a size.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="coarser">The next coarser scale, or null.</param>
    /// <param name="partition">The pixels' roles, for a mean of each role; or null.</param>
    public SimilarityScale(int width, int height, SimilarityScale? coarser, PixelPartition? partition = null)
    {
        if (partition is not null)
            (_hasRoles, _roles) = (true, new PixelRoleCursor(partition));
        (_width, _height, _coarser) = (width, height, coarser);
        _across = new GaussianWindow(width);
        _down = new GaussianWindow(height);
        _filteredRows = [.. Enumerable.Range(0, _down.Weights(0).Length).Select(_ => Fields(_across.Places))];
        (_fields, _means) = (Fields(width), Fields(_across.Places));
        int half = coarser is null ? 0 : (width + 1) / 2;
        (_pairGiven, _pairWanted) = (new double[half], new double[half]);
    }

    /// <summary>The mean of luminance, contrast and structure together, once every row was added.</summary>
    public double MeanSimilarity => _similarity / ((double)_across.Places * _down.Places);

    /// <summary>The mean over the windows centred on the pixels of a role; not a number where there is none.</summary>
    public double MeanSimilarityOf(PixelRole role) => _roleSimilarity[(int)role] / _rolePlaces[(int)role];

    /// <summary>The mean of contrast and structure alone, once every row was added.</summary>
    public double MeanContrastStructure => _contrastStructure / ((double)_across.Places * _down.Places);

    /// <summary>Takes the next row of either plane.</summary>
    public void AddRow(ReadOnlySpan<double> given, ReadOnlySpan<double> wanted)
    {
        FilterAcross(given, wanted, _filteredRows[_rows % _filteredRows.Length]);
        _rows++;
        while (_placesDone < _down.Places && _down.First(_placesDone) + _filteredRows.Length <= _rows)
            Compare(_placesDone++);
        if (_coarser is not null)
            Halve(given, wanted);
    }

    private static double[][] Fields(int length) => [.. Enumerable.Range(0, FieldCount).Select(_ => new double[length])];

    private void FilterAcross(ReadOnlySpan<double> given, ReadOnlySpan<double> wanted, double[][] filtered)
    {
        given.CopyTo(_fields[Given]);
        wanted.CopyTo(_fields[Wanted]);
        for (int x = 0; x < _width; x++)
        {
            _fields[GivenSquared][x] = given[x] * given[x];
            _fields[WantedSquared][x] = wanted[x] * wanted[x];
            _fields[Product][x] = given[x] * wanted[x];
        }
        for (int field = 0; field < FieldCount; field++)
            FilterAcross(_fields[field], filtered[field]);
    }

    private void FilterAcross(ReadOnlySpan<double> values, Span<double> filtered)
    {
        filtered.Clear();
        if (_across.Places < _width)
        {
            ReadOnlySpan<double> weights = _across.Weights(0);
            for (int i = 0; i < weights.Length; i++)
                AddScaled(values.Slice(i, filtered.Length), weights[i], filtered);
            return;
        }
        for (int place = 0; place < filtered.Length; place++)
        {
            ReadOnlySpan<double> weights = _across.Weights(place);
            for (int i = 0; i < weights.Length; i++)
                filtered[place] += values[_across.First(place) + i] * weights[i];
        }
    }

    private void Compare(int place)
    {
        ReadOnlySpan<double> weights = _down.Weights(place);
        for (int field = 0; field < FieldCount; field++)
        {
            Span<double> mean = _means[field];
            mean.Clear();
            for (int i = 0; i < weights.Length; i++)
                AddScaled(_filteredRows[(_down.First(place) + i) % _filteredRows.Length][field], weights[i], mean);
        }
        double similarity = 0, contrastStructure = 0;
        for (int x = 0; x < _across.Places; x++)
        {
            double given = _means[Given][x], wanted = _means[Wanted][x];
            double givenVariance = _means[GivenSquared][x] - given * given;
            double wantedVariance = _means[WantedSquared][x] - wanted * wanted;
            double covariance = _means[Product][x] - given * wanted;
            double luminance = (2 * given * wanted + LuminanceConstant) / (given * given + wanted * wanted + LuminanceConstant);
            double structure = (2 * covariance + ContrastConstant) / (givenVariance + wantedVariance + ContrastConstant);
            contrastStructure += structure;
            similarity += luminance * structure;
            if (_hasRoles)
            {
                PixelRole role = _roles.RoleOf(_down.Middle(place) * _width + _across.Middle(x));
                _roleSimilarity[(int)role] += luminance * structure;
                _rolePlaces[(int)role]++;
            }
        }
        _similarity += similarity;
        _contrastStructure += contrastStructure;
    }

    private void Halve(ReadOnlySpan<double> given, ReadOnlySpan<double> wanted)
    {
        bool first = _rows % 2 == 1;
        AddPairs(given, _pairGiven, first);
        AddPairs(wanted, _pairWanted, first);
        if (first && _rows == _height)
        {
            AddPairs(given, _pairGiven, false);
            AddPairs(wanted, _pairWanted, false);
        }
        if (!first || _rows == _height)
            _coarser!.AddRow(_pairGiven, _pairWanted);
    }

    // The mean of two rows and two columns, a row at a time.
    private void AddPairs(ReadOnlySpan<double> row, Span<double> pairs, bool first)
    {
        for (int x = 0; x < pairs.Length; x++)
        {
            double quarter = 0.25 * (row[2 * x] + row[Math.Min(2 * x + 1, _width - 1)]);
            pairs[x] = first ? quarter : pairs[x] + quarter;
        }
    }

    private static void AddScaled(ReadOnlySpan<double> values, double weight, Span<double> sum)
    {
        int x = 0;
        for (; x <= sum.Length - Vector<double>.Count; x += Vector<double>.Count)
            (new Vector<double>(sum[x..]) + new Vector<double>(values[x..]) * weight).CopyTo(sum[x..]);
        for (; x < sum.Length; x++)
            sum[x] += values[x] * weight;
    }
}
