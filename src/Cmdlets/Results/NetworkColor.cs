using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>The method GetColor of networks and training runs, which the module's types file adds.</summary>
public static class NetworkColor
{
    /// <summary>The colour that a network or a training run paints at a place.</summary>
    /// <param name="source">An <see cref="Mlp"/> or a <see cref="TrainingRun"/>.</param>
    /// <param name="x">The distance from the left edge in widths of the picture, 0 to 1.</param>
    /// <param name="y">The distance from the upper edge in heights of the picture, 0 to 1.</param>
    /// <exception cref="ArgumentException">The place is not in the picture.</exception>
    /// <exception cref="InvalidOperationException">The network has weights that are not finite.</exception>
    public static PixelColor? GetColor(PSObject source, double x, double y)
    {
        if (Painter.From(source) is not Painter painter)
            return null;
        try
        {
            using var places = new PlacePainter(painter.RequireFinite(), threadCount: 1);
            return places.Colors([x], [y], CancellationToken.None).Single();
        }
        catch (CommandException exception)
        {
            throw new InvalidOperationException(exception.Message, exception);
        }
    }
}
