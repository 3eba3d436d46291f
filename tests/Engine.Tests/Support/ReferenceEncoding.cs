namespace MonaLisa.Engine.Tests;

/// <summary>The encodings by their definitions, in double precision.</summary>
internal sealed class ReferenceEncoding
{
    private readonly InputEncoding _encoding;
    private readonly double[][] _tensors;

    /// <summary>Copies a network's numbers.</summary>
    public ReferenceEncoding(Mlp network)
    {
        _encoding = network.Design.Encoding;
        _tensors = [.. network.EncodingTensors.Select(tensor => tensor.Values.Select(value => (double)value).ToArray())];
    }

    /// <summary>The numbers of every tensor.</summary>
    public IReadOnlyList<double[]> Tensors => _tensors;

    /// <summary>What the first layer sees of a pixel.</summary>
    public double[] Features(double first, double second) => _encoding switch
    {
        IdentityEncoding => [first, second],
        FrequencyEncoding frequency => Octaves(frequency.Octaves, first, second),
        FourierEncoding => Sinusoids(_tensors[0], first, second),
        GridEncoding grid => [.. grid.Levels.SelectMany((_, level) => GridFeatures(grid, level, first, second))],
        _ => throw new NotSupportedException(),
    };

    /// <summary>Adds what a pixel's feature gradients mean for the tables.</summary>
    public void AddGradient(double first, double second, double[] featureGradients, double[][] gradients)
    {
        if (_encoding is not GridEncoding grid)
            return;
        int count = grid.FeaturesPerLevel;
        for (int level = 0; level < grid.Levels.Count; level++)
            foreach ((int entry, double share) in Corners(grid.Levels[level], first, second))
                for (int i = 0; i < count; i++)
                    gradients[level][entry * count + i] += share * featureGradients[level * count + i];
    }

    private static double[] Octaves(int octaves, double x, double y)
    {
        double[] phases = [.. Enumerable.Range(0, octaves).SelectMany(k => new[] { Math.Pow(2, k) * Math.PI * x, Math.Pow(2, k) * Math.PI * y })];
        return [.. phases.Select(Math.Sin), .. phases.Select(Math.Cos)];
    }

    private static double[] Sinusoids(double[] frequencies, double x, double y)
    {
        double[] phases = [.. frequencies.Chunk(2).Select(f => 2 * Math.PI * (f[0] * x + f[1] * y))];
        return [.. phases.Select(Math.Sin), .. phases.Select(Math.Cos)];
    }

    private double[] GridFeatures(GridEncoding grid, int level, double x, double y)
    {
        var features = new double[grid.FeaturesPerLevel];
        foreach ((int entry, double share) in Corners(grid.Levels[level], x, y))
            for (int i = 0; i < features.Length; i++)
                features[i] += share * _tensors[level][entry * features.Length + i];
        return features;
    }

    /// <summary>The table entries around a place and their bilinear shares, from the words of docs/model-format.md.</summary>
    private static IEnumerable<(int Entry, double Share)> Corners(GridLevel level, double x, double y)
    {
        double column = Math.Clamp(x * level.Columns - 0.5, 0, level.Columns - 1), row = Math.Clamp(y * level.Rows - 0.5, 0, level.Rows - 1);
        int left = (int)Math.Min(Math.Floor(column), level.Columns - 2), top = (int)Math.Min(Math.Floor(row), level.Rows - 2);
        for (int below = 0; below < 2; below++)
            for (int right = 0; right < 2; right++)
            {
                double across = right == 1 ? column - left : 1 - (column - left), down = below == 1 ? row - top : 1 - (row - top);
                yield return (EntryOf(level, left + right, top + below), across * down);
            }
    }

    private static int EntryOf(GridLevel level, int column, int row)
    {
        if (level.EntryCount == level.Columns * level.Rows)
            return row * level.Columns + column;
        long places = level.EntryCount - level.Columns + 1, stride = Math.Max(1, (long)Math.Floor(places * 40503 / 65536.0));
        return (int)(row * stride % places) + column;
    }
}
