using NetVips;

namespace MonaLisa.Engine.Pictures;

/// <summary>Where the red, green, blue and white of a colour space lie: x and y of CIE 1931.</summary>
internal readonly record struct Primaries(
    double RedX, double RedY, double GreenX, double GreenY, double BlueX, double BlueY, double WhiteX, double WhiteY)
{
    /// <summary>The primaries of sRGB, which are those of BT.709.</summary>
    public static Primaries Srgb { get; } = new(0.64, 0.33, 0.3, 0.6, 0.15, 0.06, 0.3127, 0.329);

    /// <summary>Whether these are another's to the precision in which files state them.</summary>
    public bool IsNear(Primaries other)
    {
        double[] own = Values, others = other.Values;
        return own.Zip(others).All(pair => Math.Abs(pair.First - pair.Second) < 0.0015);
    }

    /// <summary>Whether they span a triangle around a white that is seen as one.</summary>
    public bool AreValid => Values.All(value => double.IsFinite(value) && value is > -1 and < 2)
        && WhiteY > 0
        && Math.Abs((GreenX - RedX) * (BlueY - RedY) - (BlueX - RedX) * (GreenY - RedY)) > 1e-4;

    private double[] Values => [RedX, RedY, GreenX, GreenY, BlueX, BlueY, WhiteX, WhiteY];
}

/// <summary>How much light a sample stands for, both from 0 to 1: below D, C x; above, (A x + B) to the power of Gamma.</summary>
internal readonly record struct TransferCurve(double Gamma, double A = 1, double B = 0, double C = 0, double D = 0)
{
    /// <summary>The curve of sRGB, IEC 61966-2-1.</summary>
    public static TransferCurve Srgb { get; } = new(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);

    public double ToLight(double sample) => sample < D ? C * sample : Math.Pow(A * sample + B, Gamma);

    /// <summary>The sample of sRGB for an amount of light.</summary>
    public static double SrgbSample(double light) => light <= 0.0031308 ? 12.92 * light : 1.055 * Math.Pow(light, 1 / 2.4) - 0.055;
}

/// <summary>A colour space that a file states without an ICC profile, and the way from it to sRGB.</summary>
/// <param name="Primaries">Its primaries.</param>
/// <param name="Curve">Its transfer curve.</param>
/// <param name="IsFullRange">Whether black and white are the smallest and largest sample, not 16 and 235 of 255.</param>
internal sealed record ColorSignal(Primaries Primaries, TransferCurve Curve, bool IsFullRange = true)
{
    private const int Grey = 1, Colors = 3;

    /// <summary>Whether it is sRGB, so that nothing is to be done.</summary>
    public bool IsSrgb => IsFullRange && Curve == TransferCurve.Srgb && Primaries.IsNear(Primaries.Srgb);

    /// <summary>Plans the conversion of 8-bit or 16-bit samples, grey or RGB, with alpha or without, to sRGB of as many bits.</summary>
    /// <remarks>White becomes white: the Bradford transform adapts it, and what sRGB cannot show is clipped.</remarks>
    public Image ToSrgb(Image image)
    {
        int colors = image.Bands >= Colors ? Colors : Grey;
        using Image color = image.ExtractBand(0, n: colors);
        using Image converted = colors == Grey || Primaries.IsNear(Primaries.Srgb) ? ConvertLevels(color) : ConvertColors(color);
        if (image.Bands == colors)
            return converted.Copy();
        using Image rest = image.ExtractBand(colors, n: image.Bands - colors);
        using Image joined = converted.Bandjoin(rest);
        return joined.Copy(interpretation: image.Interpretation);
    }

    /// <summary>The matrix from this space's linear light to that of sRGB, <c>[3, 3]</c>.</summary>
    internal double[,] ToSrgbMatrix() => Multiply(Invert(ToD50(Primaries.Srgb)), ToD50(Primaries));

    private Image ConvertLevels(Image color)
    {
        bool deep = color.Format == Enums.BandFormat.Ushort;
        int most = deep ? ushort.MaxValue : byte.MaxValue;
        double[] levels = [.. Light(most).Select(light => Math.Round(TransferCurve.SrgbSample(light) * most))];
        using Image table = deep
            ? Image.NewFromMemory(levels.Select(level => (ushort)level).ToArray(), levels.Length, 1, 1, Enums.BandFormat.Ushort)
            : Image.NewFromMemory(levels.Select(level => (byte)level).ToArray(), levels.Length, 1, 1, Enums.BandFormat.Uchar);
        using Image mapped = color.Maplut(table);
        return mapped.Copy(interpretation: color.Interpretation);
    }

    private Image ConvertColors(Image color)
    {
        bool deep = color.Format == Enums.BandFormat.Ushort;
        float[] levels = [.. Light(deep ? ushort.MaxValue : byte.MaxValue).Select(light => (float)light)];
        using Image table = Image.NewFromMemory(levels, levels.Length, 1, 1, Enums.BandFormat.Float);
        using Image light = color.Maplut(table);
        using Image matrix = Image.NewFromArray(ToSrgbMatrix());
        using Image moved = light.Recomb(matrix);
        using Image linear = moved.Copy(interpretation: Enums.Interpretation.Scrgb);
        using Image converted = linear.Colourspace(deep ? Enums.Interpretation.Rgb16 : Enums.Interpretation.Srgb);
        return converted.Copy(interpretation: color.Interpretation);
    }

    private IEnumerable<double> Light(int most)
    {
        (double black, double white) = IsFullRange ? (0, most) : (most * 16 / 255.0, most * 235 / 255.0);
        for (int level = 0; level <= most; level++)
            yield return Math.Clamp(Curve.ToLight(Math.Clamp((level - black) / (white - black), 0, 1)), 0, 1);
    }

    // The matrix from a space's linear light to XYZ, adapted from its white to D50. See http://www.brucelindbloom.com.
    private static double[,] ToD50(Primaries primaries)
    {
        double[,] directions =
        {
            { primaries.RedX, primaries.GreenX, primaries.BlueX },
            { primaries.RedY, primaries.GreenY, primaries.BlueY },
            { Z(primaries.RedX, primaries.RedY), Z(primaries.GreenX, primaries.GreenY), Z(primaries.BlueX, primaries.BlueY) },
        };
        double[,] white = { { primaries.WhiteX / primaries.WhiteY }, { 1 }, { Z(primaries.WhiteX, primaries.WhiteY) / primaries.WhiteY } };
        double[,] weights = Multiply(Invert(directions), white);
        double[,] toXyz = Multiply(directions, Diagonal(weights));
        double[,] cones = { { 0.8951, 0.2664, -0.1614 }, { -0.7502, 1.7135, 0.0367 }, { 0.0389, -0.0685, 1.0296 } };
        double[,] d50 = { { 0.9642 }, { 1 }, { 0.8249 } };
        double[,] from = Multiply(cones, white), to = Multiply(cones, d50);
        double[,] ratios = { { to[0, 0] / from[0, 0] }, { to[1, 0] / from[1, 0] }, { to[2, 0] / from[2, 0] } };
        return Multiply(Multiply(Multiply(Invert(cones), Diagonal(ratios)), cones), toXyz);

        static double Z(double x, double y) => 1 - x - y;
    }

    private static double[,] Diagonal(double[,] column) =>
        new[,] { { column[0, 0], 0, 0 }, { 0, column[1, 0], 0 }, { 0, 0, column[2, 0] } };

    private static double[,] Multiply(double[,] left, double[,] right)
    {
        var product = new double[left.GetLength(0), right.GetLength(1)];
        for (int row = 0; row < product.GetLength(0); row++)
            for (int column = 0; column < product.GetLength(1); column++)
                for (int k = 0; k < right.GetLength(0); k++)
                    product[row, column] += left[row, k] * right[k, column];
        return product;
    }

    private static double[,] Invert(double[,] m)
    {
        double Minor(int row, int column)
        {
            (int r1, int r2, int c1, int c2) = ((row + 1) % 3, (row + 2) % 3, (column + 1) % 3, (column + 2) % 3);
            return m[r1, c1] * m[r2, c2] - m[r1, c2] * m[r2, c1];
        }

        double determinant = m[0, 0] * Minor(0, 0) + m[0, 1] * Minor(0, 1) + m[0, 2] * Minor(0, 2);
        var inverse = new double[3, 3];
        for (int row = 0; row < 3; row++)
            for (int column = 0; column < 3; column++)
                inverse[column, row] = Minor(row, column) / determinant;
        return inverse;
    }
}
