using MonaLisa.Engine;
using MonaLisa.Engine.Storage;

namespace MonaLisa.PowerShell;

/// <summary>What of a learned picture is painted, and how large.</summary>
/// <param name="Size">Pixels of the painted picture.</param>
/// <param name="Region">The region of the learned picture, or null for all of it.</param>
internal readonly record struct PaintedView(PictureSize Size, PictureRegion? Region)
{
    /// <summary>Renders rows of it, see <see cref="ImageRenderer"/>.</summary>
    public void Render(ImageRenderer renderer, int firstRow, int rowCount, Span<float> colors, CancellationToken stopping)
    {
        if (Region is PictureRegion region)
            renderer.Render(region, Size.Width, Size.Height, firstRow, rowCount, colors, stopping);
        else
            renderer.Render(Size.Width, Size.Height, firstRow, rowCount, colors, stopping);
    }
}
