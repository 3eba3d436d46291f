namespace MonaLisa.Engine.Pictures;

/// <summary>
/// Colour spaces by the code points of ITU-T H.273, which PNG's chunk cICP and AVIF's property nclx hold.
/// </summary>
internal static class Cicp
{
    private const int Unspecified = 2, Pq = 16, Hlg = 18;

    // SMPTE ST 240 and ST 428-1, inverted. The latter's white is at 48 of 52.37 cd/m2.
    private static readonly TransferCurve Smpte428 = new(2.6, Math.Pow(52.37 / 48, 1 / 2.6));
    private static readonly TransferCurve Smpte240 = new(1 / 0.45, 1 / 1.1115, 0.1115 / 1.1115, 1 / 4.0, 0.0913);

    /// <summary>The colour space of a pair of code points.</summary>
    /// <param name="primaries">The code of the primaries.</param>
    /// <param name="transfer">The code of the transfer curve.</param>
    /// <param name="isFullRange">Whether black and white are the smallest and largest sample.</param>
    /// <param name="videoCurve">What the codes of television cameras mean: pictures from a codec for video are meant for sRGB's curve.</param>
    /// <param name="problem">Why it cannot be converted, or null.</param>
    /// <returns>The colour space; null where the codes say nothing, or there is a problem.</returns>
    public static ColorSignal? Find(int primaries, int transfer, bool isFullRange, TransferCurve videoCurve, out string? problem)
    {
        problem = transfer switch
        {
            Pq => "its brightness is in the HDR curve PQ (SMPTE ST 2084)",
            Hlg => "its brightness is in the HDR curve HLG (ARIB STD-B67)",
            9 or 10 => "its brightness is on a logarithmic scale",
            _ => null,
        };
        if (problem is not null)
            return null;
        TransferCurve? curve = transfer switch
        {
            1 or 6 or 11 or 12 or 14 or 15 => videoCurve,
            4 => new TransferCurve(2.2),
            5 => new TransferCurve(2.8),
            7 => Smpte240,
            8 => new TransferCurve(1),
            13 => TransferCurve.Srgb,
            17 => Smpte428,
            _ => null,
        };
        Primaries? space = FindPrimaries(primaries);
        if ((curve is null && transfer != Unspecified) || (space is null && primaries != Unspecified))
            return null;
        return new ColorSignal(space ?? Primaries.Srgb, curve ?? TransferCurve.Srgb, isFullRange);
    }

    private static Primaries? FindPrimaries(int code)
    {
        const double D65X = 0.3127, D65Y = 0.329, CX = 0.31, CY = 0.316;
        return code switch
        {
            1 => Primaries.Srgb,
            4 => new Primaries(0.67, 0.33, 0.21, 0.71, 0.14, 0.08, CX, CY),
            5 => new Primaries(0.64, 0.33, 0.29, 0.6, 0.15, 0.06, D65X, D65Y),
            6 or 7 => new Primaries(0.63, 0.34, 0.31, 0.595, 0.155, 0.07, D65X, D65Y),
            8 => new Primaries(0.681, 0.319, 0.243, 0.692, 0.145, 0.049, CX, CY),
            9 => new Primaries(0.708, 0.292, 0.17, 0.797, 0.131, 0.046, D65X, D65Y),
            10 => new Primaries(1, 0, 0, 1, 0, 0, 1 / 3.0, 1 / 3.0),
            11 => new Primaries(0.68, 0.32, 0.265, 0.69, 0.15, 0.06, 0.314, 0.351),
            12 => new Primaries(0.68, 0.32, 0.265, 0.69, 0.15, 0.06, D65X, D65Y),
            22 => new Primaries(0.63, 0.34, 0.295, 0.605, 0.155, 0.077, D65X, D65Y),
            _ => null,
        };
    }
}
