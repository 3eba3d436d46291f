using OxyPlot;

namespace MonaLisa.Engine.Output;

/// <summary>How a curve is drawn, so that it is told from others by colour, by its dashes and by its markers, each alone.</summary>
/// <param name="Color">Its colour.</param>
/// <param name="Dashes">Lengths of dashes and gaps in pixels; null for a line without gaps.</param>
/// <param name="Marker">Its markers.</param>
internal readonly record struct CurveStyle(OxyColor Color, double[]? Dashes, MarkerType Marker)
{
    // Okabe and Ito's colours for every kind of colour vision, but for yellow, which white paper swallows; the darkest first.
    private static readonly OxyColor[] Colors =
    [
        OxyColor.FromRgb(0, 0, 0), OxyColor.FromRgb(213, 94, 0), OxyColor.FromRgb(0, 114, 178), OxyColor.FromRgb(0, 158, 115),
        OxyColor.FromRgb(204, 121, 167), OxyColor.FromRgb(230, 159, 0), OxyColor.FromRgb(86, 180, 233),
    ];

    private static readonly double[]?[] Lines = [null, [12, 5], [3, 4], [14, 4, 3, 4], [22, 6]];

    private static readonly MarkerType[] Markers =
    [
        MarkerType.Circle, MarkerType.Square, MarkerType.Triangle, MarkerType.Diamond, MarkerType.Cross, MarkerType.Plus, MarkerType.Star,
        MarkerType.None,
    ];

    /// <summary>The style of a curve by its number; 40 in a row differ by dashes or markers, 280 with the colours.</summary>
    public static CurveStyle Of(int number) =>
        new(Colors[number % Colors.Length], Lines[number % Lines.Length], Markers[number % Markers.Length]);
}
