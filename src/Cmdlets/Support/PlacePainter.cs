using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Paints single places of the picture with a network. Dispose it to end its threads, which end after the last work with it.</summary>
/// <param name="painter">The network, whose numbers are finite.</param>
/// <param name="threadCount">Threads; null for one a processor core.</param>
internal sealed class PlacePainter(Painter painter, int? threadCount) : IDisposable
{
    private readonly DisposedAfterUse<ImageRenderer> _renderer = new(new ImageRenderer(painter.Network, painter.Provider, threadCount));

    /// <summary>The network.</summary>
    public Painter Painter => painter;

    /// <summary>The colours at places, 0 to 1 across and down; one number across goes with every one down, and the reverse.</summary>
    /// <exception cref="ArgumentException">A place is not in the picture, or the numbers do not go together.</exception>
    public IEnumerable<PixelColor> Colors(double[] x, double[] y, CancellationToken stopping)
    {
        int count = Math.Max(x.Length, y.Length);
        if ((x.Length != count && x.Length != 1) || (y.Length != count && y.Length != 1))
            throw new ArgumentException(
                $"X has {x.Length} numbers and Y has {y.Length}. Give as many of both, or one of them alone for all places.");
        x = x.Length == count ? x : [.. Enumerable.Repeat(x[0], count)];
        y = y.Length == count ? y : [.. Enumerable.Repeat(y[0], count)];
        for (int place = 0; place < count; place++)
            PixelColor.RequirePlace(x[place], y[place]);
        PictureSize? size = painter.Size;
        (float[] colors, int channels) = Paint(count, (renderer, painted) => renderer.RenderPlaces(
            x, y, size is PictureSize learned ? (learned.Width, learned.Height) : null, painted, stopping));
        return Enumerable.Range(0, count).Select(place =>
            PixelColor.Of(painter.Name, x[place], y[place], colors.AsSpan(place * channels, channels)) with
            {
                Column = size is PictureSize across ? PixelColor.PixelAt(x[place], across.Width) : null,
                Row = size is PictureSize down ? PixelColor.PixelAt(y[place], down.Height) : null,
            });
    }

    /// <summary>The colours of rows of the whole picture.</summary>
    public IEnumerable<PixelColor> Rows(PictureSize size, int firstRow, int rowCount, CancellationToken stopping)
    {
        (float[] colors, int channels) = Paint(rowCount * size.Width, (renderer, painted) => renderer.Render(
            size.Width, size.Height, firstRow, rowCount, painted, stopping));
        return Enumerable.Range(0, rowCount * size.Width).Select(pixel =>
        {
            int column = pixel % size.Width, row = firstRow + pixel / size.Width;
            return PixelColor.Of(
                painter.Name, (column + 0.5) / size.Width, (row + 0.5) / size.Height, colors.AsSpan(pixel * channels, channels)) with
            {
                Column = column,
                Row = row,
            };
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _renderer.Dispose();

    private (float[] Colors, int Channels) Paint(int pixelCount, Action<ImageRenderer, float[]> paint) => _renderer.Use(renderer =>
    {
        float[] colors = new float[pixelCount * renderer.Channels];
        paint(renderer, colors);
        return (colors, renderer.Channels);
    });
}
